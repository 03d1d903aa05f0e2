//! Documents to try the paper with: invented shops, plausible figures.

use super::ticket::{
    Letterhead, Line, LineHeads, LineTable, PageWords, Pair, Party, Scan, Signature, TaxRow, TaxTable, Ticket,
};

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn heads(words: [&str; 9]) -> LineHeads {
    let [name, hsn, quantity, mrp, rate, discount, taxable, gst, amount] = words.map(str::to_owned);
    LineHeads { name, hsn, quantity, mrp, rate, discount, taxable, gst, amount }
}

fn line(no: usize, cells: [&str; 9]) -> Line {
    let [name, hsn, quantity, unit, rate, discount, taxable, gst, amount] = cells.map(str::to_owned);
    Line { no: no.to_string(), name, hsn, quantity, unit, rate, discount, taxable, gst, amount, ..Line::default() }
}

fn tax_row(code: &str, taxable: &str, taxes: &[(&str, &str)]) -> TaxRow {
    let taxes = taxes.iter().map(|(rate, amount)| ((*rate).to_owned(), (*amount).to_owned())).collect();
    TaxRow { code: code.to_owned(), taxable: taxable.to_owned(), taxes }
}

/// A wholesale invoice inside one State, with everything a reader expects of one.
pub fn invoice() -> Ticket {
    let lines = [
        ["India Gate Classic Basmati rice 5 kg", "1006", "10", "BAG", "620.00", "–", "6,200.00", "5%", "6,510.00"],
        [
            "Fortune Sunlite sunflower oil 15 L tin",
            "1512",
            "4",
            "TIN",
            "2,180.00",
            "174.40",
            "8,545.60",
            "5%",
            "8,972.88",
        ],
        ["Tata Sampann toor dal 1 kg", "0713", "25", "PAC", "158.00", "–", "3,950.00", "5%", "4,147.50"],
        ["Brooke Bond Red Label tea 1 kg", "0902", "6", "PAC", "512.00", "–", "3,072.00", "5%", "3,225.60"],
        ["Surf Excel Matic Top Load 4 kg", "3402", "3", "PAC", "610.00", "–", "1,830.00", "18%", "2,159.40"],
        ["Lizol floor cleaner, citrus 5 L", "3808", "4", "CAN", "728.81", "–", "2,915.24", "18%", "3,439.98"],
    ];
    Ticket {
        name: "Tax invoice A1/26-27/04376".to_owned(),
        made_at_ms: 1_795_341_600_000,
        title: "Tax invoice".to_owned(),
        copy: "Original for recipient".to_owned(),
        shop: Letterhead {
            name: "Sharma Stores".to_owned(),
            mark: "प".to_owned(),
            address: texts(&["Shop 4, Mayur Colony, Kothrud, Pune 411038, Maharashtra"]),
            codes: vec![
                Pair::strong_code("GSTIN", "27ABCPS4821M1ZB"),
                Pair::code("FSSAI", "11523034000417"),
                Pair::plain("Phone", "020 2545 0117"),
            ],
        },
        parties: vec![
            Party {
                role: "Billed to".to_owned(),
                name: "Deepak Caterers".to_owned(),
                address: texts(&["12/3 Karve Road, Erandwane", "Pune 411004, Maharashtra (27)"]),
                codes: vec![Pair::strong_code("GSTIN", "27AAKFD7716R1ZN")],
            },
            Party {
                role: "Delivered to".to_owned(),
                name: "Canteen, Vidya Bhavan School".to_owned(),
                address: texts(&["Paud Road, Kothrud", "Pune 411038, Maharashtra (27)"]),
                codes: vec![],
            },
        ],
        particulars: vec![
            Pair::code("Invoice", "A1/26-27/04376"),
            Pair::plain("Date", "22 Nov 2026"),
            Pair::plain("Place of supply", "Maharashtra (27)"),
            Pair::plain("Reverse charge", "No"),
            Pair::plain("Pay by", "7 Dec 2026"),
        ],
        table: LineTable {
            heads: heads(["Description", "HSN", "Quantity", "", "Rate", "Discount", "Taxable", "GST", "Amount"]),
            lines: lines.iter().enumerate().map(|(at, cells)| line(at + 1, *cells)).collect(),
        },
        taxes: Some(TaxTable {
            title: "Tax by HSN".to_owned(),
            code_head: "HSN".to_owned(),
            taxable_head: "Taxable".to_owned(),
            tax_heads: texts(&["CGST", "SGST"]),
            rows: vec![
                tax_row("1006", "6,200.00", &[("2.5%", "155.00"), ("2.5%", "155.00")]),
                tax_row("1512", "8,545.60", &[("2.5%", "213.64"), ("2.5%", "213.64")]),
                tax_row("0713", "3,950.00", &[("2.5%", "98.75"), ("2.5%", "98.75")]),
                tax_row("0902", "3,072.00", &[("2.5%", "76.80"), ("2.5%", "76.80")]),
                tax_row("3402", "1,830.00", &[("9%", "164.70"), ("9%", "164.70")]),
                tax_row("3808", "2,915.24", &[("9%", "262.37"), ("9%", "262.37")]),
            ],
            total: Some(tax_row("Total", "26,512.84", &[("", "971.26"), ("", "971.26")])),
        }),
        sums: vec![
            Pair::plain("Goods before discount", "26,687.24"),
            Pair::plain("Discount", "−174.40"),
            Pair::strong("Taxable value", "26,512.84"),
            Pair::plain("CGST 2.5% on 21,767.60", "544.19"),
            Pair::plain("SGST 2.5% on 21,767.60", "544.19"),
            Pair::plain("CGST 9% on 4,745.24", "427.07"),
            Pair::plain("SGST 9% on 4,745.24", "427.07"),
            Pair::plain("Round off", "−0.36"),
        ],
        total: Some(Pair::plain("To pay", "₹ 28,455.00")),
        words: Some(Pair::plain("Amount in words", super::words::in_english(crate::money::Paise::rupees(28_455)))),
        scans: vec![Scan {
            holds: "upi://pay?pa=sharmastores@okbank&pn=Sharma%20Stores&am=28455.00&cu=INR&tn=A1%2F26-27%2F04376&tr=A1262704376"
                .to_owned(),
            says: vec![Pair::plain("", "Scan to pay ₹ 28,455.00"), Pair::code("any UPI app ·", "sharmastores@okbank")],
        }],
        bank: vec![
            Pair::plain("Or by bank", "Bank of Maharashtra, Kothrud"),
            Pair::code("Account", "60214470913"),
            Pair::code("IFSC", "MAHB0000852"),
        ],
        signature: Some(Signature {
            above: "For Sharma Stores".to_owned(),
            below: "Authorised signatory".to_owned(),
        }),
        footer: texts(&["Goods once sold are exchanged within 7 days with this bill.", "Subject to Pune jurisdiction."]),
        turns: PageWords {
            page: "Page {page} of {pages}".to_owned(),
            carried: "Carried forward".to_owned(),
            brought: "Brought forward".to_owned(),
        },
        ..Ticket::default()
    }
}

/// The same goods to another State, in Hindi, with second names, notes, MRP and cess.
pub fn inter_state_hindi() -> Ticket {
    let mut ticket = invoice();
    ticket.name = "टैक्स इनवॉइस A1/26-27/04377".to_owned();
    ticket.title = "टैक्स इनवॉइस".to_owned();
    ticket.copy = "ग्राहक की मूल प्रति".to_owned();
    ticket.shop.name = "श्री गणेश किराना एवं जनरल स्टोर".to_owned();
    ticket.shop.mark = "श्री".to_owned();
    ticket.shop.address = texts(&["दुकान 4, मयूर कॉलोनी, कोथरूड, पुणे 411038, महाराष्ट्र"]);
    ticket.parties = vec![Party {
        role: "ग्राहक".to_owned(),
        name: "शक्ति ट्रेडर्स, अहमदाबाद".to_owned(),
        address: texts(&["सर्व सिद्धि मार्केट, रिलीफ रोड", "अहमदाबाद 380001, गुजरात (24)"]),
        codes: vec![Pair::strong_code("GSTIN", "24AAQCA8719H1ZC")],
    }];
    ticket.particulars = vec![
        Pair::code("बिल नंबर", "A1/26-27/04377"),
        Pair::plain("तारीख", "22 Nov 2026"),
        Pair::plain("सप्लाई की जगह", "गुजरात (24)"),
        Pair::plain("रिवर्स चार्ज", "नहीं"),
    ];
    ticket.table.heads = heads(["सामान", "HSN", "मात्रा", "MRP", "दाम", "छूट", "कर योग्य", "GST", "रकम"]);
    let names = [
        "इंडिया गेट बासमती चावल 5 किलो",
        "फॉर्च्यून सूरजमुखी तेल 15 लीटर",
        "टाटा संपन्न तूर दाल",
        "रेड लेबल चाय",
        "सर्फ एक्सेल मैटिक",
        "लाइज़ोल फ़र्श क्लीनर",
    ];
    for (line, name) in ticket.table.lines.iter_mut().zip(names) {
        line.second_name = name.to_owned();
        line.mrp = "1,299.00".to_owned();
    }
    ticket.table.lines[1].notes = texts(&["बैच B2291 · एक्सपायरी 03/2027"]);
    let taxes = ticket.taxes.as_mut().expect("the invoice has taxes");
    taxes.title = "HSN के हिसाब से टैक्स".to_owned();
    taxes.taxable_head = "कर योग्य".to_owned();
    taxes.tax_heads = texts(&["IGST", "सेस"]);
    for row in &mut taxes.rows {
        row.taxes = vec![("5%".to_owned(), "310.00".to_owned()), ("1%".to_owned(), "62.00".to_owned())];
    }
    taxes.total = Some(tax_row("कुल", "26,512.84", &[("", "1,942.52"), ("", "62.00")]));
    ticket.sums = vec![
        Pair::plain("छूट से पहले", "26,687.24"),
        Pair::plain("छूट", "−174.40"),
        Pair::strong("कर योग्य रकम", "26,512.84"),
        Pair::plain("IGST 5% (21,767.60 पर)", "1,088.38"),
        Pair::plain("IGST 18% (4,745.24 पर)", "854.14"),
        Pair::plain("राउंड ऑफ", "−0.36"),
    ];
    ticket.total = Some(Pair::plain("कुल देना है", "₹ 28,455.00"));
    ticket.tenders = vec![Pair::plain("UPI", "20,000.00"), Pair::plain("उधार", "8,455.00")];
    let words = super::words::in_hindi(crate::money::Paise::rupees(28_455));
    ticket.words = Some(Pair::plain("रकम शब्दों में", words));
    ticket.scans[0].says =
        vec![Pair::plain("", "₹ 28,455.00 स्कैन करके दें"), Pair::code("कोई भी UPI ऐप ·", "sharmastores@okbank")];
    ticket.bank[0] = Pair::plain("या बैंक से", "बैंक ऑफ़ महाराष्ट्र, कोथरूड");
    ticket.signature = Some(Signature {
        above: "श्री गणेश किराना के लिए".to_owned(), below: "अधिकृत हस्ताक्षर".to_owned()
    });
    ticket.footer = texts(&["बिका हुआ माल 7 दिन में बिल के साथ बदला जाएगा। धन्यवाद, फिर आइए।"]);
    ticket.turns.page = "पेज {page} / {pages}".to_owned();
    ticket
}

/// A counter's bill to a business: lines in two scripts, four HSN codes at three rates, a discount, paid in two parts.
pub fn in_two_scripts(lines: usize) -> Ticket {
    let mut ticket = invoice();
    let hindi = inter_state_hindi();
    let names = ticket.table.lines.clone().into_iter().zip(hindi.table.lines).cycle();
    ticket.table.lines = names
        .take(lines)
        .enumerate()
        .map(|(at, (line, hindi))| Line { no: (at + 1).to_string(), second_name: hindi.second_name, ..line })
        .collect();
    ticket.parties.truncate(1);
    ticket.taxes.as_mut().expect("the invoice has taxes").rows.truncate(4);
    let rates = ["1.5%", "2.5%", "9%"];
    let of_rate = |rate: &&str| ["CGST", "SGST"].map(|tax| Pair::plain(format!("{tax} {rate} on 3,950.00"), "98.75"));
    let taxed = rates.iter().flat_map(of_rate);
    ticket.sums.splice(3..7, taxed);
    ticket.tenders = vec![Pair::plain("Cash", "8,455.00"), Pair::plain("UPI", "20,000.00")];
    ticket
}

/// A composition dealer's bill of supply: no tax anywhere, no buyer's GSTIN.
pub fn bill_of_supply() -> Ticket {
    let mut ticket = invoice();
    ticket.name = "Bill of supply B/26-27/00019".to_owned();
    ticket.title = "Bill of supply".to_owned();
    ticket.notices = texts(&["composition taxable person, not eligible to collect tax on supplies"]);
    ticket.shop.mark = String::new();
    ticket.parties.truncate(1);
    ticket.table.heads = heads(["Description", "HSN", "Quantity", "", "Rate", "", "", "", "Amount"]);
    ticket.taxes = None;
    ticket.sums = vec![Pair::plain("Goods", "28,455.00")];
    ticket.scans.clear();
    ticket
}

/// Many lines with a long tax table, cancelled.
pub fn long(lines: usize, taxes: usize) -> Ticket {
    let mut ticket = invoice();
    ticket.banner = "CANCELLED".to_owned();
    let first = ticket.table.lines.clone();
    ticket.table.lines = (0..lines)
        .map(|at| {
            let mut line = first[at % first.len()].clone();
            line.no = (at + 1).to_string();
            line.so_far = format!("{},000.00", at + 1);
            if at % 7 == 3 {
                line.name = "Handwoven Chanderi cotton-silk saree with zari border, peacock motif, unstitched blouse piece 80 cm, dry clean only".to_owned();
            }
            line
        })
        .collect();
    let table = ticket.taxes.as_mut().expect("the invoice has taxes");
    table.rows = (0..taxes).map(|at| table.rows[at % table.rows.len()].clone()).collect();
    ticket.declarations =
        texts(&["SUPPLY MEANT FOR EXPORT UNDER BOND OR LETTER OF UNDERTAKING WITHOUT PAYMENT OF INTEGRATED TAX"]);
    ticket
}

/// A counter receipt on 80 mm.
pub fn receipt() -> Ticket {
    let mut ticket = invoice();
    ticket.copy = String::new();
    ticket.shop.address = texts(&["Shop 4, Mayur Colony, Kothrud", "Pune 411038"]);
    ticket.parties.clear();
    ticket.particulars = vec![Pair::code("", "A1/26-27/00001"), Pair::plain("", "22 Nov 2026 18:04")];
    ticket.table.heads = heads(["", "", "", "", "", "", "", "", ""]);
    ticket.table.lines = vec![
        line(1, ["Toor dal", "", "0.750", "", "164.00", "", "", "", "123.00"]),
        line(2, ["Amul Butter 500 g", "", "1", "", "280.00", "", "", "", "280.00"]),
        line(
            3,
            [
                "Surf Excel Matic Top Load liquid detergent pouch 2 L, lavender",
                "",
                "2",
                "",
                "310.00",
                "",
                "",
                "",
                "620.00",
            ],
        ),
        line(4, ["Parle-G 800 g", "", "12", "", "85.00", "", "", "", "1,020.00"]),
    ];
    let taxes = ticket.taxes.as_mut().expect("the invoice has taxes");
    taxes.title = String::new();
    taxes.code_head = "GST".to_owned();
    taxes.rows = vec![
        tax_row("5%", "1,356.19", &[("", "33.90"), ("", "33.90")]),
        tax_row("18%", "525.42", &[("", "47.29"), ("", "47.29")]),
    ];
    taxes.total = None;
    ticket.sums = vec![Pair::plain("4 items", "2,043.00")];
    ticket.total = Some(Pair::plain("To pay", "₹ 2,043.00"));
    ticket.tenders = vec![Pair::plain("Cash", "2,100.00"), Pair::plain("Change given", "57.00")];
    ticket.words = None;
    ticket.bank.clear();
    ticket.signature = None;
    ticket.footer = texts(&["Goods once sold are exchanged within 7 days with this bill.", "धन्यवाद, फिर आइए"]);
    ticket
}

/// The same receipt in Hindi, reprinted.
pub fn receipt_hindi() -> Ticket {
    let mut ticket = receipt();
    ticket.banner = "दूसरी प्रति".to_owned();
    ticket.shop.name = "श्री गणेश किराना".to_owned();
    ticket.shop.address = texts(&["दुकान 4, मयूर कॉलोनी, कोथरूड", "पुणे 411038"]);
    ticket.title = "टैक्स इनवॉइस".to_owned();
    ticket.parties = vec![Party {
        role: "ग्राहक".to_owned(),
        name: "कृष्णा प्रसाद".to_owned(),
        address: vec![],
        codes: vec![Pair::plain("फ़ोन", "98220 11111")],
    }];
    ticket.table.lines = vec![
        line(1, ["तूर दाल", "", "0.750", "KGS", "164.00", "", "", "", "123.00"]),
        line(2, ["अमूल बटर 500 g", "", "1", "", "280.00", "", "", "", "280.00"]),
        line(3, ["सर्फ एक्सेल मैटिक टॉप लोड लिक्विड डिटर्जेंट 2 लीटर", "", "2", "PCS", "310.00", "", "", "", "620.00"]),
    ];
    ticket.table.lines[1].second_name = "Amul Butter 500 g".to_owned();
    ticket.table.heads = heads(["", "HSN", "", "MRP", "", "", "", "GST", ""]);
    ticket.table.lines[2].hsn = "3402".to_owned();
    ticket.table.lines[2].mrp = "350.00".to_owned();
    ticket.table.lines[2].gst = "18%".to_owned();
    ticket.sums = vec![Pair::plain("3 चीज़ें", "1,023.00"), Pair::plain("राउंड ऑफ", "0.00")];
    ticket.total = Some(Pair::plain("कुल देना है", "₹ 1,023.00"));
    ticket.tenders = vec![Pair::plain("नकद", "1,100.00"), Pair::plain("छुट्टा दिया", "77.00")];
    ticket.scans[0].says = vec![Pair::plain("", "₹ 1,023.00 स्कैन करके दें")];
    ticket
}

/// An e-invoice with its signed code beside the one to pay, and a long declaration.
pub fn e_invoice() -> Ticket {
    let mut ticket = invoice();
    let signed = Scan {
        holds: "eyJhbGciOiJSUzI1NiIsImtpZCI6IkVEQzU3".repeat(26),
        says: vec![Pair::plain("", "e-invoice"), Pair::code("Ack", "112610054366278"), Pair::plain("", "22 Nov 2026")],
    };
    ticket.scans.insert(0, signed);
    ticket.particulars.push(Pair::code("IRN", "a5c12dca80e743321740b001fd70953e8738d109865d28ba4013750f2046f229"));
    ticket.declarations = texts(&[
        "I/We hereby declare that though our aggregate turnover in any preceding financial year from 2017-18 onwards is more than the aggregate turnover notified under sub-rule (4) of rule 48, we are not required to prepare an invoice in terms of the provisions of the said sub-rule.",
    ]);
    ticket
}

/// Text that means harm: markup, directions, emoji, other scripts, names without end.
pub fn hostile() -> Ticket {
    let mut ticket = invoice();
    ticket.name = "<script>&\"'</title>\u{202e}".to_owned();
    ticket.shop.name = "<b>A & \"B\" 'C'</b> \u{202e}\u{7}😀 دكان தமிழ்".to_owned();
    ticket.table.lines[0].name = "W".repeat(10_000);
    ticket.table.lines[1].name = "अनन्त नाम ".repeat(1_000);
    ticket.table.lines[2].name = "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301} 👨‍👩‍👧 \u{200b}\u{fffe} \\(paren".to_owned();
    ticket.table.lines[3].amount = "9,999,00,00,000.00".to_owned();
    ticket.parties[0].name = "Ab ".repeat(400);
    ticket.parties[1].address = vec!["१२३ ".repeat(300)];
    ticket.scans[0].holds = "x".repeat(5_000);
    ticket.particulars.push(Pair::plain("Note".repeat(50), "Value".repeat(50)));
    ticket
}

/// Every sample with its name and whether it is for the roll.
pub fn all() -> Vec<(&'static str, Ticket, super::Paper)> {
    use super::Paper::{A4, Receipt80};
    vec![
        ("invoice", invoice(), A4),
        ("inter-state-hindi", inter_state_hindi(), A4),
        ("bill-of-supply", bill_of_supply(), A4),
        ("in-two-scripts", in_two_scripts(8), A4),
        ("e-invoice", e_invoice(), A4),
        ("e-invoice-roll", e_invoice(), Receipt80),
        ("long", long(40, 9), A4),
        ("long-taxes", long(23, 60), A4),
        ("receipt", receipt(), Receipt80),
        ("receipt-hindi", receipt_hindi(), Receipt80),
        ("hostile", hostile(), A4),
        ("hostile-roll", hostile(), Receipt80),
        ("empty", Ticket::default(), A4),
        ("empty-roll", Ticket::default(), Receipt80),
    ]
}
