import { call, Latest } from '../ipc/call';
import type { Fault, TenderKind, TenderRequest, TenderView } from '../ipc/commands.gen';
import { typed, type Paise } from '../money/paise';
import type { SaleDesk } from './SaleDesk.svelte';

/** The Pay screen: parts already named, and an amount being typed. The shop does the sums. */
export class PayDesk {
  parts = $state.raw<TenderRequest[]>([]);
  amount = $state('');
  view = $state.raw<TenderView | null>(null);
  /** What is left of money already in the hand: UPI and card count once they are seen. */
  left = $state<Paise | null>(null);
  quickly = $state.raw<Paise[]>([]);
  next_number = $state('');
  fault = $state.raw<Fault | null>(null);
  #sale: SaleDesk;
  #latest = new Latest();

  constructor(sale: SaleDesk) {
    this.#sale = sale;
  }

  /** Asks the shop for what is left; waits for whatever is under way on the bill. */
  look(): Promise<void> {
    return this.#sale.queue.run(() => this.#look());
  }

  type(text: string): void {
    this.amount = text;
    void this.look();
  }

  /** A letter: what was typed, or all that is left, is taken this way. */
  take(kind: TenderKind): void {
    const amount = this.amount;
    this.amount = '';
    void this.#sale.queue.run(async () => {
      const before = await call('sale_tender', { tenders: this.parts });
      if (!before.ok) return void (this.fault = before.fault);
      if (amount === '' && before.view.left === 0) return;
      const next = [...this.parts, { kind, amount: amount === '' ? typed(before.view.left) : amount }];
      const answer = await call('sale_tender', { tenders: next });
      if (!answer.ok) return void (this.fault = answer.fault);
      this.parts = next;
      this.fault = null;
      await this.#tell(answer.view);
    });
  }

  quick(index: number): boolean {
    const note: Paise | undefined = this.quickly[index];
    if (note === undefined) return false;
    this.type(typed(note));
    return true;
  }

  /** Takes back one part, or the last. */
  takeBack(index: number = this.parts.length - 1): void {
    this.parts = this.parts.filter((_, at) => at !== index);
    void this.look();
  }

  /** Enter: done. Nothing named is exact cash; digits typed are cash handed over. */
  done(): void {
    const amount = this.amount;
    const parts = this.parts;
    const tenders: TenderRequest[] = amount === '' ? parts : [...parts, { kind: 'cash', amount }];
    this.amount = '';
    this.#sale.stage = 'counter';
    void this.#sale.queue.run(async () => {
      const fault = await this.#sale.settle(tenders);
      if (!fault) return;
      this.#sale.stage = 'pay';
      this.#sale.resume = { parts, amount, fault };
    });
  }

  /** Goes on where a refused bill left off. */
  #resume(): void {
    const before = this.#sale.resume;
    if (!before) return;
    this.#sale.resume = null;
    this.parts = before.parts;
    this.amount = before.amount;
    this.fault = before.fault;
  }

  /** The number the bill will get, for the line that says what Enter does. */
  async begin(): Promise<void> {
    this.#resume();
    const answer = await call('settings_get', {});
    if (answer.ok) this.next_number = answer.view.next_number;
  }

  async #tell(view: TenderView): Promise<void> {
    this.view = view;
    if (this.amount === '' && this.parts.length === 0) this.quickly = view.quick;
    if (this.parts.every((part) => part.kind === 'cash')) {
      this.left = view.left;
      return;
    }
    const seen = await call('sale_tender', { tenders: this.parts.filter((part) => part.kind === 'cash') });
    if (seen.ok) this.left = seen.view.left;
  }

  async #look(): Promise<void> {
    const amount = this.amount;
    const tenders: TenderRequest[] = amount === '' ? this.parts : [...this.parts, { kind: 'cash', amount }];
    const answer = await this.#latest.ask(() => call('sale_tender', { tenders }));
    if (!answer) return;
    if (answer.ok) await this.#tell(answer.view);
    this.fault = answer.ok ? null : answer.fault;
  }
}
