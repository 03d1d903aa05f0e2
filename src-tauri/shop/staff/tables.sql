CREATE TABLE staff (
    staff  INTEGER PRIMARY KEY,
    hlc    INTEGER NOT NULL,
    stream BLOB NOT NULL,
    name   TEXT NOT NULL,
    role   TEXT NOT NULL,
    slot   TEXT NOT NULL
) STRICT;

CREATE TABLE login (
    stream        BLOB NOT NULL,
    seq           INTEGER NOT NULL,
    staff         INTEGER NOT NULL,
    wall_at       INTEGER NOT NULL,
    offset_min    INTEGER NOT NULL,
    failed_before INTEGER NOT NULL,
    PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;
