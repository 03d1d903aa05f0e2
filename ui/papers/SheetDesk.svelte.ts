import { call } from '../ipc/call';
import type { Fault, SheetView } from '../ipc/commands.gen';
import { tongue } from '../kit/tongue.svelte';

/** The sheets that an owner keeps off the premises; each is a command that puts it on paper or into a folder. */
export type Sheet = 'recovery_paper' | 'stolen_paper';

/** One sheet on its way to paper. The window never holds what is drawn on it. */
export class SheetDesk {
  busy = $state(false);
  /** The owner is told what a saved code means, before a folder is asked for. */
  warning = $state(false);
  done = $state.raw<SheetView | null>(null);
  fault = $state.raw<Fault | null>(null);

  constructor(readonly sheet: Sheet) {}

  print(): Promise<void> {
    return this.#send();
  }

  /** Saves a sheet that holds no secret at once, and asks before the other. */
  async save(): Promise<void> {
    if (this.busy) return;
    if (this.sheet === 'recovery_paper') this.warning = true;
    else await this.choose();
  }

  leave(): void {
    this.warning = false;
  }

  /** Has a folder chosen and saves there; nothing happens when none is. */
  async choose(): Promise<void> {
    if (this.busy) return;
    this.warning = false;
    this.busy = true;
    const chosen = await call('file_choose', { kind: 'folder' });
    this.busy = false;
    if (!chosen.ok) this.fault = chosen.fault;
    else if (chosen.view.path !== null) await this.#send(chosen.view.path);
  }

  async #send(folder?: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const request = { language: tongue.language };
    const answer = await call(this.sheet, folder === undefined ? request : { ...request, folder });
    this.done = answer.ok ? answer.view : null;
    this.fault = answer.ok ? null : answer.fault;
    this.busy = false;
  }
}
