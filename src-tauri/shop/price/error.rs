//! Why a basket cannot be priced, and what the cashier should know about one that can.

use thiserror::Error;

use super::basket::LINES_MAX;
use crate::day::Day;
use crate::fault::Fault;
use crate::gst::state::State;
use crate::gst::tax::RATE_MAX;
use crate::money::{Paise, UnitPrice};
use crate::quantity::Quantity;
use crate::rate::Rate;

/// A basket that cannot be priced; lines are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PriceError {
    #[error("{lines} lines; a bill has at most {max}", max = LINES_MAX)]
    TooManyLines { lines: usize },
    #[error("line {line}: the quantity {quantity} is not above zero")]
    QuantityNotPositive { line: usize, quantity: Quantity },
    #[error("line {line}: the price {} is below zero", .price.decimal())]
    PriceNegative { line: usize, price: UnitPrice },
    #[error("line {line}: quantity times price is more than the shop can hold")]
    LineTooLarge { line: usize },
    #[error("the bill comes to more than the shop can hold")]
    BillTooLarge,
    #[error("{}the discount {} is below zero", line_head(.line), .discount.decimal())]
    DiscountNegative { line: Option<usize>, discount: Paise },
    #[error("{}a discount of {percent} is more than the whole", line_head(.line))]
    DiscountAboveWhole { line: Option<usize>, percent: Rate },
    #[error("{}the discount {} is more than the value {}", line_head(.line), .discount.decimal(), .value.decimal())]
    DiscountTooLarge { line: Option<usize>, discount: Paise, value: Paise },
    #[error("line {line}: a tax rate of {rate} is above {max}", max = RATE_MAX)]
    RateTooHigh { line: usize, rate: Rate },
    #[error("line {line}: the cess per unit {} is below zero", .cess.decimal())]
    CessNegative { line: usize, cess: UnitPrice },
    #[error("line {line}: the price {} cannot include a cess of {}", .price.decimal(), .cess.decimal())]
    CessAbovePrice { line: usize, cess: Paise, price: Paise },
    #[error("line {line}: there is no rate class {class}")]
    ClassUnknown { line: usize, class: String },
    #[error("line {line}: the rate class {class} is not in force on {day}")]
    ClassNotInForce { line: usize, class: String, day: Day },
    #[error("a shop cannot stand in {state}")]
    SellerAbroad { state: State },
    #[error("{state} is not a place of supply")]
    NotAPlace { state: State },
    #[error("a composition dealer of {seller} may not sell to {place}")]
    CompositionInterState { seller: State, place: State },
}

fn line_head(line: &Option<usize>) -> String {
    line.map_or_else(String::new, |line| format!("line {line}: "))
}

/// The start of a sentence about a line or the whole bill, in English and Hindi.
fn about(line: Option<usize>) -> (String, String) {
    match line {
        Some(line) => (format!("Line {line}: "), format!("लाइन {line}: ")),
        None => ("The bill: ".to_owned(), "पूरा बिल: ".to_owned()),
    }
}

impl From<&PriceError> for Fault {
    fn from(error: &PriceError) -> Fault {
        let check_line = ("Check the line.", "लाइन देखिए।");
        match error {
            PriceError::TooManyLines { lines } => Fault::new(
                "price.too_many_lines",
                (format!("{lines} lines are too many for one bill."), format!("एक बिल में {lines} लाइनें बहुत ज़्यादा हैं।")),
                (
                    format!("Make two bills; one takes {LINES_MAX} lines."),
                    format!("दो बिल बनाइए, एक में {LINES_MAX} लाइनें आती हैं।"),
                ),
            ),
            PriceError::QuantityNotPositive { line, quantity } => Fault::new(
                "price.quantity",
                (format!("Line {line}: the quantity is {quantity}."), format!("लाइन {line}: मात्रा {quantity} है।")),
                ("Type a quantity above zero, or remove the line.", "ज़ीरो से ज़्यादा मात्रा लिखिए या लाइन हटाइए।"),
            ),
            PriceError::PriceNegative { line, price } => Fault::new(
                "price.negative",
                (
                    format!("Line {line}: the price is {}.", price.decimal()),
                    format!("लाइन {line}: दाम {} है।", price.decimal()),
                ),
                ("Type a price of zero or more.", "ज़ीरो या उससे ज़्यादा दाम लिखिए।"),
            ),
            PriceError::LineTooLarge { line } => Fault::new(
                "price.line_too_large",
                (
                    format!("Line {line} comes to more than 9,999 crore."),
                    format!("लाइन {line} 9,999 करोड़ से ज़्यादा की है।"),
                ),
                ("Check quantity and price.", "मात्रा और दाम देखिए।"),
            ),
            PriceError::BillTooLarge => Fault::new(
                "price.bill_too_large",
                ("The bill comes to more than 9,999 crore.", "बिल 9,999 करोड़ से ज़्यादा का है।"),
                ("Check quantities and prices.", "मात्रा और दाम देखिए।"),
            ),
            PriceError::DiscountNegative { line, discount } => {
                let (en, hi) = about(*line);
                Fault::new(
                    "price.discount_negative",
                    (format!("{en}the discount is {discount}."), format!("{hi}छूट {discount} है।")),
                    ("Type a discount of zero or more.", "ज़ीरो या उससे ज़्यादा छूट लिखिए।"),
                )
            }
            PriceError::DiscountAboveWhole { line, percent } => {
                let (en, hi) = about(*line);
                Fault::new(
                    "price.discount_above_whole",
                    (
                        format!("{en}{percent} is more than the whole price."),
                        format!("{hi}{percent} पूरे दाम से ज़्यादा है।"),
                    ),
                    ("Type a discount of at most 100%.", "ज़्यादा से ज़्यादा 100% छूट लिखिए।"),
                )
            }
            PriceError::DiscountTooLarge { line, discount, value } => {
                let (en, hi) = about(*line);
                Fault::new(
                    "price.discount_too_large",
                    (
                        format!("{en}a discount of {discount} is more than {value}."),
                        format!("{hi}{discount} की छूट {value} से ज़्यादा है।"),
                    ),
                    ("Type a smaller discount.", "कम छूट लिखिए।"),
                )
            }
            PriceError::RateTooHigh { line, rate } => Fault::new(
                "price.rate_too_high",
                (format!("Line {line}: there is no tax of {rate}."), format!("लाइन {line}: {rate} का कोई टैक्स नहीं है।")),
                ("Check the tax rate of the item.", "सामान का टैक्स रेट देखिए।"),
            ),
            PriceError::CessNegative { line, cess } => Fault::new(
                "price.cess_negative",
                (
                    format!("Line {line}: the cess is {}.", cess.decimal()),
                    format!("लाइन {line}: सेस {} है।", cess.decimal()),
                ),
                check_line,
            ),
            PriceError::CessAbovePrice { line, cess, price } => Fault::new(
                "price.cess_above_price",
                (
                    format!("Line {line}: a price of {price} cannot include a cess of {cess}."),
                    format!("लाइन {line}: {price} के दाम में {cess} का सेस नहीं आ सकता।"),
                ),
                ("Check price and discount.", "दाम और छूट देखिए।"),
            ),
            PriceError::ClassUnknown { line, class } => Fault::new(
                "price.class_unknown",
                (
                    format!("Line {line}: the tax class {class} is not known."),
                    format!("लाइन {line}: टैक्स क्लास {class} पता नहीं।"),
                ),
                ("Choose a tax class for the item.", "सामान का टैक्स क्लास चुनिए।"),
            ),
            PriceError::ClassNotInForce { line, class, day } => Fault::new(
                "price.class_not_in_force",
                (
                    format!("Line {line}: the tax class {class} does not hold on {}.", day.words().en),
                    format!("लाइन {line}: टैक्स क्लास {class} {} को लागू नहीं है।", day.words().hi),
                ),
                ("Choose the class of today for the item.", "सामान का आज का टैक्स क्लास चुनिए।"),
            ),
            PriceError::SellerAbroad { state } => Fault::new(
                "price.seller_state",
                (format!("A shop cannot stand in {state}."), format!("दुकान {state} में नहीं हो सकती।")),
                ("Choose the State of the shop in the settings.", "सेटिंग में दुकान का राज्य चुनिए।"),
            ),
            PriceError::NotAPlace { state } => Fault::new(
                "price.place",
                (format!("{state} is not a place of supply."), format!("{state} सप्लाई की जगह नहीं हो सकती।")),
                ("Choose the State of the customer.", "ग्राहक का राज्य चुनिए।"),
            ),
            PriceError::CompositionInterState { seller, place } => Fault::new(
                "price.composition_inter_state",
                (
                    format!("A composition shop of {} may not sell to {}.", seller.name().en, place.name().en),
                    format!("{} की कंपोज़िशन दुकान {} को नहीं बेच सकती।", seller.name().hi, place.name().hi),
                ),
                ("Bill inside the State, or take up the regular scheme.", "राज्य के अंदर बेचिए या रेगुलर स्कीम लीजिए।"),
            ),
        }
    }
}

impl From<PriceError> for Fault {
    fn from(error: PriceError) -> Fault {
        Fault::from(&error)
    }
}

/// Something the law or the arithmetic leaves open on a bill that can be sold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// An inclusive price for which no rate of the slab fits; the higher was charged (gst.md §3.2).
    SlabGap {
        line: usize,
        /// What one piece costs, tax included.
        price: Paise,
        /// At this price or below, the lower rate fits.
        lower_to: Paise,
        /// Above this price, the higher rate fits.
        higher_above: Paise,
    },
    /// Taxable and untaxed lines on one invoice to a registered buyer; Rule 46A is for the unregistered.
    MixedForRegistered,
    /// Services performed in the shop together with supplies that go to another State; all billed in the shop's.
    MixedPlaces { place: State },
    /// Reverse charge to a buyer who has no GSTIN to pay it under.
    ReverseChargeUnregistered,
}

impl From<&Warning> for Fault {
    fn from(warning: &Warning) -> Fault {
        match warning {
            Warning::SlabGap { line, price, lower_to, higher_above } => Fault::new(
                "price.slab_gap",
                (
                    format!("Line {line}: at {price} apiece no rate fits exactly; the higher one is charged."),
                    format!("लाइन {line}: {price} प्रति पीस पर कोई रेट ठीक नहीं बैठता, ज़्यादा वाला लगा है।"),
                ),
                (
                    format!("Sell at {lower_to} or less, or above {higher_above}."),
                    format!("{lower_to} या कम में बेचिए, या {higher_above} से ऊपर।"),
                ),
            ),
            Warning::MixedForRegistered => Fault::new(
                "price.mixed_registered",
                (
                    "Taxed and untaxed items are on one invoice to a GST customer.",
                    "GST वाले ग्राहक के एक ही इनवॉइस पर कर वाला और बिना कर सामान है।",
                ),
                ("Make two bills if the customer asks.", "ग्राहक माँगे तो दो बिल बनाइए।"),
            ),
            Warning::MixedPlaces { place } => Fault::new(
                "price.mixed_places",
                (
                    format!("Services done here and goods for another State are on one bill; it is billed in {place}."),
                    format!("यहाँ की सर्विस और दूसरे राज्य का सामान एक बिल पर है; बिल {} में बना है।", place.name().hi),
                ),
                ("Bill the goods separately if they go there.", "सामान वहाँ जाता है तो उसका बिल अलग बनाइए।"),
            ),
            Warning::ReverseChargeUnregistered => Fault::new(
                "price.reverse_charge",
                ("Reverse charge is for customers with a GSTIN.", "रिवर्स चार्ज GSTIN वाले ग्राहक के लिए है।"),
                ("Add the GSTIN, or take off reverse charge.", "GSTIN डालिए या रिवर्स चार्ज हटाइए।"),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_the_line_and_the_numbers() {
        let error =
            PriceError::DiscountTooLarge { line: Some(3), discount: Paise::rupees(20), value: Paise::new(19_50) };
        assert_eq!(error.to_string(), "line 3: the discount 20.00 is more than the value 19.50");
        let fault = Fault::from(&error);
        assert_eq!(fault.code, "price.discount_too_large");
        assert_eq!(fault.say.en, "Line 3: a discount of 20.00 is more than 19.50.");
        let whole = PriceError::DiscountAboveWhole { line: None, percent: Rate::percent(101) };
        assert_eq!(whole.to_string(), "a discount of 101% is more than the whole");
    }
}
