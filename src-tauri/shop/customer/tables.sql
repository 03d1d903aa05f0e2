CREATE TABLE customer (
    person  BLOB PRIMARY KEY,
    hlc     INTEGER NOT NULL,
    stream  BLOB NOT NULL,
    name    TEXT NOT NULL,
    phone   TEXT NOT NULL,
    address TEXT NOT NULL,
    gstin   TEXT,
    state   TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_by_phone ON customer (phone);
