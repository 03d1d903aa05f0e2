//! Encodings of text files: which one a file has, and its text.

/// How the bytes of a file mean letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    /// Western European, which holds Latin-1.
    Windows1252,
}

impl Encoding {
    pub const ALL: [Encoding; 4] = [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Windows1252];

    /// The name under which it crosses to the window.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Windows1252 => "windows-1252",
        }
    }

    /// The encoding of this name.
    #[must_use]
    pub fn read(code: &str) -> Option<Encoding> {
        Encoding::ALL.into_iter().find(|encoding| encoding.code() == code)
    }

    /// The encoding that the bytes most likely have.
    ///
    /// A byte order mark decides; else it is UTF-8 if all or nearly all letters beyond ASCII are right in it.
    #[must_use]
    pub fn guess(bytes: &[u8]) -> Encoding {
        match encoding_rs::Encoding::for_bom(bytes) {
            Some((marked, _)) if marked == encoding_rs::UTF_16LE => return Encoding::Utf16Le,
            Some((marked, _)) if marked == encoding_rs::UTF_16BE => return Encoding::Utf16Be,
            Some(_) => return Encoding::Utf8,
            None => {}
        }
        let (mut right, mut wrong) = (0usize, 0usize);
        for chunk in bytes.utf8_chunks() {
            right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            // A letter cut in two at the end of the file is right as far as it goes.
            let cut_off = std::str::from_utf8(chunk.invalid()).is_err_and(|error| error.error_len().is_none());
            let at_end = cut_off && bytes.ends_with(chunk.invalid());
            wrong += usize::from(!chunk.invalid().is_empty() && !at_end);
        }
        if wrong == 0 || right > 10 * wrong { Encoding::Utf8 } else { Encoding::Windows1252 }
    }

    /// The text that the bytes mean, without a byte order mark; what is no letter becomes `\u{fffd}`.
    #[must_use]
    pub fn decode(self, bytes: &[u8]) -> String {
        let encoding = match self {
            Encoding::Utf8 => encoding_rs::UTF_8,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            Encoding::Windows1252 => encoding_rs::WINDOWS_1252,
        };
        encoding.decode_with_bom_removal(bytes).0.into_owned()
    }
}
