import { describe, expect, it, vi } from 'vitest';
import type { OpenView } from '../ipc/commands.gen';

vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (name: string, { request }: { request: { number?: string } }) => {
    if (name === 'bills_save') return { path: '/papers/A-1.pdf' };
    if (name === 'bills_find') return { rows: [{ number: 'A/1' }, { number: 'A/2' }], more: false, count: 2, sum: 0 };
    return { number: request.number, pages: [], paper: 'a4', language: 'en' };
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));

const { BillsDesk } = await import('./BillsDesk.svelte');
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('what is said beside a bill', () => {
  it('stays while the bill is shown, and goes with the next', async () => {
    const desk = new BillsDesk({ day: '2026-11-22', settings: { paper: 'a4', paper_language: 'en' } } as OpenView);
    await desk.find();
    desk.save();
    await settled();
    expect([desk.chosen, desk.notice?.code]).toEqual(['A/1', 'bills.saved']);
    await desk.find();
    expect(desk.notice?.code).toBe('bills.saved');
    await desk.move(1);
    expect([desk.chosen, desk.notice]).toEqual(['A/2', null]);
  });
});
