import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Fault } from './commands.gen';

const sent: [string, unknown][] = [];
let reply: (name: string, request: { pin?: string }) => unknown = () => null;
vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (name: string, { request }: { request: { pin?: string } }) => {
    sent.push([name, request]);
    const answer = reply(name, request);
    if (typeof answer === 'object' && answer !== null && 'code' in answer) throw answer;
    return answer;
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));
const { approval, call, onShut } = await import('./call');

const fault = (code: string): Fault => ({ code, say: { en: code, hi: code }, hint: { en: '', hi: '' } });
const manager = { slot: '2', name: 'Lakshmi', role_word: { en: 'manager', hi: 'मैनेजर' }, pin_alone: true };
const names = () => sent.map(([name]) => name);
const asked = async () => {
  await vi.waitFor(() => expect(approval.asked).not.toBeNull());
};

/** The shop: a discount needs a yes until it was given, PIN 2222 gives it. */
function shop(approvers: object[]): void {
  let given = false;
  reply = (name, request) => {
    switch (name) {
      case 'staff_approvers': return approvers;
      case 'staff_approve': return request.pin === '2222' ? ((given = true), null) : fault('staff.wrong');
      case 'sale_discount': return given ? ((given = false), { id: 'bill' }) : fault('staff.needs_yes');
      default: return fault('sale.other');
    }
  };
}

describe('what somebody else must say yes to', () => {
  const request = { line: 1, discount: '20%' };
  beforeEach(() => void sent.splice(0));

  it('is sent once more, word for word, after the yes', async () => {
    shop([manager]);
    const answer = call('sale_discount', request);
    await asked();
    expect(approval.asked?.fault.code).toBe('staff.needs_yes');
    expect(await approval.approve('2', '2222', '')).toBeNull();
    expect(await answer).toEqual({ ok: true, view: { id: 'bill' } });
    expect(names()).toEqual(['sale_discount', 'staff_approvers', 'staff_approve', 'sale_discount']);
    expect(sent[3]?.[1]).toEqual(sent[0]?.[1]);
    expect(approval.asked).toBeNull();
  });

  it('waits on while the PIN is wrong', async () => {
    shop([manager]);
    const answer = call('sale_discount', request);
    await asked();
    expect((await approval.approve('2', '1111', ''))?.code).toBe('staff.wrong');
    expect(approval.asked).not.toBeNull();
    await approval.approve('2', '2222', '');
    expect((await answer).ok).toBe(true);
  });

  it('is asked for again where a yes does not reach so far', async () => {
    shop([manager, { ...manager, slot: '1', name: 'Meena' }]);
    const all = reply;
    let yes = 0;
    reply = (name, request) => {
      if (name === 'staff_approve') yes += 1;
      return name === 'sale_discount' && yes < 2 ? fault('staff.needs_yes') : all(name, request);
    };
    const answer = call('sale_discount', request);
    await asked();
    await approval.approve('2', '2222', '');
    await vi.waitFor(() => expect(names().filter((name) => name === 'staff_approvers').length).toBe(2));
    await asked();
    await approval.approve('1', '2222', '');
    expect((await answer).ok).toBe(true);
  });

  it('asks for the code again where the PIN alone is no longer enough', async () => {
    shop([manager]);
    const answer = call('sale_discount', request);
    await asked();
    shop([{ ...manager, pin_alone: false }]);
    await approval.approve('2', '1111', '');
    expect(approval.asked?.people[0]?.pin_alone).toBe(false);
    approval.leave();
    await answer;
  });

  it('comes back refused when the dialog is left', async () => {
    shop([manager]);
    const answer = call('sale_discount', request);
    await asked();
    approval.leave();
    expect(await answer).toMatchObject({ ok: false, fault: { code: 'staff.needs_yes' } });
    expect(names()).toEqual(['sale_discount', 'staff_approvers']);
    expect(approval.asked).toBeNull();
  });

  it('comes back refused at once when nobody may', async () => {
    shop([]);
    expect(await call('sale_discount', request)).toMatchObject({ ok: false, fault: { code: 'staff.needs_yes' } });
    expect(approval.asked).toBeNull();
  });

  it('is asked for one thing at a time', async () => {
    shop([manager]);
    const first = call('sale_discount', request);
    await asked();
    expect((await call('sale_discount', { line: 2, discount: '50%' })).ok).toBe(false);
    expect(approval.asked).not.toBeNull();
    approval.leave();
    await first;
  });

  it('any other refusal asks nobody', async () => {
    shop([manager]);
    expect((await call('sale_bill', {})).ok).toBe(false);
    expect(names()).toEqual(['sale_bill']);
  });
});

describe('a shop that shut itself', () => {
  it.each([['desk.locked', 1], ['desk.locked_fully', 1], ['sale.empty', 0]])('%s is told %i times', async (code, times) => {
    const told = vi.fn();
    onShut(told);
    reply = () => fault(code);
    await call('sale_bill', {});
    expect(told).toHaveBeenCalledTimes(times);
  });
});
