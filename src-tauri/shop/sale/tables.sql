-- One row per issued document: what is searched and summed. The whole of it is the fact's body.
CREATE TABLE document (
    stream          BLOB NOT NULL,
    seq             INTEGER NOT NULL,
    token           BLOB NOT NULL,
    title           TEXT NOT NULL,
    number          TEXT NOT NULL,
    fiscal_year     INTEGER NOT NULL,
    prefix          TEXT NOT NULL,
    running         INTEGER NOT NULL,
    day             TEXT NOT NULL,
    wall_at         INTEGER NOT NULL,
    offset_min      INTEGER NOT NULL,
    staff           INTEGER NOT NULL,
    person          BLOB,
    gstin           TEXT,
    taxable_paise   INTEGER NOT NULL,
    cgst_paise      INTEGER NOT NULL,
    sgst_paise      INTEGER NOT NULL,
    igst_paise      INTEGER NOT NULL,
    cess_paise      INTEGER NOT NULL,
    round_off_paise INTEGER NOT NULL,
    total_paise     INTEGER NOT NULL,
    PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_by_token ON document (token);
CREATE INDEX document_by_number ON document (number, fiscal_year);
CREATE INDEX document_by_running ON document (prefix, fiscal_year, running);
CREATE INDEX document_by_day ON document (day, wall_at);

CREATE TRIGGER document_stays BEFORE UPDATE ON document BEGIN
    SELECT RAISE(ABORT, 'an issued document is never changed');
END;
CREATE TRIGGER document_keeps BEFORE DELETE ON document BEGIN
    SELECT RAISE(ABORT, 'an issued document is never removed');
END;

CREATE TABLE document_cancelled (
    token      BLOB NOT NULL,
    stream     BLOB NOT NULL,
    seq        INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    day        TEXT NOT NULL,
    wall_at    INTEGER NOT NULL,
    offset_min INTEGER NOT NULL,
    staff      INTEGER NOT NULL,
    PRIMARY KEY (token, stream, seq)
) STRICT, WITHOUT ROWID;

-- How many papers of a document were made, the original among them.
CREATE TABLE document_paper (
    token  BLOB PRIMARY KEY,
    papers INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
