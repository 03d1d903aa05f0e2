CREATE TABLE stock_level (
    item          BLOB PRIMARY KEY,
    opening_milli INTEGER NOT NULL DEFAULT 0,
    moved_milli   INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
