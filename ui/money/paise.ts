import type { Paise } from '../ipc/commands.gen';

export type { Paise };

/** Rupees in Indian grouping and the two digits of paise, ready to be set in different sizes. */
export interface Figure { minus: boolean; rupees: string; paise: string }

/** Takes an amount apart by its digits; no sum is done here. */
export function figure(amount: Paise): Figure {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return { minus: amount < 0, rupees: grouped(digits.slice(0, -2)), paise: digits.slice(-2) };
}

/** `1,954.00`, with a true minus sign; how every table and sum shows money. */
export function shown(amount: Paise): string {
  const { minus, rupees, paise } = figure(amount);
  return `${minus ? '−' : ''}${rupees}.${paise}`;
}

/** `1954.00`: the amount as a person would type it, for sending back to the shop. */
export function typed(amount: Paise): string {
  const { minus, rupees, paise } = figure(amount);
  return `${minus ? '-' : ''}${rupees.replaceAll(',', '')}.${paise}`;
}

/** `1,954` when there are no paise, `1,954.50` when there are. */
export function brief(amount: Paise): string {
  const full = shown(amount);
  return full.endsWith('.00') ? full.slice(0, -3) : full;
}

/** Groups a row of digits the Indian way: three from the right, then twos. */
export function grouped(digits: string): string {
  if (digits.length <= 3) return digits;
  const head = digits.slice(0, -3).replace(/\B(?=(\d{2})+$)/g, ',');
  return `${head},${digits.slice(-3)}`;
}

/** A price text such as `1640.5` or `1640` from the shop, grouped for reading; anything else is left alone. */
export function price(text: string): string {
  const match = /^(\d+)(\.\d+)?$/.exec(text);
  return match ? `${grouped(match[1] ?? '')}${match[2] ?? ''}` : text;
}
