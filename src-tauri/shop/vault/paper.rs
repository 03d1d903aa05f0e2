//! One group of the printed code, kept so that an owner can be asked for it a year later.
//!
//! It is sealed under a key that only owners hold, and says 25 of the code's 130 bits: the other 105 are as hard to
//! guess as before, and whoever has an owner's keys has no need of the paper.

use subtle::ConstantTimeEq;

use super::error::VaultError;
use super::header;
use super::key::KeyRing;
use super::login::Places;
use super::recovery::{self, GROUPS};
use super::seal::{seal, unseal};
use super::setup::Draft;
use super::slot::SlotId;
use crate::stamp::Chance;

const LABEL: &str = "paper";
const NAMESPACE: &str = "paper/v1";

/// A sealed group of the paper that a slot stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptGroup {
    /// The paper's slot in the header: another paper has another.
    pub paper: SlotId,
    /// Counted from 1 as on the paper.
    pub number: u8,
    pub sealed: Vec<u8>,
}

/// The slot of the paper that opens the vault now.
///
/// # Errors
/// [`VaultError::NoVault`] where there is no header or it has no paper.
pub fn paper_in_force(places: &Places) -> Result<SlotId, VaultError> {
    let (header, _) = header::load(&places.vault)?.ok_or(VaultError::NoVault)?;
    Ok(header.recovery().ok_or(VaultError::NoVault)?.head.id)
}

impl Draft {
    /// Seals one group of this draft's code, picked by chance; called when the draft is written.
    ///
    /// The last group is never picked: four of its characters are check characters and would tell of all the others.
    ///
    /// # Errors
    /// As [`paper_in_force`].
    pub fn keep_group(&self, places: &Places, chance: &mut dyn Chance) -> Result<KeptGroup, VaultError> {
        let paper = paper_in_force(places)?;
        let mut byte = [0; 8];
        chance.fill(&mut byte);
        let place = (u64::from_le_bytes(byte) % (GROUPS as u64 - 1)) as usize;
        let number = place as u8 + 1;
        let key = self.keys().sub(LABEL, 1)?;
        let sealed = seal(&key, NAMESPACE, chance, self.code().group(place).as_bytes(), &aad(paper, number));
        Ok(KeptGroup { paper, number, sealed })
    }
}

impl KeptGroup {
    /// Whether a typed text is this group, however it is typed.
    ///
    /// # Errors
    /// [`VaultError::KeyNotHeld`] unless the keys are an owner's, [`VaultError::Altered`] when it was sealed under others.
    pub fn is(&self, typed: &str, keys: &KeyRing) -> Result<bool, VaultError> {
        let group = unseal(&keys.sub(LABEL, 1)?, NAMESPACE, &self.sealed, &aad(self.paper, self.number))?;
        let typed = recovery::tidy(typed).unwrap_or_default();
        Ok(typed.as_bytes().ct_eq(&group).into())
    }
}

fn aad(paper: SlotId, number: u8) -> Vec<u8> {
    [&paper.bytes()[..], &[number]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::VaultId;
    use crate::vault::Key;
    use crate::vault::sample::{Counting, array};

    fn ring(root: u8) -> KeyRing {
        KeyRing::new(Key::new(&array(root)), VaultId::new(array(0x20)))
    }

    fn kept(keys: &KeyRing, group: &str) -> KeptGroup {
        let paper = SlotId::new(array(3));
        let key = keys.sub(LABEL, 1).expect("an owner");
        let sealed = seal(&key, NAMESPACE, &mut Counting(1), group.as_bytes(), &aad(paper, 4));
        KeptGroup { paper, number: 4, sealed }
    }

    #[test]
    fn a_group_is_known_however_it_is_typed_and_no_other_is() {
        let keys = ring(1);
        let kept = kept(&keys, "R0X1X");
        for (typed, is) in
            [("R0X1X", true), (" r-oxLx ", true), ("R0X1Y", false), ("R0X1", false), ("", false), ("Ü", false)]
        {
            assert_eq!(kept.is(typed, &keys), Ok(is), "{typed}");
        }
    }

    #[test]
    fn staff_and_other_vaults_cannot_try() {
        let keys = ring(1);
        let kept = kept(&keys, "R0X1X");
        let staff = KeyRing::of_bundle(None, keys.for_staff(true).expect("an owner"), VaultId::new(array(0x20)));
        assert_eq!(kept.is("R0X1X", &staff.expect("the list")), Err(VaultError::KeyNotHeld));
        assert_eq!(kept.is("R0X1X", &ring(2)), Err(VaultError::Altered));
        let moved = KeptGroup { number: 5, ..kept.clone() };
        assert_eq!(moved.is("R0X1X", &keys), Err(VaultError::Altered));
        assert!(!format!("{kept:?}").contains("R0X1X"));
    }
}
