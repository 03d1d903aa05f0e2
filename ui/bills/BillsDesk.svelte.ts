import { call, Latest, Queue } from '../ipc/call';
import type { BillRow, BillsFindView, DocumentView, Fault, Language, OpenView, Paper, PrintedView } from '../ipc/commands.gen';
import { say } from '../kit/tongue.svelte';
import { words } from './words';

export interface Notice { look: 'good' | 'warn' | 'bad'; strong: string; text: string; code: string }

/** The list of issued bills and the paper of the one chosen. */
export class BillsDesk {
  text = $state('');
  onlyToday = $state(true);
  rows = $state.raw<BillRow[]>([]);
  list = $state.raw<BillsFindView | null>(null);
  chosen = $state<string | null>(null);
  document = $state.raw<DocumentView | null>(null);
  pages = $state.raw<string[]>([]);
  paper = $state<Paper>('a4');
  language = $state<Language>('en');
  notice = $state.raw<Notice | null>(null);
  cancelling = $state(false);
  readonly day: string;
  readonly #queue = new Queue();
  #find = new Latest();
  #open = new Latest();

  constructor(open: OpenView) {
    this.day = open.day;
    this.paper = open.settings.paper;
    this.language = open.settings.paper_language;
  }

  async find(): Promise<void> {
    const answer = await this.#find.ask(() => this.#ask(0));
    if (!answer) return;
    if (!answer.ok) return this.#refuse(answer.fault);
    this.list = answer.view;
    this.rows = answer.view.rows;
    if (!this.rows.some((row) => row.number === this.chosen)) await this.choose(this.rows[0]?.number ?? null);
  }

  async more(): Promise<void> {
    if (!this.list?.more) return;
    const answer = await this.#find.ask(() => this.#ask(this.rows.length));
    if (!answer?.ok) return;
    this.list = answer.view;
    this.rows = [...this.rows, ...answer.view.rows];
  }

  #ask(offset: number) {
    const day = this.onlyToday ? this.day : null;
    return call('bills_find', { text: this.text.trim(), day_from: day, day_to: day, offset });
  }

  async choose(number: string | null): Promise<void> {
    // What was said of one bill is not said of the next.
    if (number !== this.chosen) this.notice = null;
    this.chosen = number;
    if (number === null) {
      this.#open.forget();
      this.document = null;
      this.pages = [];
      return;
    }
    const answer = await this.#open.ask(() => call('bills_open', { number }));
    if (!answer) return;
    if (!answer.ok) return this.#refuse(answer.fault);
    this.document = answer.view;
    if (answer.view.paper === this.paper && answer.view.language === this.language) this.pages = answer.view.pages;
    else await this.preview();
  }

  async preview(): Promise<void> {
    const number = this.chosen;
    if (number === null) return;
    const answer = await this.#open.ask(() => call('bills_preview', { number, paper: this.paper, language: this.language }));
    if (answer?.ok) this.pages = answer.view.pages;
    else if (answer) this.#refuse(answer.fault);
  }

  async move(step: number): Promise<void> {
    const here = this.rows.findIndex((row) => row.number === this.chosen);
    const next = Math.max(0, here + step);
    if (next >= this.rows.length - 1) await this.more();
    await this.choose(this.rows[Math.min(next, this.rows.length - 1)]?.number ?? null);
  }

  print(): void {
    const number = this.chosen;
    if (number === null) return;
    void this.#queue.run(async () => {
      const answer = await call('bills_print', { number, paper: this.paper, language: this.language });
      if (!answer.ok) return this.#refuse(answer.fault);
      this.notice = { look: 'good', strong: say(words.printed, { copy: answer.view.copy }), text: printed(answer.view.printed, answer.view.path), code: 'bills.printed' };
      await this.choose(number);
    });
  }

  save(): void {
    const number = this.chosen;
    if (number === null) return;
    void this.#queue.run(async () => {
      const answer = await call('bills_save', { number, paper: this.paper, language: this.language });
      if (!answer.ok) return this.#refuse(answer.fault);
      this.notice = { look: 'good', strong: say(words.saved), text: answer.view.path, code: 'bills.saved' };
      await this.choose(number);
    });
  }

  async cancel(reason: string): Promise<Fault | null> {
    const number = this.chosen;
    if (number === null) return null;
    const answer = await this.#queue.run(() => call('bills_cancel', { number, reason }));
    if (!answer.ok) return answer.fault;
    this.document = answer.view;
    this.cancelling = false;
    await this.find();
    await this.choose(number);
    return null;
  }

  #refuse(fault: Fault): void {
    this.notice = { look: 'bad', strong: say(fault.say), text: say(fault.hint), code: fault.code };
  }
}

function printed(how: PrintedView, path: string | null): string {
  if (how === 'queued') return say(words.queued);
  if (how === 'no_printer') return say(words.no_printer);
  return `${say(words.saved)} ${path ?? ''}`;
}
