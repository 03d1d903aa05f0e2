import { describe, expect, it } from 'vitest';
import { actionFor, cap, keymap, sheet, type Action } from './keymap';

const all = Object.entries(keymap) as [Action, { key: string; place: string }][];

describe('the keymap', () => {
  it('gives no key two meanings in one place, but for the two halves of the items room', () => {
    const seen = new Map<string, Action>();
    for (const [action, { key, place }] of all) {
      const where = `${place} ${key.toLowerCase()}`;
      if (action !== 'other_file') expect(seen.get(where), `${where} is also ${action}`).toBeUndefined();
      seen.set(where, action);
    }
  });

  it('gives no key of the whole window a second meaning on a screen', () => {
    const everywhere = all.filter(([, { place }]) => place === 'anywhere').map(([, { key }]) => key.toLowerCase());
    for (const [action, { key, place }] of all) {
      if (place !== 'anywhere' && place !== 'desk') expect(everywhere, action).not.toContain(key.toLowerCase());
    }
  });

  it('has each shortcut of the shop on the sheet of keys', () => {
    const places = new Set(all.map(([, { place }]) => place).filter((place) => place !== 'desk'));
    expect(new Set(sheet().map((page) => page.place))).toEqual(places);
  });

  it('is found by what is offered', () => {
    expect(actionFor('Enter', (action) => action === 'done')).toBe('done');
    expect(actionFor('alt+b', () => true)).toBe('bills');
    expect(actionFor('F6', (action) => action !== 'theme')).toBeNull();
  });

  it('is drawn as it stands on the keyboard', () => {
    expect([cap('cash'), cap('unknown_skip'), cap('favourite_3'), cap('take_cash'), cap('abandon')]).toEqual(['F12', 'Esc', 'Alt 3', 'C', 'Ctrl Del']);
  });
});
