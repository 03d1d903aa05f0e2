import { describe, expect, it } from 'vitest';
import { Idle } from './idle';

const minutes = { screen: 3, full: 30 };
const at = (minute: number) => minute * 60_000;

describe('a till that nobody touches', () => {
  it.each([
    ['a moment before', at(3) - 1, false, null],
    ['after three minutes', at(3), false, 'cover'],
    ['while it is covered', at(4), true, null],
    ['after half an hour under the cover', at(30), true, 'lock'],
    ['after half an hour of sleep, never covered', at(600), false, 'lock'],
  ])('%s', (_, now, covered, due) => expect(new Idle(0).due(now, minutes, covered)).toBe(due));

  it('counts anew from the last touch', () => {
    const idle = new Idle(0);
    idle.touch(at(2));
    expect(idle.due(at(4), minutes, false)).toBeNull();
    expect(idle.due(at(5), minutes, false)).toBe('cover');
  });

  it('goes on counting when the clock is put back', () => {
    const idle = new Idle(at(100));
    expect(idle.due(at(10), minutes, false)).toBeNull();
    expect(idle.due(at(13), minutes, false)).toBe('cover');
  });
});
