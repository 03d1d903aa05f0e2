CREATE TABLE taking (
    stream       BLOB NOT NULL,
    seq          INTEGER NOT NULL,
    place        INTEGER NOT NULL,
    day          TEXT NOT NULL,
    kind         TEXT NOT NULL,
    amount_paise INTEGER NOT NULL,
    PRIMARY KEY (stream, seq, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE taking_day (
    day          TEXT NOT NULL,
    kind         TEXT NOT NULL,
    amount_paise INTEGER NOT NULL,
    count        INTEGER NOT NULL,
    PRIMARY KEY (day, kind)
) STRICT, WITHOUT ROWID;
