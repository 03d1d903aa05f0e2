//! All SQL of the settings.

use rusqlite::{OptionalExtension, params};

use super::Settings;
use crate::store::{Act, Look, StoreError};

/// The settings as they stand.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn get(look: Look<'_>) -> Result<Settings, StoreError> {
    let mut statement = look.sql().prepare_cached("SELECT value FROM kept_setting WHERE name = 'pc'")?;
    let kept: Option<String> = statement.query_row([], |row| row.get(0)).optional()?;
    Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default())
}

/// Changes the settings.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn set(act: &Act<'_>, settings: &Settings) -> Result<(), StoreError> {
    let value = serde_json::to_string(settings).expect("settings are plain data");
    act.sql().execute(
        "INSERT INTO kept_setting (name, value) VALUES ('pc', ?1) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        params![value],
    )?;
    Ok(())
}
