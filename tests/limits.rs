//! What one person may do on one day: whoever gave something answers for it, or whoever said yes to it.

mod support;

use pakka::id::StaffId;
use pakka::sale::actions::{self, Source};
use pakka::sale::wire::NamelessRequest;
use pakka::sale::{Bill, SaleError};
use pakka::staff::{self, Role, StaffError};
use support::{Counter, sharma_stores};

/// A shop with its people and goods at 100 rupees a piece.
struct Crowd {
    counter: Counter,
    owner: StaffId,
}

impl Crowd {
    fn new() -> Crowd {
        let mut counter = Counter::new(&sharma_stores(), "A", 7);
        counter.add_item("Soap", "201", "", "100", "gst18", "PCS");
        let owner = counter.stamp.staff;
        Crowd { counter, owner }
    }

    fn person(&mut self, name: &str, role: Role) -> StaffId {
        self.counter.stamp.staff = self.owner;
        self.counter.act(|act| staff::actions::add(act, name, role, name)).expect("a person")
    }

    /// Runs a deed of somebody, with somebody's yes or nobody's.
    fn by<T>(
        &mut self,
        who: StaffId,
        yes: Option<StaffId>,
        deed: impl FnOnce(&mut pakka::store::Act<'_>) -> Result<T, SaleError>,
    ) -> Result<T, SaleError> {
        (self.counter.stamp.staff, self.counter.stamp.approver) = (who, yes);
        let done = self.counter.act(deed);
        self.counter.stamp.approver = None;
        done
    }

    fn ring(&mut self, who: StaffId, text: &str) {
        let index = std::mem::replace(&mut self.counter.index, pakka::find::Index::build([]));
        self.by(who, None, |act| actions::enter(act, &index, text, Source::Typed)).expect("rung up");
        self.counter.index = index;
    }

    fn discount(&mut self, who: StaffId, yes: Option<StaffId>, discount: &str) -> Result<Bill, SaleError> {
        self.by(who, yes, |act| actions::set_discount(act, None, discount))
    }

    fn seal(&mut self, who: StaffId) -> Result<(), SaleError> {
        self.by(who, None, |act| {
            let token = actions::current(act)?.id;
            actions::seal(act, token, &[]).map(|_| ())
        })
    }

    /// What somebody took off today, as the day's limits see it, in rupees.
    fn taken_off(&self, who: StaffId) -> i64 {
        let tally = staff::tally(self.counter.shop.look(), who, self.counter.today()).expect("a tally");
        tally.discount.get() / 100
    }

    fn check(&self) {
        self.counter.check_promises();
        self.counter.check_rebuild();
    }
}

fn needs_yes<T: std::fmt::Debug>(done: Result<T, SaleError>) {
    let refused = done.expect_err("somebody else has to say yes");
    assert!(matches!(refused, SaleError::Staff(StaffError::NeedsYes { .. })), "{refused:?}");
}

#[test]
fn a_yes_counts_against_the_day_of_whoever_said_it() {
    let mut crowd = Crowd::new();
    let ravi = crowd.person("Ravi", Role::Cashier);
    let asha = crowd.person("Asha", Role::Manager);
    // 20,000 rupees a day are the manager's: two of 9,000 go through, the third does not.
    for turn in 1..=3 {
        crowd.ring(ravi, "300*201");
        needs_yes(crowd.discount(ravi, None, "30%"));
        let allowed = crowd.discount(ravi, Some(asha), "30%");
        if turn == 3 {
            needs_yes(allowed);
            crowd.discount(ravi, Some(crowd.owner), "30%").expect("the owner may");
        } else {
            allowed.expect("the manager may");
        }
        crowd.seal(ravi).expect("sealed");
    }
    assert_eq!((crowd.taken_off(ravi), crowd.taken_off(asha), crowd.taken_off(crowd.owner)), (0, 18_000, 9_000));
    crowd.check();
}

#[test]
fn bills_cancelled_with_a_yes_count_for_whoever_said_it() {
    let mut crowd = Crowd::new();
    let ravi = crowd.person("Ravi", Role::Cashier);
    let asha = crowd.person("Asha", Role::Manager);
    let mut cancel = |number: u32, refused: bool| {
        crowd.ring(ravi, "450*201");
        crowd.seal(ravi).expect("sealed");
        let number = format!("A/26-27/{number:06}");
        let done = crowd.by(ravi, Some(asha), |act| actions::cancel(act, &number, "wrong"));
        if refused { needs_yes(done) } else { done.expect("45,000 rupees") }
    };
    // A lakh a day is the manager's.
    cancel(1, false);
    cancel(2, false);
    cancel(3, true);
}

#[test]
fn a_price_below_the_items_counts_as_a_discount_of_the_day() {
    let mut crowd = Crowd::new();
    let ravi = crowd.person("Ravi", Role::Cashier);
    // Five percent by price is the cashier's share of a line, 500 rupees his share of the day.
    crowd.ring(ravi, "90*201");
    crowd.by(ravi, None, |act| actions::set_price(act, 1, "95")).expect("450 rupees less");
    crowd.seal(ravi).expect("sealed");
    assert_eq!(crowd.taken_off(ravi), 450);
    crowd.ring(ravi, "20*201");
    needs_yes(crowd.by(ravi, None, |act| actions::set_price(act, 1, "95")));
    needs_yes(crowd.discount(ravi, None, "5%"));
    crowd.by(ravi, Some(crowd.owner), |act| actions::set_price(act, 1, "95")).expect("with a yes");
    needs_yes(crowd.by(ravi, None, |act| actions::set_quantity(act, 1, "40")));
    crowd.seal(ravi).expect("sealed");
    assert_eq!((crowd.taken_off(ravi), crowd.taken_off(crowd.owner)), (450, 100));
    crowd.check();
}

#[test]
fn who_gave_a_discount_answers_for_it_whoever_closes_the_bill() {
    let mut crowd = Crowd::new();
    let ravi = crowd.person("Ravi", Role::Cashier);
    let asha = crowd.person("Asha", Role::Senior);
    crowd.ring(asha, "100*201");
    crowd.discount(asha, None, "10%").expect("a senior may");
    // The cashier goes on with the bill: no yes is needed for what the senior gave.
    crowd.ring(ravi, "201");
    crowd.seal(ravi).expect("sealed");
    assert_eq!((crowd.taken_off(ravi), crowd.taken_off(asha)), (0, 1_010));
    // What the cashier gives is the cashier's, whoever closes.
    crowd.ring(ravi, "100*201");
    crowd.discount(ravi, None, "4%").expect("400 rupees");
    let owner = crowd.owner;
    crowd.seal(owner).expect("sealed");
    assert_eq!((crowd.taken_off(ravi), crowd.taken_off(owner)), (400, 0));
    // The cashier's day is nearly used up; the owner who adds to the bill takes the discount over.
    crowd.ring(ravi, "50*201");
    crowd.by(ravi, None, |act| actions::set_discount(act, Some(1), "2%")).expect("100 rupees");
    needs_yes(crowd.by(ravi, None, |act| actions::set_quantity(act, 1, "60")));
    crowd.by(owner, None, |act| actions::set_quantity(act, 1, "60")).expect("an owner may");
    crowd.seal(ravi).expect("sealed");
    assert_eq!((crowd.taken_off(ravi), crowd.taken_off(owner)), (400, 120));
    crowd.check();
}

#[test]
fn an_item_without_a_name_is_not_everybodys_to_sell() {
    let mut crowd = Crowd::new();
    let nameless = NamelessRequest {
        name: "Loose sugar".into(),
        price: "1".into(),
        rate_class: "gst5".into(),
        ..NamelessRequest::default()
    };
    for (role, may) in [(Role::Cashier, false), (Role::Stylist, false), (Role::Senior, true), (Role::Manager, true)] {
        let who = crowd.person(role.code(), role);
        let done = crowd.by(who, None, |act| actions::add_nameless(act, &nameless));
        if may { drop(done.expect("may")) } else { needs_yes(done) }
    }
    let cashier = crowd.person("Ravi", Role::Cashier);
    let owner = crowd.owner;
    crowd.by(cashier, Some(owner), |act| actions::add_nameless(act, &nameless)).expect("with a yes");
}
