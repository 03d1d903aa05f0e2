import { describe, expect, it } from 'vitest';
import { due, end, judge, NOTHING, press, type Heard, type Held } from './scanner';

/** Plays a recorded trace of keys the way the window would, timers included. */
function play(trace: [key: string, at: number][]): (Heard | { kind: 'key'; key: string })[] {
  const out: (Heard | { kind: 'key'; key: string })[] = [];
  let held: Held = NOTHING;
  const lapse = (now: number) => {
    const moment = due(held);
    if (moment === null || moment > now) return;
    const heard = judge(held);
    held = NOTHING;
    if (heard) out.push(heard);
  };
  for (const [key, at] of trace) {
    lapse(at);
    if (key.length === 1) {
      const next = press(held, { key, at });
      held = next.held;
      if (next.heard) out.push(next.heard);
    } else {
      const { heard, taken } = end(held, { key, at });
      held = NOTHING;
      if (heard) out.push(heard);
      if (!taken) out.push({ kind: 'key', key });
    }
  }
  lapse(Number.MAX_SAFE_INTEGER);
  return out;
}

/** Spells a text with one gap between all keys. */
const spell = (text: string, from: number, gap: number): [string, number][] =>
  [...text].map((key, index) => [key, from + index * gap]);

describe('a scanner and a typist are told apart', () => {
  it('a USB scanner at 2 ms a key, ending in Enter', () => {
    expect(play([...spell('8901262010016', 1000, 2), ['Enter', 1026]])).toEqual([{ kind: 'scan', text: '8901262010016' }]);
  });

  it('a slow Bluetooth scanner at 30 ms a key, ending in Tab', () => {
    expect(play([...spell('8901262010016', 0, 30), ['Tab', 390]])).toEqual([{ kind: 'scan', text: '8901262010016' }]);
  });

  it('a scanner that sends no ending is heard after its silence', () => {
    expect(play(spell('20415000', 0, 4))).toEqual([{ kind: 'scan', text: '20415000' }]);
  });

  it('one hiccup of 50 ms inside a burst does not cut it', () => {
    expect(play([...spell('89012', 0, 5), ...spell('62010016', 70, 5), ['Enter', 110]])).toEqual([
      { kind: 'scan', text: '8901262010016' },
    ]);
  });

  it('keys sent by a driver within one millisecond', () => {
    expect(play([...spell('8901030865278', 5, 0), ['Enter', 5]])).toEqual([{ kind: 'scan', text: '8901030865278' }]);
  });

  it('two scans one after the other', () => {
    expect(play([...spell('1111111', 0, 2), ['Enter', 14], ...spell('2222222', 40, 2), ['Enter', 54]])).toEqual([
      { kind: 'scan', text: '1111111' },
      { kind: 'scan', text: '2222222' },
    ]);
  });

  it('a fast typist at 70 ms a key, and Enter', () => {
    expect(play([...spell('dal', 0, 70), ['Enter', 210]])).toEqual([
      { kind: 'typed', keys: ['d'] },
      { kind: 'typed', keys: ['a'] },
      { kind: 'typed', keys: ['l'] },
      { kind: 'key', key: 'Enter' },
    ]);
  });

  it('two keys rolled within 20 ms stay typing', () => {
    expect(play([['a', 0], ['m', 20], ['u', 150], ['l', 160]])).toEqual([
      { kind: 'typed', keys: ['a', 'm'] },
      { kind: 'typed', keys: ['u', 'l'] },
    ]);
  });

  it('a short code hammered in with Enter stays typing, in order', () => {
    expect(play([...spell('101', 0, 10), ['Enter', 30]])).toEqual([
      { kind: 'typed', keys: ['1', '0', '1'] },
      { kind: 'key', key: 'Enter' },
    ]);
  });

  it('a quantity typed before a scan is typing, the scan is a scan', () => {
    expect(play([['3', 0], ['*', 180], ...spell('8901262010016', 900, 2), ['Enter', 926]])).toEqual([
      { kind: 'typed', keys: ['3'] },
      { kind: 'typed', keys: ['*'] },
      { kind: 'scan', text: '8901262010016' },
    ]);
  });

  it('F12 within the silence of a scan without ending comes after the scan', () => {
    expect(play([...spell('20415000', 0, 4), ['F12', 50]])).toEqual([
      { kind: 'scan', text: '20415000' },
      { kind: 'key', key: 'F12' },
    ]);
  });

  it('an Enter pressed by hand long after a scan is not swallowed', () => {
    expect(play([...spell('20415000', 0, 4), ['Enter', 400]])).toEqual([
      { kind: 'scan', text: '20415000' },
      { kind: 'key', key: 'Enter' },
    ]);
  });
});
