import { beforeEach, describe, expect, it, vi } from 'vitest';

const asked: [string, Record<string, unknown>][] = [];
let refusal: string | null = null;
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (name: string, { request }: { request: Record<string, unknown> }) => {
    asked.push([name, { ...request }]);
    if (refusal) throw { code: refusal, say: { en: '', hi: '' }, hint: { en: '', hi: '' } };
    if (name === 'recover_begin') return { secret: 'ABC', uri: '', qr: { size: 1, dark: ['1'] } };
    if (name === 'setup_recovery') return { groups: ['A', 'B', 'C', 'D', 'E', 'F'], ask: [2, 5] };
    if (name === 'setup_key_place') return { words: { en: 'A file.', hi: '' } };
    return name === 'recover_finish' ? { person: {} } : null;
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { RecoverDesk } = await import('./RecoverDesk.svelte');

const PAPER = '01234-56789-ABCDE FGHJK MNPQR STVWX';
const names = () => asked.map(([name]) => name);
beforeEach(() => {
  asked.length = 0;
  refusal = null;
});

describe('the recovery', () => {
  it('goes from the old paper over a phone and a new paper to a new PIN', async () => {
    const desk = new RecoverDesk();
    desk.paper = PAPER;
    await desk.next();
    expect([desk.step, desk.paper, asked[0]?.[1]]).toEqual(['code', '', { code: PAPER }]);
    desk.code = '123456';
    await desk.next();
    expect([desk.step, desk.code, desk.secret]).toEqual(['recovery', '', null]);
    await desk.next();
    desk.answers = ['B', 'E '];
    await desk.next();
    expect([desk.step, desk.recovery]).toEqual(['key', null]);
    await desk.next();
    expect(desk.step).toBe('owner');
    Object.assign(desk, { owner_name: 'Meena', pin: '59274816', pin_again: '59274816' });
    expect(await desk.next()).not.toBeNull();
    expect([desk.pin, desk.pin_again]).toEqual(['', '']);
    expect(names()).toEqual(['recover_begin', 'setup_code', 'setup_recovery', 'setup_groups', 'setup_key_place', 'setup_key_place', 'recover_finish']);
    expect(asked[3]?.[1]).toEqual({ answers: ['B', 'E'] });
  });

  it.each([['', 0], ['0123', 4], [PAPER, 30], [`${PAPER}0`, 31]])('counts what is typed of %j: %i', (paper, typed) => {
    const desk = new RecoverDesk();
    desk.paper = paper;
    expect([desk.typed, desk.ready]).toEqual([typed, typed === 30]);
  });

  it('shows what is typed in the groups of the paper', () => {
    const desk = new RecoverDesk();
    desk.paper = '01234-56789 ab';
    expect(desk.groups).toEqual(['01234', '56789', 'AB']);
  });

  it.each([['vault.recovery_mistyped', 0], ['vault.recovery_group_3', 3], ['vault.recovery_refused', 0]])(
    'a paper refused with %s stays as it was typed, with group %i marked',
    async (code, group) => {
      refusal = code;
      const desk = new RecoverDesk();
      desk.paper = PAPER;
      await desk.next();
      expect([desk.step, desk.paper, desk.wrong]).toEqual(['paper', PAPER, group]);
      await desk.back();
      expect(desk.paper).toBe('');
    },
  );

  it('keeps this PC’s key where it is said, and asks again where it cannot', async () => {
    const desk = new RecoverDesk();
    desk.step = 'key';
    await desk.place.look();
    expect([desk.ready, desk.place.here?.en]).toEqual([true, 'A file.']);
    Object.assign(desk.place, { choice: 'stick', stick: ' /media/key ' });
    refusal = 'desk.no_stick';
    await desk.next();
    expect([desk.step, desk.place.fault?.code]).toEqual(['key', 'desk.no_stick']);
    desk.place.type('/media/other');
    refusal = null;
    await desk.next();
    expect([desk.step, desk.place.fault]).toEqual(['owner', null]);
    expect(asked.map(([, request]) => request['stick'])).toEqual([null, '/media/key', '/media/other']);
  });

  it('leads back out, and the shop drops the new phone', async () => {
    const desk = new RecoverDesk();
    desk.paper = PAPER;
    await desk.next();
    expect(await desk.back()).toBe(false);
    expect([desk.step, desk.secret, names()]).toEqual(['paper', null, ['recover_begin', 'recover_leave']]);
    expect(await desk.back()).toBe(true);
  });
});
