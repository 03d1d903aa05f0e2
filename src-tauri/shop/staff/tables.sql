-- The latest word on each person.
CREATE TABLE staff (
    staff   INTEGER PRIMARY KEY,
    hlc     INTEGER NOT NULL,
    stream  BLOB NOT NULL,
    name    TEXT NOT NULL,
    role    TEXT NOT NULL,
    slot    TEXT NOT NULL,
    removed INTEGER NOT NULL
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

-- What each person answers for on a day: done without anybody's yes, or allowed to others. Limits are held against it.
CREATE TABLE staff_day (
    staff           INTEGER NOT NULL,
    day             TEXT NOT NULL,
    discount_paise  INTEGER NOT NULL DEFAULT 0,
    taken_off       INTEGER NOT NULL DEFAULT 0,
    cancelled_paise INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (staff, day)
) STRICT, WITHOUT ROWID;

-- Each paper with the recovery code: which group of it is kept, and when it was made or last looked at.
CREATE TABLE recovery_paper (
    paper  TEXT PRIMARY KEY,
    number INTEGER,
    sealed BLOB,
    day    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
