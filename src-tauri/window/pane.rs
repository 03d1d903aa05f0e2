//! The pane of glass: the web view, kept to its own pages, its own folder and its own keys.

use pakka::desk::Places;
use tauri::webview::{NewWindowResponse, WebviewWindowBuilder};
use tauri::{App, AppHandle, Url};

/// Opens the one window, as `tauri.conf.json` describes it.
///
/// # Errors
/// When the system has no web view.
pub fn open(app: &App, places: &Places) -> tauri::Result<()> {
    let config = app.config().app.windows.first().expect("tauri.conf.json has the window");
    let builder = WebviewWindowBuilder::from_config(app, config)?
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny);
    let window = keep_in(places, builder).build()?;
    #[cfg(target_os = "linux")]
    window.with_webview(|view| quiet(&view.inner()))?;
    #[cfg(not(target_os = "linux"))]
    let _ = window;
    Ok(())
}

/// Only the pages that came with the program; a dropped file or a link goes nowhere.
fn is_own_page(url: &Url) -> bool {
    let own = match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost")) => true,
        ("http", Some("127.0.0.1")) => cfg!(dev),
        _ => false,
    };
    own || url.as_str() == "about:blank"
}

type Builder<'a> = WebviewWindowBuilder<'a, tauri::Wry, App>;

/// The view is a private one: pages, typed words and pictures stay in memory.
///
/// The library still puts a few empty stores and salts somewhere; they lie in the shop's folder, not in the home.
fn keep_in<'a>(places: &Places, builder: Builder<'a>) -> Builder<'a> {
    let builder = builder.data_directory(places.data.join("webview"));
    // A private view cannot be driven by a test.
    #[cfg(feature = "trial")]
    let builder = builder.incognito(std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_none());
    builder
}

/// No menu on the right button.
#[cfg(target_os = "linux")]
fn quiet(view: &webkit2gtk::WebView) {
    webkit2gtk::WebViewExt::connect_context_menu(view, |_, _, _, _| true);
}

/// Closes as if by hand when the system asks: at log-out, shutdown, or on the terminal.
#[cfg(target_os = "linux")]
pub fn close_when_told(app: &AppHandle) {
    const HANGUP: i32 = 1;
    const INTERRUPT: i32 = 2;
    const TERMINATE: i32 = 15;
    for signal in [HANGUP, INTERRUPT, TERMINATE] {
        let app = app.clone();
        gtk::glib::unix_signal_add_local(signal, move || {
            app.exit(0);
            gtk::glib::ControlFlow::Continue
        });
    }
}

/// The system closes the window itself.
#[cfg(not(target_os = "linux"))]
pub fn close_when_told(_: &AppHandle) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pane_goes_nowhere_else() {
        for (url, own) in [
            ("tauri://localhost/index.html", true),
            ("http://tauri.localhost/", true),
            ("about:blank", true),
            ("https://example.org/", false),
            ("file:///etc/passwd", false),
            ("tauri://elsewhere/", false),
            ("data:text/html,x", false),
        ] {
            assert_eq!(is_own_page(&Url::parse(url).expect("an address")), own, "{url}");
        }
    }
}
