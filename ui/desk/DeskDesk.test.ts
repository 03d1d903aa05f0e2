import { beforeEach, describe, expect, it, vi } from 'vitest';

const asked: [string, Record<string, string>][] = [];
let stage = 'open';
let refusal: string | null = null;
const person = (name: string, may: string[]) => ({ name, role: { en: '', hi: '' }, code: 'cashier', may });
const open = (name: string, may = ['sell']) => ({ person: person(name, may), notices: [], doubts: [], settings: {} });
const people = [
  { slot: '1', name: 'Meena', role: { en: '', hi: '' }, pin_alone: true, here: false },
  { slot: '2', name: 'Ravi', role: { en: '', hi: '' }, pin_alone: false, here: true },
];
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (name: string, { request }: { request: Record<string, string> }) => {
    asked.push([name, { ...request }]);
    if (name === 'desk_state') return { stage, fault: null, people, screen: { theme: 'system', language: 'en' }, shop_name: '', data_dir: '' };
    if (name === 'desk_cover') stage = 'covered';
    if (name === 'desk_uncover' || name.startsWith('desk_unlock')) {
      if (refusal) throw { code: refusal, say: { en: '', hi: '' }, hint: { en: '', hi: '' } };
      return open(request['slot'] === '1' ? 'Meena' : 'Ravi');
    }
    return null;
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { DeskDesk, LOCKED_FULLY, LockDesk } = await import('./DeskDesk.svelte');

const emptied = vi.fn();
const atBills = async () => {
  stage = 'locked';
  const desk = new DeskDesk(emptied);
  await desk.look();
  stage = 'open';
  desk.enter(open('Ravi', ['sell', 'see_bills']) as never);
  desk.go('bills');
  asked.length = 0;
  return desk;
};

beforeEach(() => {
  stage = 'open';
  refusal = null;
  asked.length = 0;
  emptied.mockClear();
});

describe('the cover', () => {
  it('goes up once, and leaves the shop behind it', async () => {
    const desk = await atBills();
    await desk.cover();
    expect([desk.covered, desk.open?.person.name]).toEqual([true, 'Ravi']);
    await desk.cover();
    expect(asked.map(([name]) => name)).toEqual(['desk_cover', 'desk_state']);
  });

  it('comes down for the same person where they were', async () => {
    const desk = await atBills();
    await desk.cover();
    const turn = desk.turn;
    desk.uncover(open('Ravi', ['sell', 'see_bills']) as never, '2');
    expect([desk.covered, desk.route, desk.turn]).toEqual([false, 'bills', turn]);
  });

  it('comes down for another person at the counter, on fresh screens', async () => {
    const desk = await atBills();
    await desk.cover();
    const turn = desk.turn;
    desk.uncover(open('Meena') as never, '1');
    expect([desk.covered, desk.route, desk.turn, desk.open?.person.name]).toEqual([false, 'counter', turn + 1, 'Meena']);
  });

  it('shows people in one order, whatever the shop says', async () => {
    const desk = await atBills();
    people.reverse();
    await desk.cover();
    people.reverse();
    expect(desk.view?.people.map(({ name }) => name)).toEqual(['Meena', 'Ravi']);
  });

  it('is no way into a place one may not enter', async () => {
    const desk = await atBills();
    expect(desk.go('people')).toBe(false);
    expect(desk.route).toBe('bills');
  });
});

describe('the full lock', () => {
  it('empties the page', async () => {
    const desk = await atBills();
    await desk.lock();
    expect(emptied).toHaveBeenCalledExactlyOnceWith('');
  });

  it.each([['desk.locked_fully', LOCKED_FULLY], ['desk.locked', '']])('%s empties it too', async (code, why) => {
    const desk = await atBills();
    stage = 'locked';
    await desk.shut({ code, say: { en: '', hi: '' }, hint: { en: '', hi: '' } });
    expect(emptied).toHaveBeenCalledExactlyOnceWith(why);
    await desk.look();
    expect(emptied).toHaveBeenCalledExactlyOnceWith(why);
  });
});

describe('one try at the lock', () => {
  it.each([[true, 'desk_uncover'], [false, 'desk_unlock']])('covered %s: %s; PIN and code are gone before the answer', async (covered, command) => {
    refusal = 'vault.wrong';
    const lock = new LockDesk();
    Object.assign(lock, { slot: '1', pin: '59274816', code: '123456' });
    const answer = lock.unlock(covered);
    expect([lock.pin, lock.code]).toEqual(['', '']);
    expect(await answer).toBeNull();
    expect(asked).toEqual([[command, { slot: '1', pin: '59274816', code: '123456' }]]);
    expect(lock.fault?.code).toBe('vault.wrong');
  });

  it('asks for two codes when the clock is lost, and forgets both after one try', async () => {
    refusal = 'vault.refused';
    const lock = new LockDesk();
    lock.turnLost(true);
    Object.assign(lock, { slot: '1', pin: '59274816', code: '123456', next_code: '654321' });
    expect(await lock.unlock(false)).toBeNull();
    expect(asked).toEqual([['desk_unlock_lost', { slot: '1', pin: '59274816', code: '123456', next_code: '654321' }]]);
    expect([lock.pin, lock.code, lock.next_code, lock.lost]).toEqual(['', '', '', true]);
    lock.turnLost(false);
    expect([lock.lost, lock.fault]).toEqual([false, null]);
  });
});
