import { beforeEach, describe, expect, it, vi } from 'vitest';

const asked: [string, Record<string, unknown>][] = [];
let refusal: string | null = null;
let left = 2;
const ravi = { staff: 2, name: 'Ravi', role: 'cashier', role_word: { en: '', hi: '' }, last_login: null, locked_out: false, needs_way_in: false, me: false };
const meena = { ...ravi, staff: 1, name: 'Meena', role: 'owner', me: true };
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (name: string, { request }: { request: Record<string, unknown> }) => {
    asked.push([name, { ...request }]);
    if (refusal) throw { code: refusal, say: { en: '', hi: '' }, hint: { en: '', hi: '' } };
    if (name === 'staff_enrol_begin') return { secret: 'ABC', uri: '', qr: { size: 1, dark: ['1'] } };
    if (name === 'staff_enrol_code') return { left: (left -= 1) };
    if (name === 'staff_remove') return { people: [meena], roles: [] };
    if (name === 'staff_renew_begin') return { groups: ['AAAAA', 'BBBBB', 'CCCCC', 'DDDDD', 'EEEEE', 'FFFFF'], ask: [2, 5] };
    if (name.startsWith('staff_')) return { people: [meena, ravi], roles: [] };
    return null;
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { EnrolDesk, PeopleDesk } = await import('./PeopleDesk.svelte');
const { RenewDesk } = await import('./RenewDesk.svelte');

const names = () => asked.map(([name]) => name);
beforeEach(() => {
  asked.length = 0;
  refusal = null;
  left = 2;
});

const begun = async () => {
  const enrol = new EnrolDesk(null);
  Object.assign(enrol, { name: ' Ravi ', role: 'cashier', pin: '59274816', code: '111111' });
  await enrol.next();
  return enrol;
};

describe('a new person', () => {
  it('is proved by the owner, then by two codes, then types a PIN', async () => {
    const enrol = await begun();
    expect(asked[0]).toEqual(['staff_enrol_begin', { staff: null, name: 'Ravi', role: 'cashier', pin: '59274816', code: '111111' }]);
    expect([enrol.step, enrol.pin, enrol.code, enrol.secret?.secret]).toEqual(['phone', '', '', 'ABC']);
    enrol.code = '222222';
    await enrol.next();
    expect([enrol.step, enrol.left, enrol.code]).toEqual(['phone', 1, '']);
    enrol.code = '333333';
    await enrol.next();
    expect([enrol.step, enrol.secret]).toEqual(['pin', null]);
    Object.assign(enrol, { pin: '482913', pin_again: '482913' });
    expect((await enrol.next())?.people.length).toBe(2);
    expect([enrol.pin, enrol.pin_again]).toEqual(['', '']);
    await enrol.leave();
    expect(names()).not.toContain('staff_enrol_leave');
  });

  it('is asked for nothing before all is typed', async () => {
    const enrol = new EnrolDesk(null);
    expect(enrol.missing).toBe('name');
    enrol.name = 'Ravi';
    expect(enrol.missing).toBe('pin');
    enrol.pin = '59274816';
    expect(enrol.missing).toBe('code');
    await enrol.next();
    expect(asked).toEqual([]);
  });

  it('stays with the owner when PIN or code are wrong, and both are forgotten', async () => {
    refusal = 'staff.wrong';
    const enrol = await begun();
    expect([enrol.step, enrol.name, enrol.pin, enrol.code, enrol.fault?.code]).toEqual(['who', ' Ravi ', '', '', 'staff.wrong']);
    refusal = null;
    await enrol.leave();
    expect(names()).toEqual(['staff_enrol_begin']);
  });

  it('left half way is told to the shop once, and the secret is gone', async () => {
    const enrol = await begun();
    await enrol.leave();
    await enrol.leave();
    expect(names()).toEqual(['staff_enrol_begin', 'staff_enrol_leave']);
    expect(enrol.secret).toBeNull();
  });

  it('a new phone names the person and nothing else', async () => {
    const enrol = new EnrolDesk(ravi as never);
    Object.assign(enrol, { pin: '59274816', code: '111111' });
    await enrol.next();
    expect(asked[0]?.[1]).toMatchObject({ staff: 2, name: '', role: 'cashier' });
  });
});

describe('the people of the shop', () => {
  it('the one above is chosen when the last is removed', async () => {
    const desk = new PeopleDesk();
    await desk.begin();
    desk.move(5);
    expect(desk.chosen?.name).toBe('Ravi');
    desk.show('remove');
    expect(await desk.remove('59274816', '444444')).toBeNull();
    expect(asked.at(-1)?.[1]).toEqual({ staff: 2, pin: '59274816', code: '444444' });
    expect([desk.chosen?.name, desk.panel, desk.done]).toEqual(['Meena', 'none', { what: 'gone', name: 'Ravi' }]);
  });

  it('a refusal keeps the question open', async () => {
    const desk = new PeopleDesk();
    await desk.begin();
    desk.show('remove');
    refusal = 'staff.wrong';
    expect((await desk.remove('1', '2'))?.code).toBe('staff.wrong');
    expect([desk.panel, desk.people.length]).toEqual(['remove', 2]);
  });
});

describe('all keys changed', () => {
  const shown = async () => {
    const renew = new RenewDesk(ravi as never);
    expect(await renew.begin('59274816', '111111')).toBeNull();
    return renew;
  };

  it('shows the paper, asks two groups back, and gives the people of the shop', async () => {
    const renew = await shown();
    expect(asked[0]).toEqual(['staff_renew_begin', { staff: 2, pin: '59274816', code: '111111' }]);
    expect([renew.step, renew.ready, renew.recovery?.ask]).toEqual(['paper', true, [2, 5]]);
    expect(await renew.next()).toBeNull();
    expect([renew.step, renew.ready]).toEqual(['groups', false]);
    renew.answers = [' bbbbb', 'eeeee '];
    expect((await renew.next())?.people.length).toBe(2);
    expect(asked.slice(1)).toEqual([['staff_renew_groups', { answers: ['bbbbb', 'eeeee'] }], ['staff_renew_finish', {}]]);
    expect(renew.recovery).toBeNull();
    await renew.leave();
    expect(names()).not.toContain('staff_renew_leave');
  });

  it('nothing is changed while a group is wrong, and the paper can be looked at again', async () => {
    const renew = await shown();
    await renew.next();
    renew.answers = ['x', 'y'];
    refusal = 'vault.recovery_mistyped';
    expect(await renew.next()).toBeNull();
    expect([renew.step, renew.fault?.code, names().includes('staff_renew_finish')]).toEqual(['groups', 'vault.recovery_mistyped', false]);
    expect([renew.back(), renew.step, renew.recovery !== null]).toEqual([false, 'paper', true]);
    expect(renew.back()).toBe(true);
  });

  it('left half way is told to the shop once, and the paper is gone', async () => {
    const renew = await shown();
    refusal = null;
    await renew.leave();
    await renew.leave();
    expect(names()).toEqual(['staff_renew_begin', 'staff_renew_leave']);
    expect(renew.recovery).toBeNull();
  });

  it('needs nobody to leave', async () => {
    await new RenewDesk(null).begin('59274816', '111111');
    expect(asked[0]?.[1]).toMatchObject({ staff: null });
  });
});
