import type { Words } from '../ipc/commands.gen';
import { words } from './words';

/** Where a shortcut works; `anywhere` is every screen of the open shop. */
export type Place = 'anywhere' | 'desk' | 'counter' | 'unknown' | 'pay' | 'back' | 'bills' | 'day' | 'items' | 'people' | 'approve' | 'form';

/**
 * One shortcut. `key` is written as pressed: `F12`, `Alt+B`, `Ctrl+S`, `Enter`, `-`. A single letter or sign
 * works only while nothing is being typed.
 */
export interface Shortcut { key: string; place: Place; say: Words }

/** Every shortcut there is. The buttons and the sheet of keys are drawn from this table. */
export const keymap = {
  cash: { key: 'F12', place: 'counter', say: words.cash },
  pay: { key: 'Enter', place: 'counter', say: words.pay },
  search: { key: 'F2', place: 'counter', say: words.search },
  customer: { key: 'F3', place: 'counter', say: words.customer },
  discount: { key: 'F4', place: 'counter', say: words.discount },
  price: { key: 'F7', place: 'counter', say: words.price },
  nameless: { key: 'Insert', place: 'counter', say: words.nameless },
  nameless_sign: { key: '/', place: 'counter', say: words.nameless },
  remove: { key: '-', place: 'counter', say: words.remove },
  up: { key: 'ArrowUp', place: 'counter', say: words.up },
  down: { key: 'ArrowDown', place: 'counter', say: words.down },
  abandon: { key: 'Ctrl+Delete', place: 'counter', say: words.abandon },
  last: { key: 'F9', place: 'counter', say: words.last },
  favourite_1: { key: 'Alt+1', place: 'counter', say: words.favourite },
  favourite_2: { key: 'Alt+2', place: 'counter', say: words.favourite },
  favourite_3: { key: 'Alt+3', place: 'counter', say: words.favourite },
  favourite_4: { key: 'Alt+4', place: 'counter', say: words.favourite },
  favourite_5: { key: 'Alt+5', place: 'counter', say: words.favourite },
  favourite_6: { key: 'Alt+6', place: 'counter', say: words.favourite },
  favourite_7: { key: 'Alt+7', place: 'counter', say: words.favourite },
  favourite_8: { key: 'Alt+8', place: 'counter', say: words.favourite },
  favourite_9: { key: 'Alt+9', place: 'counter', say: words.favourite },

  unknown_new: { key: 'Enter', place: 'unknown', say: words.unknown_new },
  unknown_skip: { key: 'Escape', place: 'unknown', say: words.unknown_skip },

  take_cash: { key: 'c', place: 'pay', say: words.take_cash },
  take_upi: { key: 'u', place: 'pay', say: words.take_upi },
  take_card: { key: 'd', place: 'pay', say: words.take_card },
  take_back: { key: '-', place: 'pay', say: words.take_back },
  quick_1: { key: 'Alt+1', place: 'pay', say: words.quick },
  quick_2: { key: 'Alt+2', place: 'pay', say: words.quick },
  quick_3: { key: 'Alt+3', place: 'pay', say: words.quick },
  quick_4: { key: 'Alt+4', place: 'pay', say: words.quick },
  done: { key: 'Enter', place: 'pay', say: words.done },

  day: { key: 'F8', place: 'anywhere', say: words.day },
  menu: { key: 'F10', place: 'anywhere', say: words.menu },
  bills: { key: 'Alt+B', place: 'anywhere', say: words.bills },
  items: { key: 'Alt+I', place: 'anywhere', say: words.items },
  settings: { key: 'Alt+S', place: 'anywhere', say: words.settings },
  people: { key: 'Alt+E', place: 'anywhere', say: words.people },
  paper_check: { key: 'Alt+R', place: 'anywhere', say: words.paper_check },
  cover: { key: 'Ctrl+L', place: 'anywhere', say: words.cover },
  lock: { key: 'Alt+L', place: 'anywhere', say: words.lock },
  keys: { key: '?', place: 'anywhere', say: words.keys },
  keys_anywhere: { key: 'F1', place: 'anywhere', say: words.keys },

  find: { key: '/', place: 'back', say: words.find },
  list_up: { key: 'ArrowUp', place: 'back', say: words.up },
  list_down: { key: 'ArrowDown', place: 'back', say: words.down },
  page_up: { key: 'PageUp', place: 'back', say: words.page_up },
  page_down: { key: 'PageDown', place: 'back', say: words.page_down },

  reprint: { key: 'Enter', place: 'bills', say: words.reprint },
  save_pdf: { key: 'Alt+F', place: 'bills', say: words.save_pdf },
  cancel_bill: { key: 'Alt+X', place: 'bills', say: words.cancel_bill },
  today: { key: 'Alt+T', place: 'bills', say: words.today },
  paper: { key: 'Alt+P', place: 'bills', say: words.paper },
  paper_language: { key: 'Alt+G', place: 'bills', say: words.paper_language },

  day_before: { key: 'PageUp', place: 'day', say: words.day_before },
  day_after: { key: 'PageDown', place: 'day', say: words.day_after },

  item_edit: { key: 'Enter', place: 'items', say: words.item_edit },
  item_new: { key: 'Alt+N', place: 'items', say: words.item_new },
  import: { key: 'Alt+M', place: 'items', say: words.import },
  other_file: { key: 'Alt+M', place: 'items', say: words.other_file },
  take_all_back: { key: 'Ctrl+Z', place: 'items', say: words.take_all_back },
  show_off: { key: 'Alt+O', place: 'items', say: words.show_off },

  person_new: { key: 'Alt+N', place: 'people', say: words.person_new },
  person_pin: { key: 'Alt+K', place: 'people', say: words.person_pin },
  person_phone: { key: 'Alt+F', place: 'people', say: words.person_phone },
  person_again: { key: 'Alt+T', place: 'people', say: words.person_again },
  keys_new: { key: 'Alt+C', place: 'people', say: words.keys_new },
  person_remove: { key: 'Ctrl+Delete', place: 'people', say: words.person_remove },

  yes_1: { key: '1', place: 'approve', say: words.yes },
  yes_2: { key: '2', place: 'approve', say: words.yes },
  yes_3: { key: '3', place: 'approve', say: words.yes },
  yes_4: { key: '4', place: 'approve', say: words.yes },
  yes_5: { key: '5', place: 'approve', say: words.yes },
  yes_6: { key: '6', place: 'approve', say: words.yes },
  yes_7: { key: '7', place: 'approve', say: words.yes },
  yes_8: { key: '8', place: 'approve', say: words.yes },
  yes_9: { key: '9', place: 'approve', say: words.yes },

  sheet_print: { key: 'Alt+P', place: 'form', say: words.sheet_print },
  sheet_save: { key: 'Alt+F', place: 'form', say: words.sheet_save },
  nobody: { key: 'Ctrl+Delete', place: 'form', say: words.nobody },
  save: { key: 'Ctrl+S', place: 'form', say: words.save },
  next: { key: 'Enter', place: 'form', say: words.next },
  back: { key: 'Escape', place: 'form', say: words.back },

  language: { key: 'F4', place: 'desk', say: words.language },
  theme: { key: 'F6', place: 'desk', say: words.theme },
  folder: { key: 'F2', place: 'desk', say: words.folder },
  unlock: { key: 'Enter', place: 'desk', say: words.unlock },
  recover: { key: 'F3', place: 'desk', say: words.recover },
  clock_lost: { key: 'F7', place: 'desk', say: words.clock_lost },
  person_1: { key: 'Alt+1', place: 'desk', say: words.person },
  person_2: { key: 'Alt+2', place: 'desk', say: words.person },
  person_3: { key: 'Alt+3', place: 'desk', say: words.person },
  person_4: { key: 'Alt+4', place: 'desk', say: words.person },
  person_5: { key: 'Alt+5', place: 'desk', say: words.person },
  person_6: { key: 'Alt+6', place: 'desk', say: words.person },
  person_7: { key: 'Alt+7', place: 'desk', say: words.person },
  person_8: { key: 'Alt+8', place: 'desk', say: words.person },
  person_9: { key: 'Alt+9', place: 'desk', say: words.person },
  person_left: { key: 'ArrowLeft', place: 'desk', say: words.person },
  person_right: { key: 'ArrowRight', place: 'desk', say: words.person },
} as const satisfies Record<string, Shortcut>;

export type Action = keyof typeof keymap;

const all: [Action, Shortcut][] = Object.entries(keymap) as [Action, Shortcut][];

/** The action a pressed key stands for among those offered; null when none. */
export function actionFor(pressed: string, offered: (action: Action) => boolean): Action | null {
  for (const [action, shortcut] of all) {
    if (shortcut.key.toLowerCase() === pressed.toLowerCase() && offered(action)) return action;
  }
  return null;
}

/** The caps to draw for a shortcut: `Alt+1` is `Alt 1`, `Escape` is `Esc`, arrows are arrows. */
export function cap(action: Action): string {
  const parts = keymap[action].key.split('+').map((part) => CAPS[part] ?? (part.length === 1 ? part.toUpperCase() : part));
  return parts.join(' ');
}

const CAPS: Record<string, string> = {
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Insert: 'Ins',
  Delete: 'Del',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  '-': '–',
};

/** The sheet of keys: each place with its shortcuts, in the order of the table; favourites and quick notes once. */
export function sheet(): { place: Place; rows: { caps: string; say: Words }[] }[] {
  const pages = new Map<Place, { caps: string; say: Words }[]>();
  for (const [action, shortcut] of all) {
    if (shortcut.place === 'desk') continue;
    const rows = pages.get(shortcut.place) ?? [];
    const same = rows.find((row) => row.say === shortcut.say);
    if (same) same.caps = joined(same.caps, cap(action));
    else rows.push({ caps: cap(action), say: shortcut.say });
    pages.set(shortcut.place, rows);
  }
  return [...pages].map(([place, rows]) => ({ place, rows }));
}

/** `Alt 1` and then `Alt 2` become `Alt 1…2`, `1` and `2` become `1…2`; different keys stand side by side. */
function joined(before: string, next: string): string {
  const first = before.split('…')[0] ?? before;
  const counts = first.startsWith('Alt') || /^\d$/.test(first);
  return first.slice(0, -1) === next.slice(0, -1) && /\d$/.test(next) && counts
    ? `${first}…${next.slice(-1)}`
    : `${before} | ${next}`;
}
