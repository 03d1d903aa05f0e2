//! Whatever is typed, scanned or read from a file: it is kept and shown as text, or refused in words.

mod support;

use std::fs;

use pakka::wire::COMMANDS;
use serde_json::{Value, json};
use support::front::{Copied, Front, item, open_shop, text};

/// Names as nobody should type them.
fn strange_names() -> Vec<(String, &'static str)> {
    vec![
        ("<script>alert('x')</script>".into(), "a tag"),
        ("\"quotes\" & 'ticks' `back` \\ / %s %n {0} ${x}".into(), "quotes"),
        ("=HYPERLINK(\"http://x\")".into(), "a formula"),
        ("'; DROP TABLE journal; --".into(), "SQL"),
        ("]]> <!-- <![CDATA[ &lt; &#0; &amp;".into(), "XML"),
        ("safe\u{202e}gnp.exe\u{202c} \u{2066}x\u{2069}".into(), "turned round"),
        ("a\u{0}b\u{7}c\u{1b}[31md\u{7f}\u{85}".into(), "control characters"),
        ("line\r\nbreak\ttab\u{2028}and\u{2029}more".into(), "line breaks"),
        ("😀👨‍👩‍👧🇮🇳 ✅".into(), "emoji"),
        ("क्‍षेत्रीय श्री ॐ ₹".into(), "Devanagari"),
        ("தமிழ் മലയാളം اردو עברית 中文".into(), "many scripts"),
        ("e\u{301}".repeat(60), "marks on letters"),
        (format!("Z{}", "\u{300}\u{316}\u{489}".repeat(60)), "a pile of marks"),
        ("\u{feff}\u{200b}\u{2060}x\u{fff9}".into(), "unseen characters"),
        ("\u{10ffff}\u{fffe}\u{e000}\u{d7ff}".into(), "no characters"),
        ("x".repeat(200), "a long word"),
    ]
}

/// An SVG that a reader of XML takes: one root, tags closed in order, nothing but escaped text.
fn is_well_formed(svg: &str) -> Result<(), String> {
    if let Some(odd) = svg.chars().find(|c| {
        !matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
    }) {
        return Err(format!("{odd:?} is no character of XML"));
    }
    let mut open: Vec<&str> = Vec::new();
    let mut rest = svg;
    let mut roots = 0;
    while let Some(at) = rest.find('<') {
        check_text(&rest[..at])?;
        let mut quote = None;
        let end = rest[at..].char_indices().find(|(_, c)| match (quote, c) {
            (Some(open), c) if open == *c => {
                quote = None;
                false
            }
            (None, '"' | '\'') => {
                quote = Some(*c);
                false
            }
            (None, '>') => true,
            _ => false,
        });
        let end = at + end.ok_or("a tag without an end")?.0;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if tag.starts_with(['?', '!']) {
            continue;
        }
        if tag[1..].contains('<') {
            return Err(format!("< inside {tag}"));
        }
        check_text(tag)?;
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name.trim()) {
                return Err(format!("</{name}> closes another tag"));
            }
        } else if !tag.ends_with('/') {
            roots += usize::from(open.is_empty());
            open.push(tag.split_whitespace().next().ok_or("a tag without a name")?);
        }
    }
    check_text(rest)?;
    if !open.is_empty() || roots != 1 {
        return Err(format!("{open:?} are open, {roots} roots"));
    }
    Ok(())
}

fn check_text(text: &str) -> Result<(), String> {
    for (at, _) in text.match_indices('&') {
        let name = text[at + 1..].split(';').next().unwrap_or_default();
        let known = ["amp", "lt", "gt", "quot", "apos"].contains(&name);
        let number =
            name.strip_prefix('#').is_some_and(|n| n.trim_start_matches('x').chars().all(|c| c.is_ascii_hexdigit()));
        if !known && !number {
            return Err(format!("a bare & before {:?}", text[at + 1..].chars().take(12).collect::<String>()));
        }
    }
    Ok(())
}

#[test]
fn the_judge_of_svg_knows_bad_from_good() {
    for good in ["<svg><g a=\"1 > 0\"/><text>a &amp; b</text></svg>", "<?xml version=\"1.0\"?><svg/><svg></svg>"] {
        assert_eq!(is_well_formed(good), Ok(()), "{good}");
    }
    for bad in [
        "<svg>",
        "<svg></g></svg>",
        "<svg>&</svg>",
        "<svg>&nbsp;</svg>",
        "<svg>\u{0}</svg>",
        "<svg></svg><a></a>",
        "<a <b>></a>",
        "x",
    ] {
        assert!(is_well_formed(bad).is_err(), "{bad}");
    }
}

/// Sells what is on the bill and prints it on both papers, one in each language; gives the number.
fn sells_and_prints(front: &mut Front, what: &str) -> String {
    let number = sells(front);
    let a4 = if what.len().is_multiple_of(2) { "en" } else { "hi" };
    for (paper, language) in [("a4", a4), ("mm80", if a4 == "en" { "hi" } else { "en" })] {
        let request = json!({"number": number, "paper": paper, "language": language});
        let preview = front.ok("bills_preview", request.clone());
        for page in preview["pages"].as_array().expect("pages") {
            if let Err(why) = is_well_formed(page.as_str().expect("an SVG")) {
                panic!("{what} on {paper}: {why}");
            }
        }
        front.ok("bills_print", request);
    }
    let papers: Vec<Vec<u8>> = front.tray.0.lock().expect("papers").drain(..).collect();
    assert_eq!(papers.len(), 3, "{what}: the bill and two copies");
    for pdf in papers {
        assert!(pdf.starts_with(b"%PDF-") && pdf.trim_ascii_end().ends_with(b"%%EOF"), "{what}");
    }
    number
}

fn sells(front: &mut Front) -> String {
    let bill = front.bill();
    text(&front.ok("sale_settle", json!({"bill": bill, "tenders": []}))["number"])
}

/// No text may turn the line round or break it, wherever it is shown.
fn is_one_calm_line(text: &str) -> bool {
    text.chars().all(|c| !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{200b}' | '\u{feff}'))
}

#[test]
fn strange_names_are_text_on_screen_and_paper() {
    let mut shop = open_shop();
    let front = &mut shop.front;
    for (place, (name, what)) in strange_names().into_iter().enumerate() {
        let code = format!("S{place}");
        let mut request = item(&name, &code, "12.50");
        request["name_second"] = name.clone().into();
        request["category"] = name.chars().take(60).collect::<String>().into();
        let kept = front.ok("catalog_set", request);
        let shown = text(&kept["name"]);
        assert!(is_one_calm_line(&shown) && !shown.is_empty(), "{what}: {shown:?}");
        front.ok("sale_enter", json!({"text": code, "source": "typed"}));
        front.ok("sale_nameless", json!({"name": name, "price": "3", "rate_class": "gst5", "quantity": "2"}));
        let customer = json!({"person": null, "name": name.chars().take(100).collect::<String>(), "phone": "",
            "gstin": "", "state": "27", "address": name});
        let bill = front.ok("sale_customer", json!({"customer": customer}));
        let line = &bill["lines"][0];
        assert_eq!(line["name"], kept["name"], "{what}");
        for value in [&bill["customer"]["name"], &bill["customer"]["address"], &bill["lines"][1]["name"]] {
            assert!(is_one_calm_line(&text(value)), "{what}: {value}");
        }
        let number = sells_and_prints(front, what);
        // Search takes whatever stands in a name, and whatever is typed.
        for query in [&name, &shown] {
            front.ok("sale_search", json!({"text": query}));
            front.ok("customer_find", json!({"text": query}));
            front.ok("bills_find", json!({"text": query, "day_from": null, "day_to": null, "offset": 0}));
            front.ok("catalog_list", json!({"text": query, "offset": 0, "category": query, "inactive": true}));
        }
        let cancelled = front.ok("bills_cancel", json!({"number": number, "reason": name}));
        assert!(is_one_calm_line(&text(&cancelled["cancelled"]["reason"])), "{what}");
    }
    front.ok("catalog_list", json!({"text": "", "offset": 0, "category": null, "inactive": true}));
}

#[test]
fn a_signboard_of_strange_names_prints() {
    let mut shop = open_shop();
    let front = &mut shop.front;
    for (name, what) in strange_names().into_iter().step_by(3) {
        let cut = |most: usize| name.chars().take(most).collect::<String>();
        let mut profile = support::front::finish("x")["profile"].clone();
        for (field, most) in [("name", 80), ("legal_name", 100), ("street", 160), ("city", 60), ("footer", 200)] {
            profile[field] = cut(most).into();
        }
        match front.run("profile_set", json!({"profile": profile})) {
            Err(fault) => panic!("{what}: {fault:?}"),
            Ok(kept) => assert!(is_one_calm_line(&text(&kept["name"])), "{what}"),
        }
        front.ok("settings_set", json!({"counter_name": format!("C {}", cut(30))}));
        front.ok("sale_enter", json!({"text": "201", "source": "typed"}));
        sells_and_prints(front, what);
    }
    front.ok("desk_lock", Value::Null);
    front.unlock().expect("the owner finds the door of a strangely named shop");
}

#[test]
fn what_is_too_long_is_refused_in_words() {
    let mut shop = open_shop();
    let front = &mut shop.front;
    front.ok("sale_enter", json!({"text": "201", "source": "typed"}));
    for long in ["x".repeat(10_000), "क".repeat(10_000), "😀".repeat(10_000)] {
        assert_eq!(front.refused("catalog_set", item(&long, "L1", "1")), "catalog.text_long");
        assert_eq!(front.refused("catalog_set", item("Long code", &long, "1")), "catalog.short_code");
        let mut request = item("Long barcode", "L1", "1");
        request["barcodes"] = json!([long]);
        assert!(front.refused("catalog_set", request).starts_with("catalog."));
        let nameless = json!({"name": long, "price": "1", "rate_class": "gst5", "quantity": ""});
        assert_eq!(front.refused("sale_nameless", nameless), "sale.nameless_name");
        let customer = |name: &str, address: &str| json!({"customer": {"person": null, "name": name, "phone": "", "gstin": "", "state": "", "address": address}});
        assert_eq!(front.refused("sale_customer", customer(&long, "")), "customer.too_long");
        assert_eq!(front.refused("sale_customer", customer("Asha", &long)), "customer.too_long");
        assert_eq!(
            front.refused("bills_cancel", json!({"number": "A/26-27/000001", "reason": long})),
            "sale.reason_missing"
        );
        assert_eq!(front.refused("settings_set", json!({"counter_name": long})), "profile.too_long");
        assert_eq!(front.refused("settings_set", json!({"series_prefix": long})), "profile.prefix");
        assert_eq!(front.refused("bills_open", json!({"number": long})), "sale.no_such_document");
        for command in ["sale_search", "customer_find"] {
            front.ok(command, json!({"text": long}));
        }
        let entered = front.ok("sale_enter", json!({"text": long, "source": "scan"}));
        assert_eq!(entered["outcome"], "unknown");
        front.ok("bills_find", json!({"text": long, "day_from": null, "day_to": null, "offset": 0}));
        assert_eq!(front.refused("profile_set", json!({"profile": {"name": long}})), "desk.request");
        let _ = front.refused("import_look", json!({"path": long}));
    }
    assert_eq!(front.ok("sale_bill", Value::Null)["line_count"], 1, "the bill is as it was");
}

#[test]
fn absurd_numbers_are_refused_and_the_largest_that_are_not_add_up() {
    let mut shop = open_shop();
    let front = &mut shop.front;
    front.ok("sale_enter", json!({"text": "201", "source": "typed"}));
    let before = front.ok("sale_bill", Value::Null);
    let odd = [
        "-1",
        "-0.001",
        "1e9",
        "NaN",
        "inf",
        "0x10",
        "１２",
        "12,,,3.4.5",
        "999999999999999999999999",
        "1.23456",
        "--1",
        "५",
    ];
    for number in odd {
        for (command, body) in [
            ("sale_quantity", json!({"line": 1, "quantity": number})),
            ("sale_price", json!({"line": 1, "price": number})),
            ("sale_discount", json!({"line": 1, "discount": number})),
            ("sale_discount", json!({"line": null, "discount": format!("{number}%")})),
            ("sale_nameless", json!({"name": "x", "price": number, "rate_class": "gst5", "quantity": ""})),
            ("sale_nameless", json!({"name": "x", "price": "1", "rate_class": "gst5", "quantity": number})),
            ("sale_settle", json!({"bill": before["id"], "tenders": [{"kind": "cash", "amount": number}]})),
            ("catalog_set", item("x", "X1", number)),
        ] {
            let code = front.refused(command, body);
            assert!(!code.starts_with("desk."), "{command} {number}: {code}");
        }
    }
    for zero in ["0", "0.000", "-0", "00"] {
        assert_eq!(front.refused("sale_quantity", json!({"line": 1, "quantity": zero})), "sale.quantity");
    }
    for line in [0_u32, 2, 1000, u32::MAX] {
        assert_eq!(front.refused("sale_remove", json!({"line": line})), "sale.no_such_line");
    }
    assert_eq!(front.ok("sale_bill", Value::Null), before, "nothing refused left a trace");

    let too_many = vec![json!({"kind": "cash", "amount": "1"}); 5000];
    assert_eq!(front.refused("sale_settle", json!({"bill": before["id"], "tenders": too_many})), "sale.tender");
    // Handed over more than all the money there is.
    let most = vec![json!({"kind": "cash", "amount": "99990000000"}); 50];
    front.ok("sale_tender", json!({"tenders": most}));
    front.ok("sale_quantity", json!({"line": 1, "quantity": "100000"}));
    match front.run("sale_price", json!({"line": 1, "price": "10000000"})) {
        Ok(bill) => assert!(bill["sums"]["to_pay"].as_i64().expect("paise") > 0),
        Err(fault) => assert!(fault.code.starts_with("price."), "{fault:?}"),
    }
    front.ok("sale_price", json!({"line": 1, "price": "9999"}));
    let customer = json!({"person": null, "name": "Asha", "phone": "", "gstin": "", "state": "27", "address": "Pune"});
    front.ok("sale_customer", json!({"customer": customer}));
    sells_and_prints(front, "the largest bill");
}

#[test]
fn a_bill_that_outgrows_its_fact_is_refused_before_it_is_lost() {
    let mut shop = open_shop();
    let front = &mut shop.front;
    // Loose goods are a line each time.
    let mut loose = item(&"😀".repeat(200), "L1", "3");
    loose["name_second"] = loose["name"].clone();
    loose["unit"] = "KGS".into();
    front.ok("catalog_set", loose);
    let mut lines = 0;
    let fault = loop {
        match front.run("sale_enter", json!({"text": "L1", "source": "typed"})) {
            Ok(_) => lines += 1,
            Err(fault) => break fault,
        }
    };
    assert_eq!(fault.code, "sale.too_many_lines", "{fault:?}");
    assert!(lines > 100 && fault.say.en.contains(&lines.to_string()), "{lines} lines: {fault:?}");
    let bill = front.bill();
    front.ok("sale_settle", json!({"bill": bill, "tenders": []}));
}

#[test]
fn a_request_of_another_form_is_refused_by_every_command() {
    let mut shop = open_shop();
    let front = &mut shop.front;
    for name in ["", "sale", "sale_bills", "desk_open; sale_bill", "SALE_BILL", "__proto__"] {
        assert_eq!(front.refused(name, Value::Null), "desk.request", "{name}");
    }
    let takes_nothing = |name: &str, front: &mut Front| front.run(name, json!({})).is_ok_and(|_| true);
    let ends_it = ["desk_lock", "desk_cover", "sale_abandon"];
    for command in COMMANDS.iter().filter(|command| !ends_it.contains(&command.name)) {
        for body in [
            json!([1, 2]),
            json!("text"),
            json!(7),
            json!(true),
            json!({"line": "one", "text": 5, "number": {}, "profile": 3, "path": []}),
        ] {
            if let Err(fault) = front.run(command.name, body.clone()) {
                let known = ["desk.request", "desk.not_in_set_up"].contains(&fault.code.as_str());
                assert!(known || takes_nothing(command.name, front), "{} {body}: {fault:?}", command.name);
            }
        }
    }
    for (command, body) in [
        ("sale_enter", json!({"text": "201"})),
        ("sale_enter", json!({"text": "201", "source": "shouted"})),
        ("sale_add", json!({"item": "not an id", "quantity": null})),
        ("sale_quantity", json!({"line": -1, "quantity": "1"})),
        ("sale_quantity", json!({"line": 1.5, "quantity": "1"})),
        ("sale_quantity", json!({"line": 1, "quantity": 1})),
        ("sale_quantity", json!({"line": 4_294_967_296_u64, "quantity": "1"})),
        ("sale_settle", json!({"bill": "123", "tenders": []})),
        ("sale_settle", json!({"bill": null, "tenders": []})),
        (
            "sale_settle",
            json!({"bill": "00000000000000000000000000000000", "tenders": [{"kind": "gold", "amount": "1"}]}),
        ),
        ("bills_print", json!({"number": "A/26-27/000001", "paper": "a5", "language": "en"})),
        ("bills_print", json!({"number": "A/26-27/000001", "paper": "a4", "language": "fr"})),
        ("settings_set", json!({"sound": 300})),
        ("desk_unlock", json!({"slot": "x"})),
        ("import_undo", json!({"import": "zz"})),
        ("catalog_item", json!({"item": "zz"})),
    ] {
        assert_eq!(front.refused(command, body.clone()), "desk.request", "{command} {body}");
    }
    for (command, body, code) in [
        ("catalog_item", json!({"item": "00000000000000000000000000000000"}), "catalog.no_such_item"),
        ("import_undo", json!({"import": "00000000000000000000000000000000"}), "catalog.no_such_import"),
        ("bills_find", json!({"text": "", "day_from": "2026-02-30", "day_to": null, "offset": 0}), "ground.day"),
        ("import_look", json!({"path": "/no/such/file.csv"}), "catalog.file"),
        ("import_look", json!({"path": ""}), "catalog.file"),
    ] {
        assert_eq!(front.refused(command, body), code, "{command}");
    }
}

/// Writes a file and asks for its import step by step; what it did is the last answer.
struct List<'a> {
    front: &'a mut Front,
    path: String,
}

impl List<'_> {
    fn of<'a>(shop: &'a mut Copied, name: &str, bytes: &[u8]) -> List<'a> {
        let path = shop.folder.path().join(name);
        fs::write(&path, bytes).expect("a file");
        List { front: &mut shop.front, path: path.display().to_string() }
    }

    fn request(&mut self) -> Value {
        let looked = self.front.ok("import_look", json!({"path": self.path}));
        let columns = looked["columns"].as_array().expect("columns");
        let meanings: Vec<&Value> = columns.iter().map(|column| &column["meaning"]).collect();
        json!({"path": self.path, "encoding": looked["encoding"], "delimiter": looked["delimiter"], "meanings": meanings})
    }

    fn tries(&mut self) -> Value {
        let request = self.request();
        self.front.ok("import_try", request)
    }

    fn does(&mut self) -> Value {
        let request = self.request();
        self.front.ok("import_do", request)
    }

    fn count(&mut self) -> u64 {
        let all = json!({"text": "", "offset": 0, "category": null, "inactive": true});
        self.front.ok("catalog_list", all)["total"].as_u64().expect("a number")
    }
}

#[test]
fn lists_in_every_dress_say_the_same() {
    let plain = "barcode,name,hsn,gst_rate,unit,mrp,selling_price\n\
                 8901030865278,Café Crème,0901,5,PCS,100,95\n0036000291452,\"Tissue, soft \"\"XL\"\"\",4818,18,PCS,45,45\n";
    let semicolons =
        plain.replace("\"Tissue, soft \"\"XL\"\"\"", "Tissue. soft").replace(',', ";").replace("Tissue.", "Tissue,");
    let latin: Vec<u8> = plain.chars().map(|c| c as u32 as u8).collect();
    let utf16: Vec<u8> = [0xfeff].into_iter().chain(plain.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let dresses: Vec<(&str, Vec<u8>)> = vec![
        ("plain", plain.into()),
        ("a mark in front", [b"\xef\xbb\xbf", plain.as_bytes()].concat()),
        ("Windows lines", plain.replace('\n', "\r\n").into()),
        ("Latin-1", latin),
        ("UTF-16", utf16),
        ("semicolons", semicolons.into()),
        ("tabs", plain.replace("\"Tissue, soft \"\"XL\"\"\"", "Tissue soft").replace(',', "\t").into()),
        ("no last line end", plain.trim_end().into()),
        ("blank rows", plain.replace('\n', "\n\n,,,,,,\n").into()),
    ];
    let mut shop = open_shop();
    for (what, bytes) in dresses {
        let mut list = List::of(&mut shop, "list.csv", &bytes);
        let before = list.count();
        let tried = list.tries();
        assert_eq!((tried["added"].as_u64(), tried["bad"].as_u64()), (Some(2), Some(0)), "{what}: {tried}");
        assert_eq!(list.count(), before, "{what}: a try does nothing");
        let done = list.does();
        assert_eq!((done["added"].as_u64(), list.count()), (Some(2), before + 2), "{what}");
        let again = list.does();
        assert_eq!((again["same"].as_u64(), again["added"].as_u64()), (Some(2), Some(0)), "{what}");
        let found = list.front.ok("sale_enter", json!({"text": "8901030865278", "source": "scan"}));
        assert_eq!(found["bill"]["lines"][0]["name"], "Café Crème", "{what}");
        let found = list.front.ok("sale_enter", json!({"text": "036000291452", "source": "scan"}));
        assert_eq!(found["outcome"], "added", "{what}");
        list.front.ok("sale_abandon", Value::Null);
        let undone = list.front.ok("import_undo", json!({"import": done["import"]}));
        assert_eq!((undone["put_back"].as_u64(), list.count()), (Some(2), before), "{what}");
        assert_eq!(list.front.refused("import_undo", json!({"import": done["import"]})), "catalog.no_such_import");
    }
}

#[test]
fn bad_rows_are_named_and_the_good_ones_go_in() {
    let csv = "barcode,name,hsn,gst_rate,unit,mrp,selling_price,opening_stock\n\
               8901030865278,Good,3401,18,PCS,100,95,5\n\
               8901030865278,Same barcode,3401,18,PCS,100,95,5\n\
               8901030865271,Wrong check digit,3401,18,PCS,100,95,5\n\
               8901764012273,,3401,18,PCS,100,95,5\n\
               8901764012280,Bad rate,3401,17.5,PCS,100,95,5\n\
               8901764012297,Bad unit,3401,18,FURLONG,100,95,5\n\
               8901764012303,Bad price,3401,18,PCS,ten,95,5\n\
               8.90103E+12,Rounded barcode,3401,18,PCS,100,95,5\n\
               8901764012310,Negative,3401,18,PCS,-1,95,5\n\
               8901764012327,<b>Tag</b>,3401,18,PCS,100,95,5\n\
               8901764012334,Cut \"in the mid";
    let mut shop = open_shop();
    let mut list = List::of(&mut shop, "mixed.csv", csv.as_bytes());
    let before = list.count();
    let tried = list.tries();
    let rows: Vec<u64> =
        tried["faults"].as_array().expect("faults").iter().map(|fault| fault["row"].as_u64().expect("a row")).collect();
    for row in [3, 5, 6, 7, 8, 9, 10] {
        assert!(rows.contains(&row), "row {row} is not among {rows:?}");
    }
    assert!(!rows.contains(&2) && !rows.contains(&4) && !rows.contains(&11), "{rows:?}");
    let odd: Vec<&Value> = tried["oddities"].as_array().expect("oddities").iter().map(|odd| &odd["row"]).collect();
    assert!(odd.contains(&&json!(4)), "the check digit is told: {odd:?}");
    for fault in tried["faults"].as_array().expect("faults") {
        assert!(!text(&fault["say"]["en"]).is_empty() && !text(&fault["say"]["hi"]).is_empty(), "{fault}");
    }
    let done = list.does();
    assert_eq!(done["added"].as_u64().expect("a number") + done["bad"].as_u64().expect("a number"), 11, "{done}");
    assert_eq!(list.count(), before + done["added"].as_u64().expect("a number"));
    let again = list.does();
    assert_eq!((&again["same"], &again["added"], &again["updated"]), (&done["added"], &json!(0), &json!(0)), "{again}");
    list.front.ok("import_undo", json!({"import": done["import"]}));
    assert_eq!(list.count(), before);
}

#[test]
fn files_that_are_no_list_are_refused_and_cut_ones_are_told_by_the_row() {
    let mut shop = open_shop();
    for (name, bytes, code) in [
        ("empty.csv", &b""[..], "import.empty"),
        ("blank.csv", b"\n\n  \n", "import.empty"),
        ("book.xlsx", b"PK\x03\x04rest", "import.workbook"),
        ("old.xls", b"\xD0\xCF\x11\xE0rest", "import.workbook"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "import.not_text"),
    ] {
        let list = List::of(&mut shop, name, bytes);
        assert_eq!(list.front.refused("import_look", json!({"path": list.path})), code, "{name}");
    }
    let many: String = (0..65).map(|column| format!("c{column},")).collect();
    let list = List::of(&mut shop, "wide.csv", many.as_bytes());
    assert_eq!(list.front.refused("import_look", json!({"path": list.path})), "import.columns_many");

    let csv = pakka::catalog::generator::generate_csv(40, 6, pakka::catalog::generator::Mess::None);
    let whole = List::of(&mut shop, "whole.csv", &csv).count();
    for part in 1..12 {
        let cut = &csv[..csv.len() * part / 12];
        let mut list = List::of(&mut shop, "cut.csv", cut);
        let tried = list.tries();
        let (rows, added, bad) = (
            tried["rows"].as_u64(),
            tried["added"].as_u64().expect("a number"),
            tried["bad"].as_u64().expect("a number"),
        );
        assert!(bad <= 1 && rows == Some(added + bad), "only the row of the cut can be bad: {tried}");
        let done = list.does();
        assert_eq!(list.count(), whole + added);
        if added > 0 {
            list.front.ok("import_undo", json!({"import": done["import"]}));
        }
        assert_eq!(list.count(), whole, "and it is taken back whole");
    }
}

#[test]
fn a_list_of_the_longest_texts_fits_its_facts() {
    let (name, category) = ("😀".repeat(200), "क".repeat(60));
    let mut csv = String::from("barcode,name,name_second,short_code,category,hsn,gst_rate,unit,mrp\n");
    for row in 0..100 {
        let codes: Vec<String> = (0..20).map(|code| format!("{}{row:03}{code:02}", "X".repeat(40))).collect();
        csv.push_str(&format!("{},{name},{name},L{row},{category},3401,18,PCS,10\n", codes.join("|")));
    }
    let mut shop = open_shop();
    let mut list = List::of(&mut shop, "long.csv", csv.as_bytes());
    let before = list.count();
    let done = list.does();
    assert_eq!((done["added"].as_u64(), done["bad"].as_u64()), (Some(100), Some(0)));
    let longer = csv.replace(",10\n", ",11\n");
    let mut list = List::of(&mut shop, "longer.csv", longer.as_bytes());
    let changed = list.does();
    assert_eq!(changed["updated"].as_u64(), Some(100), "{changed}");
    for import in [changed, done] {
        list.front.ok("import_undo", json!({"import": import["import"]}));
    }
    assert_eq!(list.count(), before);
}
