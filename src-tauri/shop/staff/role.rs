//! Who may do what: one table of roles and deeds. Pure; every question of right is answered here.

use serde::{Deserialize, Serialize};

use crate::fault::Words;

/// What a person may do, by the name of the work. The order is that of the columns in [`TABLE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Owner,
    Manager,
    Accountant,
    Senior,
    Cashier,
    Stylist,
    Stock,
}

/// Something that not everybody may do. Where a deed has a size, its unit is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    Sell,
    /// Off one line, in hundredths of a percent of it.
    DiscountLine,
    /// Off the whole bill, in hundredths of a percent of it.
    DiscountBill,
    /// Everything one person took off or allowed on one day, in paise, this time included.
    DiscountDay,
    /// A price below the item's own, in hundredths of a percent of it.
    LowerPrice,
    /// A price above the MRP.
    AboveMrp,
    /// Something that is no item of the shop, at a price typed freely.
    Nameless,
    /// Lines taken off, quantities lowered and bills thrown away by one person, or with his yes, on one day.
    TakeOff,
    /// Bills cancelled by one person, or with his yes, on one day, in paise, this one included.
    Cancel,
    SeeBills,
    /// A bill that is made goes on paper again.
    Reprint,
    SeeTakings,
    SeeGoods,
    ChangeGoods,
    /// Paper, sound and language of this PC.
    ChangePc,
    /// The signboard, the series, the counter's name.
    ChangeShop,
    ManagePeople,
    /// Says yes to what somebody else may not do alone.
    Approve,
}

/// What a role may do of a deed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    No,
    Yes,
    /// Up to this size, in the deed's unit.
    Upto(u64),
}

use Grant::{No, Upto, Yes};

/// Whole percent as hundredths of one.
const fn percent(whole: u64) -> Grant {
    Upto(whole * 100)
}

const fn rupees(whole: u64) -> Grant {
    Upto(whole * 100)
}

#[rustfmt::skip]
/// Deed by deed, what each role may do.
pub const TABLE: [(Deed, [Grant; Role::ALL.len()]); Deed::ALL.len()] = [
    //                     owner manager         accountant senior         cashier      stylist       stock
    (Deed::Sell,         [Yes, Yes,            No,        Yes,           Yes,         Yes,          No]),
    (Deed::DiscountLine, [Yes, percent(30),    No,        percent(10),   percent(5),  percent(10),  No]),
    (Deed::DiscountBill, [Yes, percent(30),    No,        percent(10),   percent(5),  percent(10),  No]),
    (Deed::DiscountDay,  [Yes, rupees(20_000), No,        rupees(3_000), rupees(500), rupees(1_000), No]),
    (Deed::LowerPrice,   [Yes, percent(30),    No,        percent(10),   percent(5),  percent(10),  No]),
    (Deed::AboveMrp,     [Yes, No,             No,        No,            No,          No,           No]),
    (Deed::Nameless,     [Yes, Yes,            No,        Yes,           No,          No,           No]),
    (Deed::TakeOff,      [Yes, Yes,            No,        Upto(300),     Upto(100),   Upto(50),      No]),
    (Deed::Cancel,       [Yes, rupees(1_00_000), No,      rupees(5_000), No,          No,           No]),
    (Deed::SeeBills,     [Yes, Yes,            Yes,       Yes,           Yes,         Yes,          No]),
    (Deed::Reprint,      [Yes, Yes,            Yes,       Yes,           Yes,         Yes,          No]),
    (Deed::SeeTakings,   [Yes, Yes,            Yes,       Yes,           No,          No,           No]),
    (Deed::SeeGoods,     [Yes, Yes,            Yes,       Yes,           Yes,         Yes,          Yes]),
    (Deed::ChangeGoods,  [Yes, Yes,            No,        No,            No,          No,           Yes]),
    (Deed::ChangePc,     [Yes, Yes,            No,        Yes,           No,          No,           No]),
    (Deed::ChangeShop,   [Yes, No,             No,        No,            No,          No,           No]),
    (Deed::ManagePeople, [Yes, No,             No,        No,            No,          No,           No]),
    (Deed::Approve,      [Yes, Yes,            No,        No,            No,          No,           No]),
];

impl Role {
    pub const ALL: [Role; 7] =
        [Role::Owner, Role::Manager, Role::Accountant, Role::Senior, Role::Cashier, Role::Stylist, Role::Stock];

    /// What this role may do of a deed.
    #[must_use]
    pub fn grant(self, deed: Deed) -> Grant {
        TABLE[deed as usize].1[self as usize]
    }

    /// Whether this role may do a deed of this size.
    #[must_use]
    pub fn may(self, deed: Deed, size: u64) -> bool {
        match self.grant(deed) {
            No => false,
            Yes => true,
            Upto(most) => size <= most,
        }
    }

    /// Whether this role may say yes to somebody else's deed of this size.
    #[must_use]
    pub fn may_approve(self, deed: Deed, size: u64) -> bool {
        self.may(Deed::Approve, 0) && self.may(deed, size)
    }

    /// The name in facts and tables.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Manager => "manager",
            Role::Accountant => "accountant",
            Role::Senior => "senior",
            Role::Cashier => "cashier",
            Role::Stylist => "stylist",
            Role::Stock => "stock",
        }
    }

    /// The role of a name; an unknown one is the least.
    #[must_use]
    pub fn of_code(code: &str) -> Role {
        Role::ALL.into_iter().find(|role| role.code() == code).unwrap_or(Role::Stock)
    }

    /// The role of a number in a key slot.
    #[must_use]
    pub fn of_number(number: u8) -> Role {
        Role::ALL.into_iter().find(|role| role.number() == number).unwrap_or(Role::Stock)
    }

    /// The number in a key slot: 1 is an owner, whose slot holds the root key.
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The word on screen.
    #[must_use]
    pub fn word(self) -> Words {
        match self {
            Role::Owner => Words::new("Owner", "मालिक"),
            Role::Manager => Words::new("Manager", "मैनेजर"),
            Role::Accountant => Words::new("Accountant", "अकाउंटेंट"),
            Role::Senior => Words::new("Senior cashier", "सीनियर कैशियर"),
            Role::Cashier => Words::new("Cashier", "कैशियर"),
            Role::Stylist => Words::new("Stylist", "स्टाइलिस्ट"),
            Role::Stock => Words::new("Stock", "स्टॉक"),
        }
    }

    /// What the role is for, in a line.
    #[must_use]
    pub fn task(self) -> Words {
        match self {
            Role::Owner => Words::new("Everything", "सब कुछ"),
            Role::Manager => Words::new("Runs the day, says yes to others", "दिन चलाता है, औरों को मंज़ूरी देता है"),
            Role::Accountant => Words::new("Sees bills and takings, sells nothing", "बिल और कमाई देखता है, बेचता नहीं"),
            Role::Senior => Words::new("Sells, cancels small bills", "बेचता है, छोटे बिल रद्द करता है"),
            Role::Cashier => Words::new("Sells, small discounts", "बेचता है, छोटी छूट देता है"),
            Role::Stylist => Words::new("Sells services", "सर्विस बेचता है"),
            Role::Stock => Words::new("Keeps the items", "आइटम सँभालता है"),
        }
    }
}

impl Deed {
    pub const ALL: [Deed; 18] = [
        Deed::Sell,
        Deed::DiscountLine,
        Deed::DiscountBill,
        Deed::DiscountDay,
        Deed::LowerPrice,
        Deed::AboveMrp,
        Deed::Nameless,
        Deed::TakeOff,
        Deed::Cancel,
        Deed::SeeBills,
        Deed::Reprint,
        Deed::SeeTakings,
        Deed::SeeGoods,
        Deed::ChangeGoods,
        Deed::ChangePc,
        Deed::ChangeShop,
        Deed::ManagePeople,
        Deed::Approve,
    ];

    /// The name in facts.
    #[must_use]
    pub fn code(self) -> String {
        let code = serde_json::to_value(self).expect("a deed is a word");
        code.as_str().expect("a deed is a word").to_owned()
    }

    /// The deed as the end of "may not …".
    #[must_use]
    pub fn words(self) -> Words {
        match self {
            Deed::Sell => Words::new("sell", "बेच"),
            Deed::DiscountLine | Deed::DiscountBill => Words::new("take off so much", "इतनी छूट दे"),
            Deed::DiscountDay => Words::new("take off more today", "आज और छूट दे"),
            Deed::LowerPrice => Words::new("lower a price so much", "दाम इतना घटा"),
            Deed::AboveMrp => Words::new("sell above the MRP", "MRP से ऊपर बेच"),
            Deed::Nameless => Words::new("sell what is no item of the shop", "बिना नाम का सामान बेच"),
            Deed::TakeOff => Words::new("take more off bills today", "आज और लाइनें हटा"),
            Deed::Cancel => Words::new("cancel this bill", "यह बिल रद्द कर"),
            Deed::SeeBills => Words::new("look at bills", "बिल देख"),
            Deed::Reprint => Words::new("print a bill again", "बिल फिर छाप"),
            Deed::SeeTakings => Words::new("see the day's takings", "दिन की कमाई देख"),
            Deed::SeeGoods => Words::new("look at items", "आइटम देख"),
            Deed::ChangeGoods => Words::new("change items", "आइटम बदल"),
            Deed::ChangePc => Words::new("change this PC's settings", "इस PC की सेटिंग बदल"),
            Deed::ChangeShop => Words::new("change the shop's details", "दुकान की जानकारी बदल"),
            Deed::ManagePeople => Words::new("add or remove people", "लोगों को जोड़ या हटा"),
            Deed::Approve => Words::new("say yes to others", "औरों को मंज़ूरी दे"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_deeds_and_roles() {
        for (place, deed) in Deed::ALL.into_iter().enumerate() {
            assert_eq!((deed as usize, TABLE[place].0), (place, deed));
        }
        for (place, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, place);
            assert_eq!(Role::of_code(role.code()), role);
            assert_eq!(serde_json::to_value(role).expect("plain"), role.code());
        }
    }

    #[test]
    fn the_owner_may_everything_and_alone_may_give_rights() {
        for deed in Deed::ALL {
            assert!(Role::Owner.may(deed, u64::MAX), "{deed:?}");
        }
        for role in &Role::ALL[1..] {
            assert!(!role.may(Deed::ManagePeople, 0), "{role:?}");
        }
    }

    #[test]
    fn a_limit_holds_up_to_itself() {
        assert!(Role::Cashier.may(Deed::DiscountLine, 500) && !Role::Cashier.may(Deed::DiscountLine, 501));
        assert!(
            Role::Manager.may_approve(Deed::DiscountLine, 3_000)
                && !Role::Manager.may_approve(Deed::DiscountLine, 3_001)
        );
        assert!(!Role::Senior.may_approve(Deed::Sell, 0), "who may do a thing may not therefore allow it to others");
    }
}
