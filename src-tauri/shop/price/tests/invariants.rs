//! What must hold for every basket (gst.md §5.3).

use proptest::prelude::*;

use super::*;
use crate::gst::tax::{Tax, added};

fn treatments() -> impl Strategy<Value = Treatment> {
    let rates = prop::sample::select(vec![0, 100, 250, 1500, 3000, 5000, 7500, 12_000, 18_000, 28_000, 40_000]);
    let cess = prop_oneof![4 => Just(0i64), 1 => prop::sample::select(vec![12_000, 22_000, 290_000])];
    let each = prop_oneof![6 => Just(0i64), 1 => 0..2_0000i64];
    prop_oneof![
        8 => (rates, cess, each).prop_map(|(rate, cess, each)| Treatment::Stated {
            nature: Nature::Taxable,
            rate: Rate::new(rate),
            cess_rate: Rate::new(cess),
            cess_per_unit: UnitPrice::new(each),
        }),
        2 => prop::sample::select(vec![Nature::Nil, Nature::Exempt, Nature::NonGst]).prop_map(Treatment::untaxed),
        2 => prop::sample::select(vec!["gst5", "gst18", "nil", "apparel", "footwear"])
            .prop_map(|class| Treatment::Class(class.to_owned())),
    ]
}

fn discounts() -> impl Strategy<Value = Discount> {
    prop_oneof![
        3 => Just(Discount::None),
        2 => (0..=100_000i64).prop_map(|rate| Discount::Percent(Rate::new(rate))),
        1 => (0..50_00i64).prop_map(|paise| Discount::Amount(Paise::new(paise))),
    ]
}

fn lines() -> impl Strategy<Value = BasketLine> {
    let quantities = prop_oneof![3 => (1..20i64).prop_map(|n| n * 1000), 1 => 1..5_000i64];
    let prices = prop_oneof![
        4 => (0..300_000i64).prop_map(|paise| paise * 100),
        1 => 0..100_0000i64,
        1 => (0..12i64).prop_map(|paise| paise * 100),
        1 => Just(0i64),
        1 => (0..1_00_00_000_00i64).prop_map(|paise| paise * 100),
    ];
    let hsn = prop::sample::select(vec!["", "1905", "6109", "999721", "9983"]);
    (hsn, quantities, prices, any::<bool>(), discounts(), treatments()).prop_map(
        |(hsn, quantity, price, inclusive, discount, treatment)| BasketLine {
            hsn: hsn.to_owned(),
            is_service: hsn.starts_with("99"),
            quantity: Quantity::new(quantity),
            unit: Unit::Pcs,
            price: UnitPrice::new(price),
            inclusive,
            discount,
            treatment,
        },
    )
}

prop_compose! {
    fn baskets()(
        lines in prop::collection::vec(lines(), 0..14),
        seller in prop::sample::select(vec!["27", "07", "04", "38"]),
        scheme in prop_oneof![8 => Just(Scheme::Regular), 1 => Just(Scheme::Composition), 1 => Just(Scheme::Unregistered)],
        kind in prop::sample::select(vec![
            BuyerKind::Unregistered, BuyerKind::Registered, BuyerKind::Sez, BuyerKind::Overseas,
        ]),
        buyer_state in prop::option::of(prop::sample::select(vec!["27", "29", "04"])),
        (under_lut, reverse_charge, round_to_rupee) in any::<(bool, bool, bool)>(),
        discount in discounts(),
    ) -> Basket {
        Basket {
            seller: Seller { state: state(seller), scheme },
            buyer: Buyer { kind, state: buyer_state.map(state), under_lut },
            place: None,
            reverse_charge,
            round_to_rupee,
            discount,
            lines,
        }
    }
}

/// The basket priced, or nothing where a discount or cess is larger than what it is taken from.
fn priced(asked: &Basket) -> Option<Priced> {
    match price(asked, &rules()) {
        Ok(priced) => Some(priced),
        Err(PriceError::DiscountTooLarge { .. } | PriceError::CessAbovePrice { .. }) => None,
        Err(PriceError::CompositionInterState { .. }) if asked.seller.scheme == Scheme::Composition => None,
        Err(error) => panic!("{error}"),
    }
}

fn sum<T>(of: &[T], part: impl Fn(&T) -> Paise) -> Paise {
    of.iter().map(part).sum()
}

fn tax(line: &PricedLine) -> Tax {
    Tax { taxable: line.taxable, cgst: line.cgst, sgst: line.sgst, igst: line.igst, cess: line.cess }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn the_parts_of_a_bill_are_its_total(asked in baskets()) {
        let Some(bill) = priced(&asked) else { return Ok(()) };
        let foot = bill.totals;
        let value = foot.taxable + foot.nil_rated + foot.exempt + foot.non_gst;
        let collected = if asked.reverse_charge { Paise::ZERO } else { foot.tax() };
        prop_assert_eq!(value + collected + foot.round_off, foot.total);
        prop_assert_eq!(sum(&bill.lines, |line| line.amount) + foot.round_off, foot.total);
        if asked.round_to_rupee {
            prop_assert!(foot.round_off.abs() <= Paise::new(50) && foot.total.get() % 100 == 0);
        } else {
            prop_assert!(foot.round_off.is_zero());
        }
        prop_assert_eq!(sum(&bill.by_rate, |row| row.taxable), foot.taxable);
        prop_assert_eq!(sum(&bill.by_rate, |row| row.cgst + row.sgst + row.igst + row.cess), foot.tax());
        prop_assert_eq!(sum(&bill.hsn, |row| row.taxable), value);
        prop_assert_eq!(sum(&bill.hsn, |row| row.cgst + row.sgst + row.igst + row.cess), foot.tax());
        prop_assert_eq!(sum(&bill.groups, |group| group.taxable), value);
    }

    #[test]
    fn halves_are_equal_and_taxes_keep_to_their_side_of_the_border(asked in baskets()) {
        let Some(bill) = priced(&asked) else { return Ok(()) };
        prop_assert_eq!(bill.totals.cgst, bill.totals.sgst);
        for line in &bill.lines {
            prop_assert_eq!(line.cgst, line.sgst);
            let absent = if bill.place.flow.is_inter() { line.cgst } else { line.igst };
            prop_assert!(absent.is_zero());
            prop_assert!(line.nature.is_taxable() || tax(line).sum().is_zero());
            let parts = [line.taxable, line.cgst, line.igst, line.cess, line.cess_by_unit, line.bill_discount, line.net];
            prop_assert!(parts.iter().all(|part| !part.is_negative()), "{line:?}");
            prop_assert!(line.cess_by_unit <= line.cess);
        }
    }

    #[test]
    fn tax_of_a_group_is_its_rate_within_a_paisa_and_the_sum_of_its_lines(asked in baskets()) {
        let Some(bill) = priced(&asked) else { return Ok(()) };
        let levied = bill.lines.iter().any(|line| !tax(line).sum().is_zero());
        for group in &bill.groups {
            let members: Vec<&PricedLine> = bill.lines.iter().filter(|line| {
                (line.nature, line.rate, line.cess_rate, line.inclusive)
                    == (group.nature, group.rate, group.cess_rate, group.inclusive)
            }).collect();
            prop_assert_eq!(sum(&members, |line| line.taxable), group.taxable);
            prop_assert_eq!(sum(&members, |line| line.cgst), group.cgst);
            prop_assert_eq!(sum(&members, |line| line.igst), group.igst);
            prop_assert_eq!(sum(&members, |line| line.cess), group.cess);
            prop_assert_eq!(sum(&members, |line| line.net), group.net);
            if levied && group.nature.is_taxable() {
                let again = added(group.taxable, group.rate, group.cess_rate, bill.place.flow);
                prop_assert!((again.cgst - group.cgst).abs() <= Paise::new(1), "{group:?}");
                prop_assert!((again.igst - group.igst).abs() <= Paise::new(1), "{group:?}");
            }
        }
    }

    #[test]
    fn discounts_are_given_to_the_paisa(asked in baskets()) {
        let Some(bill) = priced(&asked) else { return Ok(()) };
        let before = sum(&bill.lines, |line| line.gross - line.line_discount);
        let given = match asked.discount {
            Discount::None => Paise::ZERO,
            Discount::Percent(percent) => percent.of(before),
            Discount::Amount(amount) => amount,
        };
        prop_assert_eq!(sum(&bill.lines, |line| line.bill_discount), given);
        prop_assert_eq!(bill.totals.bill_discount, given);
        for line in &bill.lines {
            prop_assert_eq!(line.gross - line.line_discount - line.bill_discount, line.net);
        }
    }

    #[test]
    fn an_inclusive_bill_is_the_sum_of_its_prices(mut asked in baskets()) {
        asked.reverse_charge = false;
        asked.lines.iter_mut().for_each(|line| line.inclusive = true);
        let Some(bill) = priced(&asked) else { return Ok(()) };
        prop_assert_eq!(bill.totals.total - bill.totals.round_off, sum(&bill.lines, |line| line.net));
        for line in bill.lines.iter().filter(|line| line.net >= Paise::rupees(1) && line.cess_by_unit.is_zero()) {
            prop_assert_eq!(line.amount, line.net, "{:?}", line);
        }
    }

    #[test]
    fn an_exclusive_line_is_worth_its_price(mut asked in baskets()) {
        asked.lines.iter_mut().for_each(|line| line.inclusive = false);
        let Some(bill) = priced(&asked) else { return Ok(()) };
        prop_assert!(bill.lines.iter().all(|line| line.taxable == line.net));
    }

    #[test]
    fn the_order_of_scanning_does_not_change_the_bill(mut asked in baskets(), turn in 0..14usize) {
        // A discount on the whole bill may give its odd paisa to another line; all else is the basket's alone.
        asked.discount = Discount::None;
        let mut turned = asked.clone();
        turned.lines.reverse();
        let turn = turn.min(turned.lines.len());
        turned.lines.rotate_left(turn);
        let (Some(bill), Some(other)) = (priced(&asked), priced(&turned)) else { return Ok(()) };
        prop_assert_eq!(bill.totals, other.totals);
        prop_assert_eq!(bill.groups, other.groups);
        prop_assert_eq!((bill.title, bill.place), (other.title, other.place));
    }

    #[test]
    fn a_stated_line_is_priced_alike_on_every_day(asked in baskets()) {
        let stated = |line: &BasketLine| matches!(line.treatment, Treatment::Stated { .. });
        let asked = Basket { lines: asked.lines.iter().filter(|line| stated(line)).cloned().collect(), ..asked };
        let old = Rules::of(Day::read("2019-04-01").expect("a day"));
        prop_assert_eq!(price(&asked, &old), price(&asked, &rules()));
    }
}
