//! The signboard as it crosses to the window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Profile, ProfileError, Turnover};
use crate::fault::{Fault, Words};
use crate::gst::state::State;
use crate::price::Scheme;

/// The signboard as it was typed.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ProfileRequest {
    pub name: String,
    pub legal_name: String,
    pub street: String,
    pub city: String,
    pub pin_code: String,
    pub state: String,
    pub gstin: String,
    #[ts(type = "'regular' | 'composition' | 'unregistered'")]
    pub scheme: Scheme,
    pub turnover: Turnover,
    pub phone: String,
    pub fssai: String,
    pub upi_id: String,
    pub footer: String,
}

/// The signboard as it hangs.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ProfileView {
    pub name: String,
    pub legal_name: String,
    pub street: String,
    pub city: String,
    pub pin_code: String,
    pub state: String,
    pub state_name: Words,
    pub gstin: String,
    #[ts(type = "'regular' | 'composition' | 'unregistered'")]
    pub scheme: Scheme,
    pub turnover: Turnover,
    pub phone: String,
    pub fssai: String,
    pub upi_id: String,
    pub footer: String,
}

impl From<&Profile> for ProfileView {
    fn from(profile: &Profile) -> ProfileView {
        ProfileView {
            name: profile.name.clone(),
            legal_name: profile.legal_name.clone(),
            street: profile.street.clone(),
            city: profile.city.clone(),
            pin_code: profile.pin_code.clone(),
            state: profile.state.code(),
            state_name: profile.state.name(),
            gstin: profile.gstin.as_ref().map(|gstin| gstin.as_str().to_owned()).unwrap_or_default(),
            scheme: profile.scheme,
            turnover: profile.turnover,
            phone: profile.phone.clone(),
            fssai: profile.fssai.clone(),
            upi_id: profile.upi_id.clone(),
            footer: profile.footer.clone(),
        }
    }
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct StateView {
    pub code: String,
    pub name: Words,
    pub short: String,
}

impl From<State> for StateView {
    fn from(state: State) -> StateView {
        StateView { code: state.code(), name: state.name(), short: state.short().to_owned() }
    }
}

#[derive(Debug, Deserialize, TS)]
pub struct GstinRequest {
    pub gstin: String,
}

/// What a GSTIN says about its holder, while it is typed.
#[derive(Debug, Serialize, TS)]
pub struct GstinView {
    pub right: bool,
    pub state: Option<StateView>,
    pub pan: Option<String>,
    pub kind: Option<Words>,
    pub fault: Option<Fault>,
}

#[derive(Debug, Deserialize, TS)]
pub struct ProfileSetRequest {
    pub profile: ProfileRequest,
}

/// The shop's details as the set-up has them so far.
#[derive(Debug, Deserialize, TS)]
pub struct ProfileCheckRequest {
    pub profile: ProfileRequest,
    pub counter_name: String,
}

/// A field of the form, and why it does not do.
#[derive(Debug, Serialize, TS)]
pub struct FieldFaultView {
    pub field: String,
    pub fault: Fault,
}

impl From<ProfileError> for FieldFaultView {
    fn from(error: ProfileError) -> FieldFaultView {
        FieldFaultView { field: error.field().to_owned(), fault: error.into() }
    }
}
