//! The words of the two sheets an owner keeps off the premises: the recovery code, and what to do when the PC is gone.

use zeroize::Zeroizing;

use crate::day::Day;
use crate::print::sheet::{Code, Part, Sheet};
use crate::settings::Language;
use crate::vault::Place;

/// Whose sheet it is, and of which day; an empty name is a line to write on.
pub(super) struct About {
    pub shop: String,
    pub owner: String,
    pub day: Day,
    pub made_at_ms: i64,
    pub language: Language,
}

impl About {
    fn say(&self, english: &str, hindi: &str) -> String {
        match self.language {
            Language::En => english.to_owned(),
            Language::Hi => hindi.to_owned(),
        }
    }

    fn points(&self, points: &[(&str, &str)]) -> Vec<String> {
        points.iter().map(|(english, hindi)| self.say(english, hindi)).collect()
    }

    fn facts(&self) -> Vec<(String, String)> {
        let day = self.day.words();
        vec![
            (self.say("Shop", "दुकान"), self.shop.clone()),
            (self.say("Owner", "मालिक"), self.owner.clone()),
            (self.say("Made on", "बनाया"), self.say(&day.en, &day.hi)),
        ]
    }

    fn sheet(&self, title: String, lead: String) -> Sheet {
        let footer = self.say("Printed by Pakka on the shop's own PC.", "दुकान के अपने PC पर Pakka से छपा।");
        let name = format!("{title} {}", self.shop);
        Sheet { name, made_at_ms: self.made_at_ms, title, lead, facts: self.facts(), footer, ..Sheet::default() }
    }
}

/// The recovery code: what it is, where it is kept, how it is used.
pub(super) fn recovery(about: &About, groups: Vec<Zeroizing<String>>) -> Sheet {
    let title = about.say("Recovery code", "बचाव कोड");
    let lead = about.say(
        "When the phone, the PIN or the PC of the shop is lost, this code opens the shop again. Nothing else does: not even \
         the makers of Pakka can.",
        "फ़ोन खो जाए, PIN भूल जाएँ या PC चला जाए, तो यही कोड दुकान फिर खोलता है। और कुछ नहीं: Pakka बनाने वाले भी नहीं।",
    );
    let mut scan = Zeroizing::new(String::with_capacity(groups.iter().map(|group| group.len() + 1).sum()));
    for group in &groups {
        if !scan.is_empty() {
            scan.push('-');
        }
        scan.push_str(group);
    }
    let mut sheet = about.sheet(title, lead);
    sheet.facts.push((about.say("Kept at", "कहाँ रखा है"), String::new()));
    sheet.code = Some(Code { groups, scan });
    sheet.warning = about.say(
        "Whoever has this sheet and a copy of the shop's data has the shop. Never photograph it, never send it, never copy it \
         into a computer.",
        "जिसके पास यह कागज़ और दुकान के डेटा की कॉपी है, दुकान उसकी है। इसकी फ़ोटो कभी मत लीजिए, इसे कहीं मत भेजिए, कंप्यूटर में मत रखिए।",
    );
    sheet.parts = vec![keeping(about), using(about), yearly(about)];
    sheet
}

fn keeping(about: &About) -> Part {
    Part {
        title: about.say("Keeping it", "इसे रखना"),
        points: about.points(&[
            (
                "Off the premises: at home with the deeds, or in a bank locker. Not in the shop, not beside the PC.",
                "दुकान से बाहर: घर पर ज़रूरी कागज़ों के साथ, या बैंक लॉकर में। दुकान में या PC के पास नहीं।",
            ),
            (
                "Only the owner needs it, and only when phone, PIN or PC are lost. Nobody from Pakka ever asks for it.",
                "इसकी ज़रूरत सिर्फ़ मालिक को है, और तभी जब फ़ोन, PIN या PC खो जाए। Pakka से कोई इसे कभी नहीं माँगता।",
            ),
        ]),
        ..Part::default()
    }
}

fn using(about: &About) -> Part {
    Part {
        title: about.say("Using it", "इस्तेमाल कैसे करें"),
        points: about.points(&[
            (
                "Start Pakka on the shop's PC, or on another one with a copy of the shop's folder (F2 names the folder).",
                "दुकान के PC पर Pakka चलाइए, या दुकान के फ़ोल्डर की कॉपी वाले दूसरे PC पर (F2 से फ़ोल्डर चुनिए)।",
            ),
            (
                "Press F3, “Use the recovery code”, and type the six groups in order. What looks like O is a zero, what looks \
                 like I or L is a one. A scanner at the PC reads the square; a phone must not.",
                "F3 दबाइए, “बचाव कोड से खोलें”, और छह हिस्से क्रम से लिखिए। O जैसा दिखे तो शून्य है, I या L जैसा दिखे तो एक। \
                 चौकोर कोड PC का स्कैनर पढ़ सकता है; फ़ोन से मत पढ़िए।",
            ),
            (
                "Join the phone anew, print or write down the new code, and choose a new PIN.",
                "फ़ोन नया जोड़िए, नया कोड छापिए या लिखिए, और नया PIN चुनिए।",
            ),
            (
                "Destroy this sheet: it opens nothing any more. The others get a new phone and PIN from you, under People.",
                "यह कागज़ फाड़ दीजिए: अब यह कुछ नहीं खोलता। बाकी लोगों को “लोग” में आप नया फ़ोन और PIN देंगे।",
            ),
        ]),
        numbered: true,
        ..Part::default()
    }
}

fn yearly(about: &About) -> Part {
    Part {
        title: about.say("Once a year", "साल में एक बार"),
        points: about.points(&[(
            "Pakka reminds you to look for this sheet and asks for one of its groups. If it cannot be found or read, have all \
             keys renewed: a new sheet is made then.",
            "Pakka याद दिलाएगा कि यह कागज़ ढूँढिए, और इसका एक हिस्सा पूछेगा। न मिले या पढ़ा न जाए, तो सब चाबियाँ नई कराइए: \
             तब नया कागज़ बनता है।",
        )]),
        ..Part::default()
    }
}

/// What to know and do when the PC was stolen; nothing on it is a secret.
pub(super) fn stolen(about: &About, place: Place) -> Sheet {
    let title = about.say("If the PC is stolen", "अगर PC चोरी हो जाए");
    let lead = about.say(
        "Keep this sheet with the recovery code, not in the shop. It holds no secret.",
        "यह कागज़ बचाव कोड के साथ रखिए, दुकान में नहीं। इस पर कोई राज़ नहीं है।",
    );
    let mut sheet = about.sheet(title, lead);
    sheet.parts = vec![protected(about, place), calls(about), going_again(about), receipts(about), changes(about)];
    sheet
}

/// What the thief can read and what not, by where this PC's own key lies.
fn protected(about: &About, place: Place) -> Part {
    let key = match place {
        Place::Stick => (
            "Bills, customers and prices are sealed. This PC's key is on the key stick: if the stick was not taken too, nobody \
             reads them. If it was, only your PIN and the phone's code stand in between.",
            "बिल, ग्राहक और दाम सील हैं। इस PC की चाबी पेन ड्राइव पर है: वह साथ नहीं गई तो कोई कुछ नहीं पढ़ सकता। \
             गई है, तो बीच में सिर्फ़ आपका PIN और फ़ोन का कोड है।",
        ),
        Place::Keystore => (
            "Bills, customers and prices are sealed. This PC's key is in the system's keystore: a disk taken out gives nothing. \
             If the PC starts without a password, only your PIN and the phone's code stand in between.",
            "बिल, ग्राहक और दाम सील हैं। इस PC की चाबी सिस्टम के ताले में है: निकाली हुई डिस्क से कुछ नहीं मिलता। \
             PC बिना पासवर्ड चलता है, तो बीच में सिर्फ़ आपका PIN और फ़ोन का कोड है।",
        ),
        Place::File => (
            "Bills, customers and prices are sealed, but this PC's key is a file on it: unless its disk is encrypted, only your \
             PIN and the phone's code stand in between.",
            "बिल, ग्राहक और दाम सील हैं, पर इस PC की चाबी उसी की एक फ़ाइल है: डिस्क एन्क्रिप्ट नहीं है, तो बीच में सिर्फ़ \
             आपका PIN और फ़ोन का कोड है।",
        ),
    };
    Part {
        title: about.say("What the thief has", "चोर के पास क्या है"),
        points: about.points(&[
            key,
            (
                "Guessing PIN and code takes years, but only hours or minutes for somebody who saw one code being typed.",
                "PIN और कोड का अंदाज़ा लगाने में बरसों लगते हैं, पर जिसने एक कोड लिखते देखा हो उसे कुछ घंटे या मिनट।",
            ),
            (
                "Not sealed: a shop that was open when it was taken, PDFs saved on the PC, papers, other programs' files.",
                "सील नहीं: चोरी के समय खुली हुई दुकान, PC पर सेव किए PDF, कागज़, दूसरे प्रोग्रामों की फ़ाइलें।",
            ),
        ]),
        ..Part::default()
    }
}

fn calls(about: &About) -> Part {
    Part {
        title: about.say("Whom to call", "किसे फ़ोन करें"),
        blanks: about.points(&[
            ("Police station", "थाना"),
            ("FIR number", "FIR नंबर"),
            ("Insurance", "बीमा"),
            ("Bank and UPI", "बैंक और UPI"),
            ("Accountant", "अकाउंटेंट"),
            ("Who sets up the PC", "PC लगाने वाला"),
        ]),
        ..Part::default()
    }
}

fn going_again(about: &About) -> Part {
    Part {
        title: about.say("Selling again on another PC", "दूसरे PC पर फिर शुरू करना"),
        points: about.points(&[
            (
                "Put Pakka on it, and the newest copy of the shop's folder.",
                "उस पर Pakka लगाइए, और दुकान के फ़ोल्डर की सबसे नई कॉपी रखिए।",
            ),
            (
                "Name the folder with F2, press F3 and type the recovery code; then a new phone, a new PIN, a new sheet.",
                "F2 से फ़ोल्डर चुनिए, F3 दबाकर बचाव कोड लिखिए; फिर नया फ़ोन, नया PIN, नया कागज़।",
            ),
            (
                "Bills go on under another first letter, so that no number comes twice.",
                "बिल नए अक्षर से आगे चलेंगे, ताकि कोई नंबर दो बार न आए।",
            ),
            (
                "Without any copy: set the shop up anew, with another letter before the bill numbers.",
                "कोई कॉपी नहीं है: दुकान नए सिरे से लगाइए, बिल नंबर के आगे दूसरा अक्षर रखकर।",
            ),
        ]),
        numbered: true,
        blanks: about.points(&[("The copies are kept at", "कॉपियाँ कहाँ हैं"), ("Made every", "कब-कब बनती हैं")]),
    }
}

fn receipts(about: &About) -> Part {
    Part {
        title: about.say("Which receipts to collect", "कौन सी रसीदें जुटाएँ"),
        points: about.points(&[(
            "All bills made after that copy: second copies in the shop, PDFs sent out, photos from regular customers. They are \
             needed for the GST return; the check code on each proves which record it came from.",
            "उस कॉपी के बाद बने सब बिल: दुकान की दूसरी प्रतियाँ, भेजे गए PDF, पुराने ग्राहकों से फ़ोटो। GST रिटर्न में लगेंगे; \
             हर बिल का जाँच कोड बताता है कि वह किस रिकॉर्ड से आया।",
        )]),
        ..Part::default()
    }
}

fn changes(about: &About) -> Part {
    Part {
        title: about.say("What to change", "क्या बदलें"),
        points: about.points(&[(
            "Everybody's PIN and phone entry in Pakka, and all keys; the PC's own password; every password that was saved on it \
             (e-mail, bank, GST portal); the UPI PIN and SIM if a phone was taken too.",
            "Pakka में सबका PIN और फ़ोन, और सब चाबियाँ; PC का पासवर्ड; उस पर सेव हर पासवर्ड (ई-मेल, बैंक, GST पोर्टल); \
             फ़ोन भी गया हो तो UPI PIN और सिम।",
        )]),
        ..Part::default()
    }
}
