/**
 * Tells a scanner's burst from a typist, by the time between keys alone.
 *
 * Keys are held until it is clear what they are. A burst is at least four characters, each within 35 ms of
 * the one before; Enter, Tab or 60 ms of silence ends it. Anything else is typing and is let through in order.
 */

/** A key that writes one character, and when it was pressed, in milliseconds. */
export interface Stroke { key: string; at: number }

/** What the held keys turned out to be. */
export type Heard = { kind: 'scan'; text: string } | { kind: 'typed'; keys: string[] };

/** The keys held back so far. */
export interface Held { readonly keys: readonly string[]; readonly last: number }

export const NOTHING: Held = { keys: [], last: 0 };
export const GAP_MS = 35;
export const SILENCE_MS = 60;
export const BURST_MIN = 4;

/** Takes in one character; gives back what is held now and what the keys before it were, if that is now clear. */
export function press(held: Held, stroke: Stroke): { held: Held; heard: Heard | null } {
  if (held.keys.length > 0 && stroke.at - held.last < patience(held)) {
    return { held: { keys: [...held.keys, stroke.key], last: stroke.at }, heard: null };
  }
  return { held: { keys: [stroke.key], last: stroke.at }, heard: judge(held) };
}

/** Takes in a key that may end a burst; `taken` says that it belonged to the scanner and is not for anyone else. */
export function end(held: Held, stroke: Stroke): { heard: Heard | null; taken: boolean } {
  const heard = judge(held);
  const taken = heard?.kind === 'scan' && (stroke.key === 'Enter' || stroke.key === 'Tab') && stroke.at - held.last < SILENCE_MS;
  return { heard, taken };
}

/** The moment at which the held keys are judged if nothing more comes; null when nothing is held. */
export function due(held: Held): number | null {
  return held.keys.length === 0 ? null : held.last + patience(held);
}

/** Says what the held keys are, without waiting for more. */
export function judge(held: Held): Heard | null {
  if (held.keys.length === 0) return null;
  if (held.keys.length < BURST_MIN) return { kind: 'typed', keys: [...held.keys] };
  return { kind: 'scan', text: held.keys.join('') };
}

function patience(held: Held): number {
  return held.keys.length >= BURST_MIN ? SILENCE_MS : GAP_MS;
}
