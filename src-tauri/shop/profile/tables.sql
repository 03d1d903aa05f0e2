-- Every version of the signboard; the one with the latest (hlc, stream) hangs outside.
CREATE TABLE profile (
    stream BLOB NOT NULL,
    seq    INTEGER NOT NULL,
    hlc    INTEGER NOT NULL,
    body   BLOB NOT NULL,
    PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;
-- Asked for with every line of every bill: without it the latest one would be sorted out each time.
CREATE INDEX profile_by_time ON profile (hlc, stream);

CREATE TABLE counter (
    stream BLOB PRIMARY KEY,
    hlc    INTEGER NOT NULL,
    name   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every prefix that a counter ever numbered under; the latest is in use.
CREATE TABLE series (
    stream BLOB NOT NULL,
    prefix TEXT NOT NULL,
    hlc    INTEGER NOT NULL,
    PRIMARY KEY (stream, prefix)
) STRICT, WITHOUT ROWID;
