CREATE TABLE journal (
    stream     BLOB NOT NULL,
    seq        INTEGER NOT NULL,
    first_seq  INTEGER NOT NULL,
    count      INTEGER NOT NULL,
    hlc        INTEGER NOT NULL,
    wall_at    INTEGER NOT NULL,
    offset_min INTEGER NOT NULL,
    uptime_ms  INTEGER NOT NULL,
    staff      INTEGER NOT NULL,
    approver   INTEGER,
    kind       TEXT NOT NULL,
    version    INTEGER NOT NULL,
    body       BLOB NOT NULL,
    hash       BLOB NOT NULL,
    epoch      INTEGER NOT NULL,
    day_key    INTEGER NOT NULL,
    mac        BLOB NOT NULL,
    UNIQUE (stream, seq)
) STRICT;

CREATE TRIGGER journal_stays BEFORE UPDATE ON journal BEGIN
    SELECT RAISE(ABORT, 'the journal is never changed');
END;
CREATE TRIGGER journal_keeps BEFORE DELETE ON journal BEGIN
    SELECT RAISE(ABORT, 'the journal is never cut');
END;

-- This counter's own streams; the last one writes. Cannot be derived: which stream is ours is no fact.
CREATE TABLE kept_own_stream (
    place  INTEGER PRIMARY KEY,
    stream BLOB NOT NULL UNIQUE
) STRICT;

-- The key of today's MAC, overwritten when the business day turns.
CREATE TABLE kept_day_key (
    epoch   INTEGER PRIMARY KEY,
    day_key INTEGER NOT NULL,
    day     TEXT NOT NULL,
    key     BLOB NOT NULL
) STRICT;
