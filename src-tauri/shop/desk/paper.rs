//! Sheets for the owner, put on paper or into a folder that the owner named; never kept anywhere by themselves.

use std::path::Path;

use zeroize::Zeroizing;

use super::sale::printed;
use super::sheets::{self, About};
use super::wire::{PaperCheckRequest, PaperDueView, SheetRequest, SheetView};
use super::{Desk, DeskError, Stage, stamp};
use crate::fault::Fault;
use crate::id::StaffId;
use crate::print::sheet::{self, Sheet};
use crate::profile;
use crate::settings::Language;
use crate::staff::{self, Role};
use crate::vault;

/// So many days after the paper was made or looked at the owner is asked for it.
const PAPER_DAYS: i32 = 365;

impl Desk {
    /// The recovery code of whatever draft is current, on its way to paper.
    pub(crate) fn recovery_paper(&mut self, request: SheetRequest) -> Result<SheetView, Fault> {
        let (shop, owner) = self.draft_names();
        let about = self.about(shop, owner, request.language);
        let groups = match self.renewed_paper() {
            Some(groups) => groups,
            None => self.draft()?.recovery_groups(),
        };
        let groups = groups.map(Zeroizing::new).into();
        self.hand_out(&sheets::recovery(&about, groups), "recovery-code", request.folder.as_deref())
    }

    /// What to do when this PC is stolen.
    pub(crate) fn stolen_paper(&mut self, request: SheetRequest) -> Result<SheetView, Fault> {
        let open = self.opened()?;
        let (_, profile) = profile::current(open.shop.look())?.ok_or(DeskError::NotInSetUp)?;
        let about = self.about(profile.name, open.member.name.clone(), request.language);
        let place = vault::kept_in(&self.around.places.vault())?;
        self.hand_out(&sheets::stolen(&about, place), "if-the-pc-is-stolen", request.folder.as_deref())
    }

    /// Whether the owner is to look for the paper: nobody has for a year, or it is not known that anybody did.
    pub(super) fn paper_due(&self) -> Result<Option<PaperDueView>, Fault> {
        let open = self.opened()?;
        if open.member.role != Role::Owner || !open.unlocked.keys.is_owner() {
            return Ok(None);
        }
        // A header without a paper is told elsewhere; here is nothing to be looked for.
        let Ok(slot) = vault::paper_in_force(&self.around.places.vault()) else { return Ok(None) };
        let paper = staff::paper(open.shop.look(), slot)?;
        let today = stamp(&*self.around.clock, StaffId::SETUP).day();
        if paper.as_ref().is_some_and(|paper| today.days_after(paper.day) < PAPER_DAYS) {
            return Ok(None);
        }
        Ok(Some(PaperDueView {
            group: paper.as_ref().and_then(|paper| Some(paper.kept.as_ref()?.number)),
            since: paper.map(|paper| paper.day.to_string()),
        }))
    }

    /// The owner has found the paper: the group asked for is typed from it, where one was kept.
    pub(crate) fn recovery_check(&mut self, request: PaperCheckRequest) -> Result<(), Fault> {
        let slot = vault::paper_in_force(&self.around.places.vault())?;
        let open = self.at_counter()?;
        let kept = staff::paper(open.shop.look(), slot)?.and_then(|paper| paper.kept);
        if let Some(kept) = &kept {
            if !kept.is(&request.group, &open.unlocked.keys)? {
                open.rights.paper_wrong += 1;
                let number = kept.number;
                return Err(match open.rights.paper_wrong {
                    1 => DeskError::PaperWrong { number }.into(),
                    _ => DeskError::PaperWrongAgain { number }.into(),
                });
            }
            open.rights.paper_wrong = 0;
        }
        self.act(|act, _| staff::actions::paper_checked(act, slot, kept.is_some()))
    }

    fn about(&self, shop: String, owner: String, language: Language) -> About {
        let stamp = stamp(&*self.around.clock, StaffId::SETUP);
        About { shop, owner, day: stamp.day(), made_at_ms: stamp.wall_ms, language }
    }

    /// Shop and owner as far as the draft knows them: in a recovery the owner is named after the paper.
    fn draft_names(&self) -> (String, String) {
        match &self.stage {
            Stage::New(Some(setup)) => (setup.names.shop.clone(), setup.names.person.clone()),
            Stage::Recovering(draft) => {
                (draft.roster().map(|roster| roster.shop.clone()).unwrap_or_default(), String::new())
            }
            Stage::Open(open) => {
                let profile = profile::current(open.shop.look()).ok().flatten();
                (profile.map(|(_, profile)| profile.name).unwrap_or_default(), open.member.name.clone())
            }
            _ => Default::default(),
        }
    }

    /// To the printer, or into a folder that is none of the shop's own.
    fn hand_out(&mut self, sheet: &Sheet, file: &str, folder: Option<&str>) -> Result<SheetView, Fault> {
        let pdf = sheet::pdf(sheet);
        let Some(folder) = folder.map(Path::new) else {
            let printer = self.around.outlet.printer();
            let printed = printed(self.around.outlet.print(&pdf, file));
            return Ok(SheetView { printed: Some(printed), printer, path: None });
        };
        let places = &self.around.places;
        // Beside the data it opens, the code would protect nothing.
        if !folder.is_dir()
            || [&places.data, &places.device, &places.papers].into_iter().any(|own| lies_in(folder, own))
        {
            return Err(DeskError::SheetFolder.into());
        }
        let saved = self.around.outlet.save(folder, &format!("{file}.pdf"), &pdf);
        let path = saved.map_err(|why| DeskError::Sheet(why.kind()))?;
        Ok(SheetView { printed: None, printer: String::new(), path: Some(path.display().to_string()) })
    }
}

/// Whether a folder is another one, or lies anywhere in it.
fn lies_in(folder: &Path, other: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    whole(folder).starts_with(whole(other))
}
