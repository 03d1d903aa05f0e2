CREATE TABLE kept_open_bill (
    counter INTEGER PRIMARY KEY CHECK (counter = 1),
    body    BLOB NOT NULL
) STRICT;
