//! Customers as they cross to the window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Customer;
use crate::gst::state::State;
use crate::id::PersonId;

/// A customer as typed at the counter; every field may be empty.
#[derive(Clone, Deserialize, TS)]
pub struct CustomerRequest {
    #[ts(type = "string | null")]
    pub person: Option<PersonId>,
    pub name: String,
    pub phone: String,
    pub gstin: String,
    pub state: String,
    pub address: String,
}

#[derive(Clone, Serialize, TS)]
pub struct CustomerView {
    #[ts(type = "string")]
    pub person: PersonId,
    pub name: String,
    pub phone: String,
    pub gstin: Option<String>,
    pub state: String,
    pub address: String,
}

impl From<Customer> for CustomerView {
    fn from(customer: Customer) -> CustomerView {
        CustomerView {
            person: customer.person,
            name: customer.contact.name,
            phone: customer.contact.phone,
            gstin: customer.gstin.map(|gstin| gstin.as_str().to_owned()),
            state: customer.state.map(State::code).unwrap_or_default(),
            address: customer.contact.address,
        }
    }
}

#[derive(Deserialize, TS)]
pub struct CustomerFindRequest {
    pub text: String,
}
