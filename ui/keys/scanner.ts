/**
 * Tells a scanner's burst from a typist, by the time between keys alone.
 *
 * Keys are held until it is clear what they are. A burst is at least four characters, each within 35 ms of
 * the one before; Enter, Tab or silence ends it. Silence is 60 ms after a whole barcode and 250 ms after
 * anything else, so that a PC busy elsewhere does not cut a scan in two. All else is typing, let through in order.
 */

/** A key that writes one character, and when it was pressed, in milliseconds. */
export interface Stroke { key: string; at: number }

/** What the held keys turned out to be. */
export type Heard = { kind: 'scan'; text: string } | { kind: 'typed'; keys: string[] };

/** The keys held back so far, and when a scan was last ended by silence: its own Enter may still come. */
export interface Held { readonly keys: readonly string[]; readonly last: number; readonly silenced: number | null }

export const NOTHING: Held = { keys: [], last: 0, silenced: null };
export const GAP_MS = 35;
export const SILENCE_MS = 60;
export const STRAGGLER_MS = 250;
export const BURST_MIN = 4;

/** Takes in one character; gives back what is held now and what the keys before it were, if that is now clear. */
export function press(held: Held, stroke: Stroke): { held: Held; heard: Heard | null } {
  if (held.keys.length > 0 && stroke.at - held.last < patience(held)) {
    return { held: { keys: [...held.keys, stroke.key], last: stroke.at, silenced: null }, heard: null };
  }
  return { held: { keys: [stroke.key], last: stroke.at, silenced: null }, heard: judge(held) };
}

/** Takes in a key that may end a burst; `taken` says that it was the scanner's own and is for nobody else. */
export function end(held: Held, stroke: Stroke): { heard: Heard | null; taken: boolean } {
  const heard = judge(held);
  const ending = stroke.key === 'Enter' || stroke.key === 'Tab';
  const burst = heard?.kind === 'scan' ? held.last : heard === null ? held.silenced : null;
  return { heard, taken: ending && burst !== null && stroke.at - burst < STRAGGLER_MS };
}

/** The moment at which the held keys are judged if nothing more comes; null when nothing is held. */
export function due(held: Held): number | null {
  return held.keys.length === 0 ? null : held.last + patience(held);
}

/** Silence: the held keys are judged, and a scan is remembered for the Enter that may straggle behind it. */
export function lapse(held: Held): { held: Held; heard: Heard | null } {
  const heard = judge(held);
  return { held: { ...NOTHING, silenced: heard?.kind === 'scan' ? held.last : null }, heard };
}

function judge(held: Held): Heard | null {
  if (held.keys.length === 0) return null;
  if (held.keys.length < BURST_MIN) return { kind: 'typed', keys: [...held.keys] };
  return { kind: 'scan', text: held.keys.join('') };
}

function patience(held: Held): number {
  if (held.keys.length < BURST_MIN) return GAP_MS;
  return isWhole(held.keys.join('')) ? SILENCE_MS : STRAGGLER_MS;
}

/**
 * How many characters let through as typing just before a burst were the head of it: none if the burst is whole
 * by itself, else as many as make it a whole barcode.
 */
export function headOf(typed: string, burst: string): number {
  if (isWhole(burst)) return 0;
  for (let count = 1; count < BURST_MIN && count <= typed.length; count += 1) {
    if (isWhole(typed.slice(-count) + burst)) return count;
  }
  return 0;
}

/** True for an EAN-8, UPC-A, EAN-13 or GTIN-14 whose check digit is right (GS1 General Specifications, 7.9). */
export function isWhole(text: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(text)) return false;
  const digits = [...text].map(Number).reverse();
  return digits.reduce((sum, digit, place) => sum + digit * (place % 2 === 0 ? 1 : 3), 0) % 10 === 0;
}
