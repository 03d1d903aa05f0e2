//! Every screen in both languages and both themes, turned by keys.

use pakka_window_tests::Till;
use pakka_window_tests::goods::Goods;
use pakka_window_tests::story::{self, Look, Owner};

pub fn every_screen_in_every_look(till: &mut Till, owner: &Owner, list: &Goods) {
    let goods = list.everyday(8);
    let codes: Vec<&str> = goods.iter().map(|good| good.barcode.as_str()).collect();
    story::scan_all(till, &codes);
    for (turn, look) in Look::ALL.into_iter().enumerate() {
        till.key("Alt+L");
        till.on_screen("lock");
        story::turn_to(till, look);
        let shot = |till: &Till, name: &str| {
            assert_eq!(till.count(&look.css()), 1, "{name} is in the look chosen");
            till.shot(&format!("look-{name}-{}-{}", look.language(), look.theme()));
        };
        shot(till, "lock");
        story::unlock(till, owner, 600 + 60 * turn as i64);
        till.wait_for("[data-line-count='8']");
        shot(till, "counter");
        for (key, there, name) in [
            ("F3", "#customer-sheet", "customer"),
            ("/", "#nameless", "nameless"),
            ("F4", "#ask", "discount"),
            ("F7", "#ask", "price"),
            ("F1", "#key-sheet", "keys"),
            ("F10", "#menu", "menu"),
            ("Ctrl+Delete", "#abandon", "throw-away"),
            ("Enter", "[data-screen='pay']", "pay"),
        ] {
            till.key(key);
            till.wait_for(there);
            shot(till, name);
            till.key("Escape");
            till.on_screen("counter");
        }
        for (key, screen) in [("Alt+B", "bills"), ("F8", "day"), ("Alt+S", "settings"), ("Alt+I", "items")] {
            till.key(key);
            till.on_screen(screen);
            std::thread::sleep(std::time::Duration::from_millis(250));
            shot(till, screen);
        }
        till.key("ArrowDown");
        till.key("Enter");
        till.wait_for("#item-editor #item-name");
        shot(till, "item");
        till.key("Escape");
        till.key("Alt+M");
        till.on_screen("import");
        shot(till, "import");
        till.key("F10");
        till.on_screen("counter");
    }
    till.key("Ctrl+Delete");
    till.wait_for("#abandon");
    till.key("Ctrl+Delete");
    till.pays(0);
}
