import { beforeEach, describe, expect, it, vi } from 'vitest';

const asked = vi.fn();
vi.mock('@tauri-apps/api/core', () => ({ invoke: (name: string, { request }: { request: unknown }) => asked(name, request) }));
vi.mock('@tauri-apps/api/event', () => ({ listen: () => Promise.resolve(() => undefined) }));

const { SheetDesk } = await import('./SheetDesk.svelte');
const names = () => asked.mock.calls.map(([name]) => name as string);
let chosen: string | null;

beforeEach(() => {
  chosen = '/media/stick';
  asked.mockReset();
  asked.mockImplementation(async (name: string, request: { folder?: string }) => {
    if (name === 'file_choose') return { path: chosen };
    return request.folder === undefined ? { printed: 'queued', printer: 'Laser', path: null } : { printed: null, printer: '', path: `${request.folder}/x.pdf` };
  });
});

describe('a sheet on its way to paper', () => {
  it('goes to the printer without a folder', async () => {
    const desk = new SheetDesk('recovery_paper');
    await desk.print();
    expect(asked).toHaveBeenCalledExactlyOnceWith('recovery_paper', { language: 'en' });
    expect(desk.done?.printer).toBe('Laser');
  });

  it('warns before a code is saved, and saves nothing when the owner leaves it', async () => {
    const desk = new SheetDesk('recovery_paper');
    await desk.save();
    expect(desk.warning).toBe(true);
    expect(names()).toEqual([]);
    desk.leave();
    expect(desk.warning).toBe(false);
    await desk.save();
    await desk.choose();
    expect(names()).toEqual(['file_choose', 'recovery_paper']);
    expect(desk.done?.path).toBe('/media/stick/x.pdf');
    expect(desk.warning).toBe(false);
  });

  it('saves what is no secret at once, and nothing where no folder was chosen', async () => {
    const desk = new SheetDesk('stolen_paper');
    await desk.save();
    expect(names()).toEqual(['file_choose', 'stolen_paper']);
    chosen = null;
    await desk.save();
    expect(names()).toEqual(['file_choose', 'stolen_paper', 'file_choose']);
  });
});
