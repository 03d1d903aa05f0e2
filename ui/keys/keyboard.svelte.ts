import { actionFor, type Action } from './keymap';
import { due, end, headOf, lapse, NOTHING, press, type Heard, type Held } from './scanner';

/** A part of the screen that listens to keys. The highest level hears first; a modal one hears alone. */
export interface Layer {
  /** 0 the window, 1 a screen, 2 a sheet over it, 3 a dialog, 4 the cover over all of it, 5 what is heard over anything. */
  level: number;
  /** Nothing below hears keys. Scans still go down, unless the layer refuses them. */
  modal?: boolean;
  /** A decision is open: a scan is refused, and the refusal is heard. */
  refuses?: boolean;
  /** Steps aside for a scan, which goes on down: nothing was to be decided here. */
  yields?: () => void;
  /** What each action does; `false` says that it was not for this layer just now. */
  on: Partial<Record<Action, () => boolean | void>>;
  /** Takes a scanned code. */
  scan?: (text: string) => void;
  /** Takes a typed character that no field has focus for. */
  type?: (character: string) => void;
}

/** Hears every key of the window once, below focus, and hands it to the layer it is for. */
class Keyboard {
  #layers: Layer[] = [];
  #held: Held = NOTHING;
  #timer = 0;
  /** What was let through as typing a moment ago, in case it was the head of a scan. */
  #lately = { text: '', at: 0 };
  /** Called when a scan came while nobody could take it. */
  refuse: () => void = () => undefined;

  /** Adds a layer; what comes back takes it away. */
  open(layer: Layer): () => void {
    this.#layers = [layer, ...this.#layers].sort((a, b) => b.level - a.level);
    return () => {
      this.#layers = this.#layers.filter((other) => other !== layer);
    };
  }

  /** Starts listening on the window. */
  listen(): () => void {
    const down = (event: KeyboardEvent) => this.#down(event);
    const menu = (event: Event) => event.preventDefault();
    window.addEventListener('keydown', down, true);
    window.addEventListener('contextmenu', menu, true);
    return () => {
      window.removeEventListener('keydown', down, true);
      window.removeEventListener('contextmenu', menu, true);
    };
  }

  #down(event: KeyboardEvent): void {
    if (event.isComposing || event.key === 'Process' || event.key === 'Dead') return;
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (plain && [...event.key].length === 1 && !event.repeat && this.#scannable() && !spaceOnButton(event)) {
      event.preventDefault();
      event.stopPropagation();
      const next = press(this.#held, { key: written(event), at: event.timeStamp });
      if (next.heard) this.#hear(next.heard);
      this.#hold(next.held);
      return;
    }
    if (MODIFIERS.has(event.key)) return;
    const { heard, taken } = end(this.#held, { key: event.key, at: event.timeStamp });
    this.#hold(NOTHING);
    if (heard) this.#hear(heard);
    if (taken) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (this.#act(pressed(event), plain)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const homeless = plain && [...event.key].length === 1 && event.key !== ' ' && focusIsNowhere();
    if (homeless) this.#write(event.key);
    if (homeless || isBrowsers(event)) event.preventDefault();
  }

  #hold(held: Held): void {
    this.#held = held;
    clearTimeout(this.#timer);
    const moment = due(held);
    if (moment === null) return;
    this.#wait(moment - held.last);
  }

  /** Judges after a silence. A timer that comes late means a busy window, with keys perhaps still behind it. */
  #wait(silence: number): void {
    const set = performance.now();
    this.#timer = window.setTimeout(() => {
      if (performance.now() - set > silence + LATE_MS) return this.#wait(silence);
      const { held, heard } = lapse(this.#held);
      this.#held = held;
      if (heard) this.#hear(heard);
    }, silence);
  }

  #hear(heard: Heard): void {
    if (heard.kind === 'scan') this.#scan(this.#mended(heard.text));
    else for (const key of heard.keys) if (!this.#act(key, true)) this.#write(key);
  }

  /** A busy PC may let the first keys of a scan through as typing: they are taken back and put in front. */
  #mended(burst: string): string {
    const typed = performance.now() - this.#lately.at < LATELY_MS ? this.#lately.text : '';
    const count = headOf(typed, burst);
    this.#lately = { text: '', at: 0 };
    if (count === 0) return burst;
    const field = editable(document.activeElement);
    if (field) erase(field, count);
    return typed.slice(-count) + burst;
  }

  #scan(text: string): void {
    for (const layer of this.#layers) {
      if (layer.scan) return layer.scan(text);
      if (layer.refuses) break;
      layer.yields?.();
    }
    this.refuse();
  }

  #act(key: string, plain: boolean): boolean {
    const sign = plain && [...key].length === 1;
    if (sign && !signsAct(key)) return false;
    if (key === 'Enter' && document.activeElement instanceof HTMLButtonElement) return false;
    for (const layer of this.#layers) {
      const action = actionFor(key, (offered) => offered in layer.on);
      if (action && layer.on[action]?.() !== false) return true;
      if (layer.modal) return false;
    }
    return false;
  }

  /** Puts a held character where it was meant to go. */
  #write(character: string): void {
    const now = performance.now();
    const before = now - this.#lately.at < LATELY_MS ? this.#lately.text : '';
    // A secret is remembered nowhere.
    this.#lately = { text: isSecret(document.activeElement) ? '' : before + character, at: now };
    if (document.activeElement instanceof HTMLSelectElement) return choose(document.activeElement, character);
    const field = editable(document.activeElement);
    if (field) {
      if (!document.execCommand('insertText', false, character)) insert(field, character);
      return;
    }
    for (const layer of this.#layers) {
      if (layer.type) return layer.type(character);
      if (layer.modal) return;
    }
  }

  #scannable(): boolean {
    return this.#layers.some((layer) => layer.scan);
  }
}

export const keyboard = new Keyboard();

/** How late a timer may be before the window counts as busy. */
const LATE_MS = 12;

/** How long typing may have been the head of a scan. */
const LATELY_MS = 600;

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock']);

/** The pressed key in the words of the keymap; letters with Alt or Ctrl go by their place, whatever the layout. */
function pressed(event: KeyboardEvent): string {
  let key = event.key;
  if (event.altKey || event.ctrlKey) {
    const place = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code);
    if (place?.[1]) key = place[1];
  }
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${key}`;
}

/** Keys the web view would use for itself: reload, find, print, go back, zoom. */
function isBrowsers(event: KeyboardEvent): boolean {
  if (/^F\d{1,2}$/.test(event.key)) return true;
  if (event.ctrlKey && /^[prfguohjdntw+\-=0]$/i.test(event.key)) return true;
  if (event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight' || event.key.length === 1)) return true;
  return event.key === 'Backspace' && !editable(document.activeElement);
}

/** True when no control has focus, so that a character would be lost. */
function focusIsNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

type TextField = HTMLInputElement | HTMLTextAreaElement;

/** The field that takes text, if that is what has focus. */
function editable(element: Element | null): TextField | null {
  if (element instanceof HTMLTextAreaElement) return element.readOnly || element.disabled ? null : element;
  if (!(element instanceof HTMLInputElement)) return null;
  const writes = !['checkbox', 'radio', 'button', 'submit', 'range', 'file'].includes(element.type);
  return writes && !element.readOnly && !element.disabled ? element : null;
}

/** True for a field whose text is a secret: a PIN, a code from the phone, the recovery code. */
function isSecret(element: Element | null): boolean {
  return element instanceof HTMLInputElement && (element.type === 'password' || element.dataset['secret'] !== undefined);
}

/**
 * True when a single sign is a shortcut and not text: no field has focus, or the field says so itself.
 * `data-signs="act"` gives signs away while the field is empty, `data-letters="act"` letters at any time.
 */
function signsAct(sign: string): boolean {
  const focus = document.activeElement;
  if (focus instanceof HTMLSelectElement) return false;
  const field = editable(focus);
  if (field === null) return true;
  if (field.dataset['letters'] === 'act' && /^[a-z]$/i.test(sign)) return true;
  return field.value === '' && field.dataset['signs'] === 'act';
}

/** The character meant: where letters are shortcuts, the letter on the key cap, whatever the layout. */
function written(event: KeyboardEvent): string {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  const lettersAct = editable(document.activeElement)?.dataset['letters'] === 'act';
  return letter && lettersAct && event.key.charCodeAt(0) > 127 ? letter.toLowerCase() : event.key;
}

function spaceOnButton(event: KeyboardEvent): boolean {
  return event.key === ' ' && editable(document.activeElement) === null && document.activeElement !== document.body;
}

/** Goes to the next choice of a list that begins with the typed character. */
function choose(list: HTMLSelectElement, character: string): void {
  const options = [...list.options];
  const after = [...options.slice(list.selectedIndex + 1), ...options];
  const found = after.find((option) => option.text.toLowerCase().startsWith(character.toLowerCase()));
  if (!found) return;
  list.value = found.value;
  list.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Takes back the last characters before the caret. */
function erase(field: TextField, count: number): void {
  const caret = field.selectionStart ?? field.value.length;
  field.setRangeText('', Math.max(0, caret - count), caret, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'deleteContentBackward' }));
}

function insert(field: TextField, text: string): void {
  field.setRangeText(text, field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text, inputType: 'insertText' }));
}
