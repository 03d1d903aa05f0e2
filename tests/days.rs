//! Stories of a day at the counter, in plain words, run through the shop's own functions.
//!
//! Every `tests/days/*.day` is one story. A line is what happens; behind `->` stands what the counter says, and
//! behind `!` the code of the fault it refuses with. All promises are checked after every line.
//! `UPDATE_GOLDEN=1` writes what the counter says into the stories; the difference is read before it is kept.

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use pakka::cash::{self, TenderKind};
use pakka::customer::wire::CustomerRequest;
use pakka::day::Day;
use pakka::fault::Fault;
use pakka::money::Paise;
use pakka::price::Scheme;
use pakka::sale::actions::{Entered, Source};
use pakka::sale::wire::NamelessRequest;
use pakka::sale::{self, Bill, SaleError, Tender, actions};
use pakka::{catalog, promises, stock};
use support::{Counter, sharma_stores};

#[test]
fn every_story_goes_as_it_is_told() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/days");
    let mut stories: Vec<PathBuf> =
        fs::read_dir(folder).expect("the stories").map(|file| file.expect("a story").path()).collect();
    stories.retain(|path| path.extension().is_some_and(|end| end == "day"));
    stories.sort();
    assert!(!stories.is_empty(), "there are stories");
    stories.iter().for_each(|story| run(story));
}

fn run(path: &Path) {
    let text = fs::read_to_string(path).expect("a story");
    let mut told = Story { counter: None, tenders: Vec::new() };
    let (mut rewritten, mut wrong) = (String::new(), String::new());
    for (number, line) in text.lines().enumerate() {
        let (deed, expected) = split(line);
        if deed.is_empty() || deed.starts_with('#') {
            writeln!(rewritten, "{line}").expect("text");
            continue;
        }
        let says = told.does(deed);
        if says != expected {
            writeln!(wrong, "{}:{}: {deed}\n  told:     {expected}\n  happened: {says}", path.display(), number + 1)
                .expect("text");
        }
        let shown = if says.is_empty() { deed.to_owned() } else { format!("{deed:<44} {}", arrow(&says)) };
        writeln!(rewritten, "{shown}").expect("text");
        let broken = promises::check(told.counter().shop.look()).expect("the shop is read");
        assert!(broken.is_empty(), "{}:{}: {broken:#?}", path.display(), number + 1);
    }
    told.counter().check_rebuild();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(path, rewritten).expect("the story is written");
    } else {
        assert!(wrong.is_empty(), "\n{wrong}");
    }
}

fn split(line: &str) -> (&str, String) {
    let (deed, expected) = match (line.find("->"), line.find(" ! ")) {
        (Some(at), _) => (&line[..at], line[at + 2..].trim().to_owned()),
        (None, Some(at)) => (&line[..at], format!("! {}", line[at + 3..].trim())),
        (None, None) => (line, String::new()),
    };
    (deed.trim(), expected)
}

fn arrow(says: &str) -> String {
    if says.starts_with('!') { says.to_owned() } else { format!("-> {says}") }
}

struct Story {
    counter: Option<Counter>,
    tenders: Vec<Tender>,
}

impl Story {
    fn counter(&mut self) -> &mut Counter {
        self.counter.as_mut().expect("a story begins with its shop")
    }

    fn does(&mut self, deed: &str) -> String {
        match self.tries(deed) {
            Ok(says) => says,
            Err(error) => format!("! {}", Fault::from(error).code),
        }
    }

    fn tries(&mut self, deed: &str) -> Result<String, SaleError> {
        let (verb, rest) = deed.split_once(' ').unwrap_or((deed, ""));
        let words: Vec<&str> = rest.split_whitespace().collect();
        match verb {
            "shop" => Ok(self.opens(&words)),
            "day" => {
                let day = Day::read(words[0]).expect("a day");
                let midnight = i64::from(days_since_1970(day)) * 86_400_000 - 330 * 60_000;
                self.counter().stamp.wall_ms = midnight + 8 * 3_600_000;
                Ok(String::new())
            }
            "item" => Ok(self.has_item(rest)),
            "scan" => self.rings(&words, Source::Scan),
            "type" => self.rings(&words, Source::Typed),
            "quantity" => {
                self.changes(|counter| counter.act(|act| actions::set_quantity(act, line(words[0]), words[1])))
            }
            "price" => self.changes(|counter| counter.act(|act| actions::set_price(act, line(words[0]), words[1]))),
            "remove" => self.changes(|counter| counter.act(|act| actions::remove(act, line(words[0])))),
            "discount" => {
                let which = (words[0] != "bill").then(|| line(words[0]));
                self.changes(|counter| counter.act(|act| actions::set_discount(act, which, words[1])))
            }
            "nameless" => {
                let (name, rest) = quoted(rest);
                let words: Vec<&str> = rest.split_whitespace().collect();
                let word = |first: &str| words.iter().find_map(|word| word.strip_prefix(first)).map(str::to_owned);
                let typed = NamelessRequest {
                    name: name.to_owned(),
                    price: words[0].to_owned(),
                    rate_class: words[1].to_owned(),
                    quantity: word("x").unwrap_or_default(),
                    hsn: word("hsn="),
                };
                self.changes(|counter| counter.act(|act| actions::add_nameless(act, &typed)))
            }
            "abandon" => self.changes(|counter| counter.act(actions::abandon)),
            "customer" => self.is_for(rest),
            "pay" => self.pays(&words),
            "seal" => self.seals(),
            "cancel" => {
                let (number, reason) = rest.split_once(' ').unwrap_or((rest, ""));
                self.counter().act(|act| actions::cancel(act, number, reason))?;
                Ok("cancelled".into())
            }
            "paper" => Ok(match self.counter().act(|act| actions::put_on_paper(act, words[0]))? {
                sale::receipt::Copy::Original => "original".to_owned(),
                sale::receipt::Copy::Again(copy) => format!("copy {copy}"),
            }),
            "stock" => {
                let look = self.counter().shop.look();
                let item = catalog::by_code(look, words[0])?.expect("an item of the story");
                Ok(format!("on hand {}", stock::on_hand(look, item.id)?))
            }
            "totals" => self.totals(),
            "find" => self.finds(rest),
            other => panic!("no story knows “{other}”"),
        }
    }

    /// `shop state=27 scheme=regular gstin=… prefix=A round=no`
    fn opens(&mut self, words: &[&str]) -> String {
        let mut profile = sharma_stores();
        let (mut prefix, mut round) = ("A", true);
        for word in words {
            let (what, value) = word.split_once('=').expect("what=value");
            match what {
                "state" => profile.state = value.into(),
                "gstin" => profile.gstin = value.into(),
                "prefix" => prefix = value,
                "round" => round = value == "yes",
                "scheme" => {
                    profile.scheme = match value {
                        "regular" => Scheme::Regular,
                        "composition" => Scheme::Composition,
                        "unregistered" => Scheme::Unregistered,
                        other => panic!("no scheme {other}"),
                    };
                }
                other => panic!("a shop has no {other}"),
            }
        }
        let mut counter = Counter::new(&profile, prefix, 1);
        counter.act(|act| pakka::profile::actions::set_rounding(act, round)).expect("a setting");
        self.counter = Some(counter);
        String::new()
    }

    /// `item "Soap 100 g" 201 8901030865278 118.00 gst18 PCS [exclusive]`
    fn has_item(&mut self, rest: &str) -> String {
        let (name, rest) = quoted(rest);
        let words: Vec<&str> = rest.split_whitespace().collect();
        let [code, barcode, price, class, unit, ..] = words[..] else { panic!("an item has five words") };
        let request = pakka::catalog::wire::CatalogSetRequest {
            item: None,
            name: name.into(),
            name_second: String::new(),
            short_code: code.replace('-', ""),
            barcodes: if barcode == "-" { Vec::new() } else { vec![barcode.into()] },
            hsn: words.iter().find_map(|word| word.strip_prefix("hsn=")).unwrap_or("1905").into(),
            is_service: words.contains(&"service"),
            unit: unit.into(),
            mrp: words.iter().find_map(|word| word.strip_prefix("mrp=")).unwrap_or("").into(),
            price: price.into(),
            inclusive: !words.contains(&"exclusive"),
            rate_class: class.into(),
            category: String::new(),
            favourite: String::new(),
            active: true,
            opening_stock: "100".into(),
        };
        self.counter().set_item(&request);
        String::new()
    }

    fn rings(&mut self, words: &[&str], source: Source) -> Result<String, SaleError> {
        let (code, times) = match words.split_last() {
            Some((last, first)) if !first.is_empty() && last.starts_with('x') && last[1..].parse::<u32>().is_ok() => {
                (first.join(" "), Some(&last[1..]))
            }
            _ => (words.join(" "), None),
        };
        let text = times.map_or_else(|| code.clone(), |times| format!("{times}*{code}"));
        let counter = self.counter();
        let index = std::mem::replace(&mut counter.index, pakka::find::Index::build([]));
        let entered = counter.act(|act| actions::enter(act, &index, &text, source));
        counter.index = index;
        match entered? {
            Entered::Unknown(code) => Ok(format!("unknown {code}")),
            Entered::Added(bill) => Ok(self.line_of(bill)),
        }
    }

    fn line_of(&mut self, bill: Bill) -> String {
        let current = bill.current.expect("a line was touched");
        let open = self.counter().priced(bill).expect("a bill that was kept has its price");
        let lines = open.bill.live().zip(&open.priced.as_ref().expect("a line is on it").lines);
        let (line, priced) = lines.into_iter().find(|(line, _)| line.no == current).expect("the line counts");
        format!("{}  {}  {}", line.name, line.quantity, priced.gross - priced.line_discount)
    }

    fn changes(&mut self, change: impl FnOnce(&mut Counter) -> Result<Bill, SaleError>) -> Result<String, SaleError> {
        let bill = change(self.counter())?;
        let open = self.counter().priced(bill)?;
        let total = open.priced.map(|priced| priced.totals.total).unwrap_or_default();
        Ok(format!("to pay {total}"))
    }

    /// `customer name="Deepak Caterers" phone=9822044710 gstin=29… state=29 address="12 Karve Road"`, or `customer none`
    fn is_for(&mut self, rest: &str) -> Result<String, SaleError> {
        let field = |what: &str| {
            let Some(at) = rest.find(&format!("{what}=")) else { return String::new() };
            let value = &rest[at + what.len() + 1..];
            match value.strip_prefix('"') {
                Some(quoted) => quoted.split('"').next().unwrap_or_default().to_owned(),
                None => value.split_whitespace().next().unwrap_or_default().to_owned(),
            }
        };
        let request = CustomerRequest {
            person: None,
            name: field("name"),
            phone: field("phone"),
            gstin: field("gstin"),
            state: field("state"),
            address: field("address"),
        };
        let request = (rest.trim() != "none").then_some(request);
        let bill = self.counter().act(|act| actions::set_customer(act, request.as_ref()))?;
        let open = self.counter().priced(bill)?;
        Ok(match open.priced {
            Some(priced) => format!("place {}  to pay {}", priced.place.state, priced.totals.total),
            None => String::new(),
        })
    }

    fn pays(&mut self, words: &[&str]) -> Result<String, SaleError> {
        let kind = TenderKind::ALL.into_iter().find(|kind| kind.code() == words[0]).expect("a way of paying");
        self.tenders.push(Tender { kind, amount: Paise::read(words[1])? });
        let total = self.counter().open().priced.ok_or(SaleError::Empty)?.totals.total;
        let given: Paise = self.tenders.iter().map(|tender| tender.amount).sum();
        Ok(if given < total { format!("left {}", total - given) } else { format!("change {}", given - total) })
    }

    fn seals(&mut self) -> Result<String, SaleError> {
        let tenders = std::mem::take(&mut self.tenders);
        let token = self.counter().open().bill.id;
        let sealed = self.counter().act(|act| actions::seal(act, token, &tenders))?;
        let again = self.counter().act(|act| actions::seal(act, token, &tenders))?;
        assert!(again.again && again.document.body == sealed.document.body, "sealing twice gives the same document");
        let body = &sealed.document.body;
        let sum = |of: fn(&sale::SealedLine) -> Paise| body.lines.iter().map(of).sum::<Paise>();
        let mut says = format!("{}  {}  total {}", body.number, body.title.words().en, body.total);
        for (name, amount) in [
            ("taxable", body.lines.iter().filter(|line| line.nature.is_taxable()).map(|line| line.taxable).sum()),
            ("untaxed", body.lines.iter().filter(|line| !line.nature.is_taxable()).map(|line| line.taxable).sum()),
            ("cgst", sum(|line| line.cgst)),
            ("sgst", sum(|line| line.sgst)),
            ("igst", sum(|line| line.igst)),
            ("round off", body.round_off),
            ("change", body.change),
        ] {
            if !Paise::is_zero(amount) {
                write!(says, "  {name} {amount}").expect("text");
            }
        }
        Ok(says)
    }

    fn totals(&mut self) -> Result<String, SaleError> {
        let today = self.counter().today();
        let look = self.counter().shop.look();
        let sum = sale::day_sum(look, today)?;
        let mut says = format!("bills {}  total {}", sum.bills, sum.total);
        for (kind, amount, _) in cash::taken_on(look, today)? {
            write!(says, "  {} {amount}", kind.code()).expect("text");
        }
        if sum.cancelled > 0 {
            write!(says, "  cancelled {}", sum.cancelled).expect("text");
        }
        Ok(says)
    }

    fn finds(&mut self, text: &str) -> Result<String, SaleError> {
        let query = sale::Query { text: text.to_owned(), most: 10, ..sale::Query::default() };
        let (found, count, sum) = sale::find(self.counter().shop.look(), &query)?;
        let numbers: Vec<&str> = found.iter().map(|one| one.number.as_str()).collect();
        Ok(format!("{count} bills  {sum}  {}", numbers.join(" ")))
    }
}

fn line(word: &str) -> u32 {
    word.parse().expect("a line's number")
}

/// `"Soap 100 g" the rest` as its two parts.
fn quoted(text: &str) -> (&str, &str) {
    text.trim().strip_prefix('"').and_then(|rest| rest.split_once('"')).expect("a name in quotes")
}

fn days_since_1970(day: Day) -> i32 {
    let (mut year, month, date) = (i32::from(day.year()), i32::from(day.month()), i32::from(day.day_of_month()));
    let shifted = (month + 9) % 12;
    if shifted >= 10 {
        year -= 1;
    }
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * shifted + 2) / 5 + date - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}
