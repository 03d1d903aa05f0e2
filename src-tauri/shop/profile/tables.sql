-- Every version of the signboard; the one with the latest (hlc, stream) hangs outside.
CREATE TABLE profile (
    stream BLOB NOT NULL,
    seq    INTEGER NOT NULL,
    hlc    INTEGER NOT NULL,
    body   BLOB NOT NULL,
    PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE counter (
    stream BLOB PRIMARY KEY,
    hlc    INTEGER NOT NULL,
    name   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE series (
    stream BLOB PRIMARY KEY,
    hlc    INTEGER NOT NULL,
    prefix TEXT NOT NULL
) STRICT, WITHOUT ROWID;
