import { describe, expect, it } from 'vitest';
import { due, end, headOf, isWhole, lapse, NOTHING, press, type Heard, type Held } from './scanner';

/** Plays a recorded trace of keys the way the window would, timers included. */
function play(trace: [key: string, at: number][]): (Heard | { kind: 'key'; key: string })[] {
  const out: (Heard | { kind: 'key'; key: string })[] = [];
  let held: Held = NOTHING;
  const wait = (now: number) => {
    const moment = due(held);
    if (moment === null || moment > now) return;
    const next = lapse(held);
    held = next.held;
    if (next.heard) out.push(next.heard);
  };
  for (const [key, at] of trace) {
    wait(at);
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
  wait(Number.MAX_SAFE_INTEGER);
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

  it('a busy PC does not cut a scan in two', () => {
    expect(play([...spell('8901262', 0, 3), ...spell('010016', 180, 3), ['Enter', 400]])).toEqual([
      { kind: 'scan', text: '8901262010016' },
    ]);
  });

  it("the scanner's Enter that straggles behind its silence is still its own", () => {
    expect(play([...spell('8901262010016', 0, 3), ['Enter', 200]])).toEqual([{ kind: 'scan', text: '8901262010016' }]);
  });

  it('after a scan with its own Enter, the next Enter is the cashier', () => {
    expect(play([...spell('8901262010016', 0, 3), ['Enter', 40], ['Enter', 60]])).toEqual([
      { kind: 'scan', text: '8901262010016' },
      { kind: 'key', key: 'Enter' },
    ]);
  });

  it.each([
    ['8', '904043901015', 1],
    ['3*89', '04043901015', 2],
    ['3*', '8904043901015', 0],
    ['8', '904043901016', 0],
    ['', '904043901015', 0],
  ])('typed %s before the burst %s: %i of it were the head', (typed, burst, count) => expect(headOf(typed, burst)).toBe(count));

  it.each([['8901262010016', true], ['8901262010017', false], ['96385074', true], ['036000291452', true], ['8901262', false], ['ABCD1234', false]])(
    '%s is a whole barcode: %s',
    (text, whole) => expect(isWhole(text)).toBe(whole),
  );

  it('an Enter pressed by hand long after a scan is not swallowed', () => {
    expect(play([...spell('20415000', 0, 4), ['Enter', 400]])).toEqual([
      { kind: 'scan', text: '20415000' },
      { kind: 'key', key: 'Enter' },
    ]);
  });
});
