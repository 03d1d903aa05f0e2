-- What an owner was told about the records before going on.
CREATE TABLE doubt (
    stream    BLOB NOT NULL,
    seq       INTEGER NOT NULL,
    what      TEXT NOT NULL,
    of_stream BLOB NOT NULL,
    of_seq    INTEGER NOT NULL,
    wall_at   INTEGER NOT NULL,
    PRIMARY KEY (stream, seq, what, of_stream, of_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX doubt_of ON doubt (of_stream, what, of_seq);
