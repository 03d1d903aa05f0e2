//! Doubts about the records in the words of the counter.

use super::Doubt;
use crate::fault::Fault;

impl From<&Doubt> for Fault {
    fn from(doubt: &Doubt) -> Fault {
        match doubt {
            Doubt::Older { seen, here, .. } if here < seen => Fault::new(
                "records.older",
                (
                    format!(
                        "This data is older than what this computer last saw: the last {} entries are missing.",
                        seen - here
                    ),
                    format!(
                        "यह डेटा उससे पुराना है जो इस कंप्यूटर ने पिछली बार देखा था: आखिरी {} प्रविष्टियाँ नहीं हैं।",
                        seen - here
                    ),
                ),
                (
                    "Is there a newer copy? Put it back first. Bills that are only on paper must be entered again.",
                    "नई कॉपी है? पहले उसे वापस रखिए। जो बिल सिर्फ़ कागज़ पर हैं उन्हें फिर से डालना होगा।",
                ),
            ),
            Doubt::Older { .. } => Fault::new(
                "records.other",
                (
                    "This data is not what this computer last saw: another copy of the shop was put in its place.",
                    "यह वह डेटा नहीं है जो इस कंप्यूटर ने पिछली बार देखा था: दुकान की कोई और कॉपी उसकी जगह रखी गई है।",
                ),
                (
                    "Look for this computer's own copy and put it back. Compare the last bills with the paper.",
                    "इस कंप्यूटर की अपनी कॉपी ढूँढकर वापस रखिए। आखिरी बिल कागज़ से मिलाइए।",
                ),
            ),
            Doubt::Changed => Fault::new(
                "records.changed",
                ("The shop's file was changed while Pakka was shut.", "Pakka बंद रहते हुए दुकान की फ़ाइल बदली गई।"),
                (
                    "Ask who was at this computer. Going on checks the whole journal and works every figure out anew from it.",
                    "पूछिए कि इस कंप्यूटर पर कौन था। आगे बढ़ने पर पूरी बही जाँची जाएगी और हर आँकड़ा उसी से फिर बनेगा।",
                ),
            ),
            Doubt::Broken { seq, .. } => Fault::new(
                "records.broken",
                (
                    format!(
                        "Entry {seq} of the journal is not as it was written: somebody changed it, or the disk is failing."
                    ),
                    format!("बही की प्रविष्टि {seq} वैसी नहीं है जैसी लिखी गई थी: किसी ने बदली, या डिस्क खराब हो रही है।"),
                ),
                (
                    "Copy the shop's folder to another disk now, and compare the last bills with the paper.",
                    "दुकान का फ़ोल्डर अभी किसी और डिस्क पर कॉपी कीजिए, और आखिरी बिल कागज़ से मिलाइए।",
                ),
            ),
        }
    }
}
