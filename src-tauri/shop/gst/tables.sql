-- What each document supplied, per HSN, unit, nature and rate.
CREATE TABLE supply (
    stream         BLOB NOT NULL,
    seq            INTEGER NOT NULL,
    part           INTEGER NOT NULL,
    gstin          TEXT,
    place          TEXT NOT NULL,
    hsn            TEXT NOT NULL,
    unit           TEXT NOT NULL,
    nature         TEXT NOT NULL,
    rate           INTEGER NOT NULL,
    quantity_milli INTEGER NOT NULL,
    taxable_paise  INTEGER NOT NULL,
    cgst_paise     INTEGER NOT NULL,
    sgst_paise     INTEGER NOT NULL,
    igst_paise     INTEGER NOT NULL,
    cess_paise     INTEGER NOT NULL,
    PRIMARY KEY (stream, seq, part)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER supply_stays BEFORE UPDATE ON supply BEGIN
    SELECT RAISE(ABORT, 'a supply is never changed');
END;
CREATE TRIGGER supply_keeps BEFORE DELETE ON supply BEGIN
    SELECT RAISE(ABORT, 'a supply is never removed');
END;

-- The same added up per day, so that a month is read in no time.
CREATE TABLE supply_day (
    day            TEXT NOT NULL,
    registered     INTEGER NOT NULL,
    place          TEXT NOT NULL,
    hsn            TEXT NOT NULL,
    unit           TEXT NOT NULL,
    nature         TEXT NOT NULL,
    rate           INTEGER NOT NULL,
    quantity_milli INTEGER NOT NULL,
    taxable_paise  INTEGER NOT NULL,
    cgst_paise     INTEGER NOT NULL,
    sgst_paise     INTEGER NOT NULL,
    igst_paise     INTEGER NOT NULL,
    cess_paise     INTEGER NOT NULL,
    PRIMARY KEY (day, registered, place, hsn, unit, nature, rate)
) STRICT, WITHOUT ROWID;
