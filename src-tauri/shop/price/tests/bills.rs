//! Worked bills: lines in words, the foot of the bill in rupees.

use super::*;

/// `taxable+cgst+sgst+igst+cess=total`, in rupees.
fn foot(priced: &Priced) -> String {
    let totals = &priced.totals;
    let parts = [totals.taxable, totals.cgst, totals.sgst, totals.igst, totals.cess].map(Paise::decimal);
    format!("{}={}", parts.join("+"), totals.total.decimal())
}

#[test]
fn bills_inside_the_state() {
    for (lines, told) in [
        ("1 x 100 18%", "100.00+9.00+9.00+0.00+0.00=118.00"),
        ("1 x 118 incl 18%", "100.00+9.00+9.00+0.00+0.00=118.00"),
        ("2 x 118 incl 18% | 1 x 105 incl 5%", "300.00+20.50+20.50+0.00+0.00=341.00"),
        // Three lines of 3.33 at 18 %: tax on 9.99 is 0.90, not three times 0.30.
        ("1 x 3.33 18% | 1 x 3.33 18% | 1 x 3.33 18%", "9.99+0.90+0.90+0.00+0.00=11.79"),
        // A half that ends on half a paisa goes up: 100.10 × 2.5 % = 2.5025, 100.20 × 2.5 % = 2.505.
        ("1 x 100.10 5%", "100.10+2.50+2.50+0.00+0.00=105.10"),
        ("1 x 100.20 5%", "100.20+2.51+2.51+0.00+0.00=105.22"),
        ("1 x 1000 0.25%", "1000.00+1.25+1.25+0.00+0.00=1002.50"),
        ("1 x 1000 1.5% -10%", "900.00+6.75+6.75+0.00+0.00=913.50"),
        ("0.750 x 164 incl 5%", "117.14+2.93+2.93+0.00+0.00=123.00"),
        ("1 x 100 28%+12%", "100.00+14.00+14.00+0.00+12.00=140.00"),
        ("1 x 140 incl 28%+12%", "100.00+14.00+14.00+0.00+12.00=140.00"),
        ("2 x 72.50 incl 28%+12%+2.50/u", "100.00+14.00+14.00+0.00+17.00=145.00"),
        ("2 x 50 28%+12%+2.50/u", "100.00+14.00+14.00+0.00+17.00=145.00"),
        ("1 x 100 18% | 1 x 118 incl 18%", "200.00+18.00+18.00+0.00+0.00=236.00"),
        ("1 x 50 nil | 1 x 30 exempt | 1 x 20 non_gst", "0.00+0.00+0.00+0.00+0.00=100.00"),
        ("1 x 50 nil | 1 x 100 40%", "100.00+20.00+20.00+0.00+0.00=190.00"),
        ("5 x 10 18% -100%", "0.00+0.00+0.00+0.00+0.00=0.00"),
        ("1 x 0 18% | 1 x 10 18%", "10.00+0.90+0.90+0.00+0.00=11.80"),
        ("1000 x 0.0125 18%", "12.50+1.13+1.13+0.00+0.00=14.76"),
        ("1 x 10 7.5%", "10.00+0.38+0.38+0.00+0.00=10.76"),
        ("1 x 1000 0.1%", "1000.00+0.50+0.50+0.00+0.00=1001.00"),
    ] {
        let priced = price(&basket(lines), &rules()).expect("a bill");
        assert_eq!(foot(&priced), told, "{lines}");
    }
}

#[test]
fn the_same_bills_go_to_another_state_with_igst() {
    for (lines, told) in [
        ("1 x 100.10 5%", "100.10+0.00+0.00+5.01+0.00=105.11"),
        ("1 x 10 incl 18%", "8.47+0.00+0.00+1.53+0.00=10.00"),
        ("1 x 140 incl 28%+12%", "100.00+0.00+0.00+28.00+12.00=140.00"),
        ("1 x 50 exempt | 1 x 100 3%", "100.00+0.00+0.00+3.00+0.00=153.00"),
    ] {
        let asked = Basket { place: Some(state("29")), ..basket(lines) };
        let priced = price(&asked, &rules()).expect("a bill");
        assert_eq!(foot(&priced), told, "{lines}");
    }
}

#[test]
fn a_discount_on_the_bill_is_spread_by_value() {
    // bill discount, lines, the lines' shares, foot
    for (off, lines, parts, told) in [
        ("1", "1 x 10 18% | 1 x 10 18% | 1 x 10 18%", "0.34 0.33 0.33", "29.00+2.61+2.61+0.00+0.00=34.22"),
        ("10%", "1 x 118 incl 18% | 1 x 100 nil", "11.80 10.00", "90.00+8.10+8.10+0.00+0.00=196.20"),
        ("50", "1 x 100 18% | 1 x 100 incl 5% -50%", "33.33 16.67", "98.42+6.79+6.79+0.00+0.00=112.00"),
        ("100%", "3 x 33.33 18% | 1 x 0.01 5%", "99.99 0.01", "0.00+0.00+0.00+0.00+0.00=0.00"),
    ] {
        let asked = Basket { discount: discount(off), ..basket(lines) };
        let priced = price(&asked, &rules()).expect("a bill");
        let shares: Vec<String> = priced.lines.iter().map(|line| line.bill_discount.decimal()).collect();
        assert_eq!((shares.join(" ").as_str(), foot(&priced).as_str()), (parts, told), "{off} off {lines}");
    }
}

#[test]
fn a_bill_discount_can_bring_a_shirt_below_the_slab() {
    for (off, percent) in [("0", 18), ("49.99", 18), ("50", 5), ("2%", 5)] {
        let asked = Basket { discount: discount(off), ..basket("1 x 2550 apparel") };
        let priced = price(&asked, &rules()).expect("a bill");
        assert_eq!(priced.lines[0].rate, Rate::percent(percent), "{off}");
    }
}

#[test]
fn an_inclusive_shirt_between_the_slabs_is_told() {
    let priced = price(&basket("2 x 2700 incl apparel | 1 x 2000 incl apparel"), &rules()).expect("a bill");
    assert_eq!(priced.lines.iter().map(|line| line.rate.decimal()).collect::<Vec<_>>(), ["18", "5"]);
    let [Warning::SlabGap { line: 1, price, .. }] = priced.warnings[..] else { panic!("{:?}", priced.warnings) };
    assert_eq!(price, Paise::rupees(2700));
}

#[test]
fn a_line_keeps_its_own_inclusive_price() {
    let priced =
        price(&basket("1 x 9.99 incl 18% | 1 x 0.50 incl 18% | 7 x 33.33 incl 18%"), &rules()).expect("a bill");
    let amounts: Vec<String> = priced.lines.iter().map(|line| line.amount.decimal()).collect();
    assert_eq!(amounts, ["9.99", "0.50", "233.31"]);
}

#[test]
fn lines_of_one_paisa_still_add_up() {
    // A hundred prices of one paisa: the group bears 0.08 + 0.08, no line can hold both halves.
    let lines = vec!["1 x 0.01 incl 18%"; 100].join("|");
    let priced = price(&basket(&lines), &rules()).expect("a bill");
    assert_eq!(foot(&priced), "0.84+0.08+0.08+0.00+0.00=1.00");
    assert!(priced.lines.iter().all(|line| !line.taxable.is_negative() && line.cgst == line.sgst));
}

#[test]
fn round_off_is_a_line_of_its_own() {
    for (lines, round_off, total) in [
        ("1 x 99.50 exempt", "0.50", "100.00"),
        ("1 x 99.49 exempt", "-0.49", "99.00"),
        ("1 x 100 exempt", "0.00", "100.00"),
        ("1 x 0.49 exempt", "-0.49", "0.00"),
        ("1 x 10.10 5%", "0.40", "11.00"),
    ] {
        let asked = Basket { round_to_rupee: true, ..basket(lines) };
        let totals = price(&asked, &rules()).expect("a bill").totals;
        assert_eq!((totals.round_off.decimal().as_str(), totals.total.decimal().as_str()), (round_off, total));
    }
}

#[test]
fn the_document_takes_its_name_from_what_it_holds() {
    use BuyerKind::*;
    for (scheme, buyer, lines, title, declared, warned) in [
        (Scheme::Regular, Unregistered, "1 x 10 5%", Title::TaxInvoice, false, false),
        (Scheme::Regular, Unregistered, "1 x 10 nil", Title::BillOfSupply, false, false),
        (Scheme::Regular, Unregistered, "1 x 10 nil | 1 x 10 5%", Title::InvoiceCumBillOfSupply, false, false),
        (Scheme::Regular, Registered, "1 x 10 exempt | 1 x 10 5%", Title::TaxInvoice, false, true),
        (Scheme::Regular, Registered, "1 x 10 exempt", Title::BillOfSupply, false, false),
        (Scheme::Composition, Unregistered, "1 x 10 5%", Title::BillOfSupply, true, false),
        (Scheme::Unregistered, Unregistered, "1 x 10 5%", Title::Invoice, false, false),
    ] {
        let mut asked = basket(lines);
        (asked.seller.scheme, asked.buyer.kind) = (scheme, buyer);
        let priced = price(&asked, &rules()).expect("a bill");
        assert_eq!((priced.title, priced.composition_declaration), (title, declared), "{scheme:?} {lines}");
        assert_eq!(priced.warnings.contains(&Warning::MixedForRegistered), warned, "{scheme:?} {lines}");
    }
}

#[test]
fn shops_without_the_regular_scheme_bear_no_tax() {
    for scheme in [Scheme::Composition, Scheme::Unregistered] {
        let mut asked = basket("2 x 118 incl 18% | 1 x 100 28%+12%+5/u | 1 x 3000 apparel | 1 x 20 nil");
        asked.seller.scheme = scheme;
        let priced = price(&asked, &rules()).expect("a bill");
        assert_eq!(foot(&priced), "3336.00+0.00+0.00+0.00+0.00=3356.00");
        assert!(priced.lines.iter().all(|line| line.rate.is_zero() && line.cess_rate.is_zero()));
    }
}

#[test]
fn reverse_charge_is_stated_and_not_collected() {
    let mut asked = Basket { reverse_charge: true, ..basket("1 x 100 5% | 1 x 10 exempt") };
    asked.buyer.kind = BuyerKind::Registered;
    let priced = price(&asked, &rules()).expect("a bill");
    assert_eq!(foot(&priced), "100.00+2.50+2.50+0.00+0.00=110.00");
    assert_eq!(priced.lines[0].amount, Paise::rupees(100));
    assert!(!priced.warnings.contains(&Warning::ReverseChargeUnregistered));
    asked.buyer.kind = BuyerKind::Unregistered;
    assert!(price(&asked, &rules()).expect("a bill").warnings.contains(&Warning::ReverseChargeUnregistered));
}

#[test]
fn zones_and_exports_bear_igst_or_nothing() {
    for (kind, under_lut, told) in [
        (BuyerKind::Sez, false, "100.00+0.00+0.00+18.00+0.00=118.00"),
        (BuyerKind::Sez, true, "100.00+0.00+0.00+0.00+0.00=100.00"),
        (BuyerKind::Overseas, false, "100.00+0.00+0.00+18.00+0.00=118.00"),
        (BuyerKind::Overseas, true, "100.00+0.00+0.00+0.00+0.00=100.00"),
        // At home the undertaking means nothing.
        (BuyerKind::Registered, true, "100.00+9.00+9.00+0.00+0.00=118.00"),
    ] {
        let mut asked = basket("1 x 100 18%");
        asked.buyer = Buyer { kind, state: Some(State::MAHARASHTRA), under_lut };
        let priced = price(&asked, &rules()).expect("a bill");
        assert_eq!(foot(&priced), told, "{kind:?} {under_lut}");
        assert_eq!(priced.lines[0].rate, Rate::percent(18));
    }
}

#[test]
fn the_place_is_stated_or_follows_the_rule() {
    for (lines, buyer_state, stated, place, flow, warned) in [
        ("1 x 10 5% hsn=1905", None, None, "27", Flow::Intra, false),
        ("1 x 10 5% hsn=1905", Some("29"), None, "29", Flow::Inter, false),
        ("1 x 10 5% hsn=1905", Some("29"), Some("27"), "27", Flow::Intra, false),
        ("1 x 10 5% hsn=999721", Some("29"), None, "27", Flow::Intra, false),
        ("1 x 10 5% hsn=999721 | 1 x 10 5% hsn=3305", Some("29"), None, "27", Flow::Intra, true),
        ("1 x 10 5% hsn=999721 | 1 x 10 5% hsn=3305", Some("27"), None, "27", Flow::Intra, false),
    ] {
        let mut asked = Basket { place: stated.map(state), ..basket(lines) };
        asked.buyer.state = buyer_state.map(state);
        let priced = price(&asked, &rules()).expect("a bill");
        assert_eq!(priced.place, Place { state: state(place), flow }, "{lines} {buyer_state:?} {stated:?}");
        assert_eq!(!priced.warnings.is_empty(), warned, "{lines} {buyer_state:?}");
    }
}

#[test]
fn the_hsn_summary_adds_goods_and_leaves_services_uncounted() {
    let priced = price(
        &basket("2 x 100 5% hsn=1905 | 1 x 50 5% hsn=1905 | 1 x 10 18% hsn=1905 | 3 x 100 5% hsn=999721 | 1 x 9 nil hsn=1905"),
        &rules(),
    )
    .expect("a bill");
    let rows: Vec<String> = priced
        .hsn
        .iter()
        .map(|row| format!("{} {:?} {} {} {} {}", row.hsn, row.unit, row.quantity, row.rate, row.taxable, row.cgst))
        .collect();
    let told = [
        "1905 Some(Pcs) 1 0% 9.00 0.00",
        "1905 Some(Pcs) 3 5% 250.00 6.25",
        "1905 Some(Pcs) 1 18% 10.00 0.90",
        "999721 None 0 5% 300.00 7.50",
    ];
    assert_eq!(rows, told);
    assert_eq!(priced.by_rate.iter().map(|row| row.rate.decimal()).collect::<Vec<_>>(), ["5", "18"]);
}

#[test]
fn an_empty_basket_has_an_empty_bill() {
    let asked = Basket { lines: Vec::new(), ..basket("1 x 1 5%") };
    let priced = price(&asked, &rules()).expect("a bill");
    assert_eq!((priced.totals, priced.title), (Totals::default(), Title::TaxInvoice));
}

#[test]
fn what_cannot_be_priced_is_told_with_its_numbers() {
    let one = |paise: i64| Paise::new(paise);
    let far = UnitPrice::from_paise(Paise::new(crate::money::PAISE_MAX));
    let mut free = line("1 x 5 5%");
    free.price = UnitPrice::new(-1);
    let mut dear = line("2 x 1 5%");
    dear.price = far;
    let mut rich = line("1 x 1 18%");
    rich.price = far;
    let mut taken = line("1 x 1 18%");
    taken.discount = Discount::Amount(one(-1));
    let mut given = line("1 x 1 18%");
    given.treatment = Treatment::Stated {
        nature: Nature::Taxable,
        rate: Rate::percent(18),
        cess_rate: Rate::ZERO,
        cess_per_unit: UnitPrice::new(-5),
    };
    let with = |line: BasketLine| Basket { lines: vec![line], ..basket("1 x 1 5%") };
    for (asked, error) in [
        (basket("0 x 5 5%"), PriceError::QuantityNotPositive { line: 1, quantity: Quantity::ZERO }),
        (basket("1 x 5 5% | -2 x 5 5%"), PriceError::QuantityNotPositive { line: 2, quantity: Quantity::pieces(-2) }),
        (with(free), PriceError::PriceNegative { line: 1, price: UnitPrice::new(-1) }),
        (with(dear), PriceError::LineTooLarge { line: 1 }),
        (with(rich), PriceError::BillTooLarge),
        (with(taken), PriceError::DiscountNegative { line: Some(1), discount: one(-1) }),
        (with(given), PriceError::CessNegative { line: 1, cess: UnitPrice::new(-5) }),
        (basket("1 x 5 5% -5.01"), PriceError::DiscountTooLarge { line: Some(1), discount: one(501), value: one(500) }),
        (basket("1 x 5 5% -100.001%"), PriceError::DiscountAboveWhole { line: Some(1), percent: Rate::new(100_001) }),
        (
            Basket { discount: Discount::Amount(one(501)), ..basket("1 x 5 5%") },
            PriceError::DiscountTooLarge { line: None, discount: one(501), value: one(500) },
        ),
        (basket("1 x 5 101%"), PriceError::RateTooHigh { line: 1, rate: Rate::percent(101) }),
        (basket("2 x 4 incl 5%+0%+4.01/u"), PriceError::CessAbovePrice { line: 1, cess: one(802), price: one(800) }),
        (basket("1 x 5 gst7"), PriceError::ClassUnknown { line: 1, class: "gst7".to_owned() }),
        (basket("1 x 5 gst12"), PriceError::ClassNotInForce { line: 1, class: "gst12".to_owned(), day: rules().day() }),
        (Basket { place: Some(State::CENTRE), ..basket("1 x 5 5%") }, PriceError::NotAPlace { state: State::CENTRE }),
        (
            Basket { seller: Seller { state: State::OTHER_COUNTRY, scheme: Scheme::Regular }, ..basket("1 x 5 5%") },
            PriceError::SellerAbroad { state: State::OTHER_COUNTRY },
        ),
        (
            Basket {
                seller: Seller { state: State::MAHARASHTRA, scheme: Scheme::Composition },
                place: Some(state("29")),
                ..basket("1 x 5 5%")
            },
            PriceError::CompositionInterState { seller: State::MAHARASHTRA, place: state("29") },
        ),
        (
            Basket { lines: vec![line("1 x 1 5%"); LINES_MAX + 1], ..basket("1 x 5 5%") },
            PriceError::TooManyLines { lines: LINES_MAX + 1 },
        ),
    ] {
        assert_eq!(price(&asked, &rules()), Err(error.clone()), "{error}");
        let fault = crate::fault::Fault::from(&error);
        assert!(fault.code.starts_with("price.") && !fault.say.hi.is_ascii() && !fault.hint.hi.is_ascii());
    }
}

#[test]
fn a_bill_of_two_thousand_lines_is_priced() {
    let asked = Basket { lines: vec![line("1 x 99.99 incl 18%"); LINES_MAX], ..basket("1 x 1 5%") };
    let priced = price(&asked, &rules()).expect("a bill");
    assert_eq!(priced.totals.total, Paise::new(99_99 * 2000));
}
