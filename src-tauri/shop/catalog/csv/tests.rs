use super::*;
use proptest::prelude::*;

/// The rows with their numbers, flaws by their row and name.
fn cut(bytes: &[u8]) -> Vec<(u32, String)> {
    let sheet = Sheet::read(bytes).expect("a sheet");
    let told = |row: Result<Row<'_>, RowFlaw>| match row {
        Ok(row) => (row.number, row.fields.join("¦")),
        Err(flaw) => (flaw.number, format!("{:?} in column {}", flaw.flaw, flaw.column)),
    };
    sheet.rows().map(told).collect()
}

fn owned(rows: &[(u32, &str)]) -> Vec<(u32, String)> {
    rows.iter().map(|(number, text)| (*number, (*text).to_owned())).collect()
}

/// What is nasty, the file, its rows.
type Case<'a> = (&'a str, &'a [u8], &'a [(u32, &'a str)]);

#[test]
fn nasty_files_are_cut_row_by_row() {
    let cases: &[Case<'_>] = &[
        ("plain", b"a,b\n1,2\n3,4\n", &[(2, "1¦2"), (3, "3¦4")]),
        ("byte order mark", b"\xEF\xBB\xBFa,b\n1,2", &[(2, "1¦2")]),
        ("CRLF", b"a,b\r\n1,2\r\n", &[(2, "1¦2")]),
        ("old Mac", b"a,b\r1,2\r", &[(2, "1¦2")]),
        ("blank rows are counted", b"\n,\na,b\n\n1,2\n , \n3,4", &[(5, "1¦2"), (7, "3¦4")]),
        ("quotes", b"a,b\n\"x, \"\"y\"\"\",\"l1\nl2\"\n3,4\n", &[(2, "x, \"y\"¦l1\nl2"), (3, "3¦4")]),
        ("a quote inside", b"a,b\n5\" nail,2\n\"6\" nail,2\n", &[(2, "5\" nail¦2"), (3, "6 nail¦2")]),
        ("a quote stays open", b"a,b\n1,\"2\n3,4\n5,6\n", &[(2, "QuoteOpen in column 1"), (3, "3¦4"), (4, "5¦6")]),
        (
            "a quote stays open until that of another row",
            b"a,b\n1,\"2\n3,4\n5,\"\"\n7,\"x\"\n",
            &[(2, "QuoteOpen in column 1"), (3, "3¦4"), (4, "5¦"), (5, "7¦x")],
        ),
        ("cut in a quote", b"a,b\n1,2\n3,\"4", &[(2, "1¦2"), (3, "QuoteOpen in column 1")]),
        ("cut in a row", b"a,b,c\n1,2,3\n3,4", &[(2, "1¦2¦3"), (3, "CutOff { fields: 2, columns: 3 } in column 1")]),
        ("a short row that is ended", b"a,b,c\n1,2\n", &[(2, "1¦2¦")]),
        ("empty fields behind", b"a,b\n1,2,,\n", &[(2, "1¦2")]),
        (
            "a comma too many",
            b"a,b\nDal, toor,2\n3,4\n",
            &[(2, "ManyFields { fields: 3, columns: 2 } in column 1"), (3, "3¦4")],
        ),
        ("one column", b"name\nTea\n", &[(2, "Tea")]),
        ("semicolons", b"a;b\n1,5;2\n", &[(2, "1,5¦2")]),
        ("tabs", b"a\tb\n1, x\t2\n", &[(2, "1, x¦2")]),
        ("pipes", b"a|b|c\n1|2|x,y\n", &[(2, "1¦2¦x,y")]),
        ("a delimiter in quotes only", b"a,b\n\"x;y;z\",2\n", &[(2, "x;y;z¦2")]),
        ("Latin-1", b"a,b\nCr\xE8me,2\n", &[(2, "Crème¦2")]),
        (
            "cut inside a letter",
            "a,b\nचाय,दूध\nचाय,द".as_bytes().split_last().expect("bytes").1,
            &[(2, "चाय¦दूध"), (3, "चाय¦\u{fffd}")],
        ),
        (
            "emoji, right to left, markup",
            "a,b\n🫖,شاي\n<script>,\u{202e}x\n".as_bytes(),
            &[(2, "🫖¦شاي"), (3, "<script>¦\u{202e}x")],
        ),
    ];
    for (what, bytes, rows) in cases {
        assert_eq!(cut(bytes), owned(rows), "{what}");
    }
}

#[test]
fn encodings_are_told_apart_or_told() {
    let utf16 = |text: &str, order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let text = "नाम;दाम\nचाय;10\n";
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        (utf16(&format!("\u{feff}{text}"), u16::to_le_bytes), Encoding::Utf16Le),
        (utf16(&format!("\u{feff}{text}"), u16::to_be_bytes), Encoding::Utf16Be),
    ] {
        let sheet = Sheet::read(&bytes).expect("a sheet");
        assert_eq!((sheet.encoding, sheet.delimiter), (encoding, ';'));
        assert_eq!(sheet.headers, ["नाम", "दाम"]);
    }
    let damaged = [text.as_bytes(), b"\xFF;1\n"].concat();
    assert_eq!(Encoding::guess(&damaged), Encoding::Windows1252, "ten right letters are too few for one wrong");
    assert_eq!(Encoding::guess(&[text.repeat(3).as_bytes(), b"\xFF;1\n"].concat()), Encoding::Utf8);
    let told = Sheet::read_as(b"a,b\n\xE0,2", Some(Encoding::Utf8), Some(';')).expect("a sheet");
    assert_eq!((told.headers, told.count), (vec!["a,b".to_owned()], 1));
    assert!(Encoding::ALL.into_iter().all(|encoding| Encoding::read(encoding.code()) == Some(encoding)));
}

#[test]
fn limits_are_kept() {
    let wide = vec!["x"; COLUMNS_MAX + 1].join(",");
    let deep = format!("a\n{}", "1\n".repeat(ROWS_MAX + 1));
    for (bytes, error) in [
        (Vec::new(), CsvError::Empty),
        (b"\n \n".to_vec(), CsvError::Empty),
        (b"PK\x03\x04rest".to_vec(), CsvError::Workbook),
        (b"\xD0\xCF\x11\xE0rest".to_vec(), CsvError::Workbook),
        (b"a,b\n\0,1".to_vec(), CsvError::NotText),
        (wide.into_bytes(), CsvError::ManyColumns { columns: COLUMNS_MAX + 1 }),
        (deep.into_bytes(), CsvError::ManyRows),
        (vec![b' '; BYTES_MAX + 1], CsvError::TooBig),
    ] {
        let refused = Sheet::read(&bytes).map(|sheet| sheet.count).expect_err("beyond a limit");
        assert_eq!(refused, error);
        assert!(Fault::from(refused).code.starts_with("import."));
    }
    let long = format!("a,b\n1,{}\n2,{}\n", "क".repeat(FIELD_MAX + 1), "क".repeat(FIELD_MAX));
    let rows = cut(long.as_bytes());
    assert_eq!(rows[0], (2, "FieldLong in column 1".to_owned()));
    assert_eq!(rows[1].0, 3);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(sheet) = Sheet::read(&bytes) {
            prop_assert_eq!(sheet.rows().count(), sheet.count);
            for row in sheet.rows().flatten() {
                prop_assert_eq!(row.fields.len(), sheet.headers.len());
            }
        }
    }

    #[test]
    fn any_punctuation_is_read(text in "[ab,;|\t\"\r\n]{0,80}") {
        if let Ok(sheet) = Sheet::read(text.as_bytes()) {
            let numbers: Vec<u32> = sheet.rows().map(|row| row.map_or_else(|flaw| flaw.number, |row| row.number)).collect();
            prop_assert_eq!(numbers.len(), sheet.count);
            prop_assert!(numbers.is_sorted_by(|one, next| one < next));
        }
    }

    #[test]
    fn what_another_writer_wrote_is_read_back(rows in proptest::collection::vec(("[a-c,;\"\n \u{915}]{1,8}x", "[a-c,;\"\n]{0,8}"), 1..20)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["name", "note"]).expect("memory");
        rows.iter().for_each(|(name, note)| writer.write_record([name, note]).expect("memory"));
        let bytes = writer.into_inner().expect("memory");
        let sheet = Sheet::read_as(&bytes, None, Some(',')).expect("a sheet");
        let read: Vec<(String, String)> =
            sheet.rows().map(|row| row.expect("whole")).map(|row| (row.fields[0].to_string(), row.fields[1].to_string())).collect();
        prop_assert_eq!(read, rows);
    }
}
