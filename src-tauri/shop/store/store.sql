-- What looks wrong between counters, shown to the owner. Derived.
CREATE TABLE conflict (
    stream BLOB NOT NULL,
    seq    INTEGER NOT NULL,
    what   TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (stream, seq, what, detail)
) STRICT, WITHOUT ROWID;
