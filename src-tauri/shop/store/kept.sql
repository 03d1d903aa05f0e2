-- The key of each person whose data can be erased.
CREATE TABLE kept_person_key (
    person BLOB PRIMARY KEY,
    key    BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Which steps of the kept tables were made, and the fingerprint of the derived ones.
CREATE TABLE kept_step (
    name TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE kept_layout (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    fingerprint TEXT NOT NULL
) STRICT;

-- Facts whose clock was far ahead of ours when they arrived: about the arrival, which no fact holds.
CREATE TABLE kept_clock_ahead (
    stream BLOB NOT NULL,
    seq    INTEGER NOT NULL,
    PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;
