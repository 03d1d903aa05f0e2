-- The latest word on each item; the whole of it is in body.
CREATE TABLE item (
    item        BLOB PRIMARY KEY,
    hlc         INTEGER NOT NULL,
    stream      BLOB NOT NULL,
    removed     INTEGER NOT NULL,
    active      INTEGER NOT NULL,
    name        TEXT NOT NULL,
    name_second TEXT,
    category    TEXT NOT NULL,
    short_code  TEXT,
    favourite   INTEGER,
    body        BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX item_by_short_code ON item (short_code) WHERE short_code IS NOT NULL;
CREATE INDEX item_by_name ON item (name);
CREATE INDEX item_by_category ON item (category, name) WHERE removed = 0;
CREATE INDEX item_by_favourite ON item (favourite) WHERE favourite IS NOT NULL;

CREATE TABLE item_barcode (
    code TEXT NOT NULL,
    item BLOB NOT NULL,
    PRIMARY KEY (code, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_barcode_by_item ON item_barcode (item);

CREATE TABLE item_import (
    import BLOB PRIMARY KEY,
    stream BLOB NOT NULL,
    seq    INTEGER NOT NULL,
    file   TEXT NOT NULL,
    rows   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE item_import_undone (
    import BLOB NOT NULL,
    stream BLOB NOT NULL,
    seq    INTEGER NOT NULL,
    PRIMARY KEY (import, stream, seq)
) STRICT, WITHOUT ROWID;
