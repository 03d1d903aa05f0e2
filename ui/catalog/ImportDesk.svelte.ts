import { call, onImportProgress } from '../ipc/call';
import type { Fault, ImportRequest, ImportView, TryView } from '../ipc/commands.gen';

export interface Result { import: string; added: number; updated: number; same: number; bad: number }

/** Bringing items in from a file: look, say what columns mean, check, do, and take back. */
export class ImportDesk {
  view = $state.raw<ImportView | null>(null);
  meanings = $state<string[]>([]);
  delimiter = $state('');
  tried = $state.raw<TryView | null>(null);
  result = $state.raw<Result | null>(null);
  undone = $state.raw<{ put_back: number; kept: number } | null>(null);
  progress = $state.raw<{ done: number; total: number } | null>(null);
  fault = $state.raw<Fault | null>(null);
  noFile = $state(false);
  busy = $state(false);

  /** Whether bringing the file in would change anything in the shop. */
  readonly changes = $derived(this.tried !== null && this.tried.added + this.tried.updated > 0);

  async choose(): Promise<void> {
    if (this.busy) return;
    await this.#work(async () => {
      const chosen = await call('file_choose', { kind: 'csv' });
      if (!chosen.ok) return chosen.fault;
      this.noFile = chosen.view.path === null;
      if (chosen.view.path === null) return null;
      const answer = await call('import_look', { path: chosen.view.path });
      if (!answer.ok) return answer.fault;
      this.view = answer.view;
      this.meanings = answer.view.columns.map((column) => column.meaning);
      this.delimiter = answer.view.delimiter;
      this.tried = null;
      this.result = null;
      this.undone = null;
      return null;
    });
  }

  /** A column means something else now: the check no longer holds. A meaning is given only once. */
  mean(column: number, meaning: string): void {
    this.meanings = this.meanings.map((before, at) => (at === column ? meaning : before === meaning && meaning !== '' ? '' : before));
    this.tried = null;
  }

  async check(): Promise<void> {
    const request = this.#request();
    if (!request || this.busy) return;
    await this.#work(async () => {
      const answer = await call('import_try', request);
      if (!answer.ok) return answer.fault;
      this.tried = answer.view;
      return null;
    });
  }

  async do(): Promise<void> {
    const request = this.#request();
    if (!request || this.busy || !this.changes) return;
    const stop = await onImportProgress((progress) => (this.progress = progress));
    await this.#work(async () => {
      const answer = await call('import_do', request);
      if (!answer.ok) return answer.fault;
      this.result = answer.view;
      return null;
    });
    stop();
    this.progress = null;
  }

  async undo(): Promise<void> {
    const result = this.result;
    if (!result || this.busy) return;
    await this.#work(async () => {
      const answer = await call('import_undo', { import: result.import });
      if (!answer.ok) return answer.fault;
      this.undone = answer.view;
      return null;
    });
  }

  #request(): ImportRequest | null {
    if (!this.view) return null;
    return { path: this.view.path, encoding: this.view.encoding, delimiter: this.delimiter, meanings: [...this.meanings] };
  }

  async #work(job: () => Promise<Fault | null>): Promise<void> {
    this.busy = true;
    this.fault = await job();
    this.busy = false;
  }
}
