import { call, Latest, Queue, type Answer } from '../ipc/call';
import type { BillView, CustomerRequest, DoneView, Fault, FavouriteView, HitView, Language, LineView, Paper, TenderRequest, Words } from '../ipc/commands.gen';
import { added, done, refused } from '../kit/sound';
import { say } from '../kit/tongue.svelte';
import { brief, shown } from '../money/paise';
import { words } from './words';

/** What is said under the scan box until the next scan succeeds. */
export interface Notice { look: 'good' | 'warn' | 'bad'; strong: string; text: string; code: string }

export type Panel = 'none' | 'customer' | 'nameless' | 'new' | 'discount' | 'price' | 'abandon';

/**
 * The counter: the open bill as the shop last told it, and what the cashier is doing with it. Everything that
 * touches the bill goes through one queue, so a key never overtakes the scan before it.
 */
export class SaleDesk {
  bill = $state.raw<BillView | null>(null);
  favourites = $state.raw<FavouriteView[]>([]);
  stage = $state<'counter' | 'pay'>('counter');
  text = $state('');
  hits = $state.raw<HitView[]>([]);
  hit = $state(-1);
  picked = $state<number | null>(null);
  panel = $state<Panel>('none');
  unknown = $state<string | null>(null);
  last_scan = $state<string | null>(null);
  notice = $state.raw<Notice | null>(null);
  /** Grows with every line added, so that the tint starts anew. */
  flash = $state(0);

  /** What was on the Pay screen when the shop refused to close the bill. */
  resume: { parts: TenderRequest[]; amount: string; fault: Fault } | null = null;

  readonly queue = new Queue();
  #search = new Latest();
  #trouble = 0;

  /** The line that keys speak of: the one picked with the arrows, else the last one added. */
  readonly line = $derived<LineView | null>(this.#lineNow());

  #lineNow(): LineView | null {
    const standing = this.bill?.lines.filter((line) => !line.removed) ?? [];
    const number = this.picked ?? this.bill?.last_line ?? null;
    return standing.find((line) => line.no === number) ?? standing.at(-1) ?? null;
  }

  /** Reads the open bill, before any scan that was made meanwhile; what the owner should know is said first. */
  begin(notices: Fault[]): Promise<void> {
    const first = notices[0];
    if (first) this.notice = { look: 'warn', strong: say(first.say), text: say(first.hint), code: first.code };
    return this.queue.run(async () => {
      const [bill, favourites] = await Promise.all([call('sale_bill', {}), call('sale_favourites', {})]);
      if (bill.ok) this.bill = bill.view;
      else this.#refuse(bill.fault);
      if (favourites.ok) this.favourites = favourites.view;
    });
  }

  scan(code: string): void {
    const quantity = BARE_QUANTITY.test(this.text.trim()) ? this.text.trim() : '';
    this.clear();
    this.last_scan = code;
    void this.queue.run(() => this.#enter(quantity + code, 'scan'));
  }

  /** Enter on the scan box: quantity, chosen hit, code or name; nothing typed means pay. */
  enter(): void {
    const text = this.text.trim();
    if (text === '') return this.pay();
    if (this.unknown !== null && text === this.unknown) {
      this.panel = 'new';
      return;
    }
    const hit = this.hits[this.hit];
    this.clear();
    if (BARE_QUANTITY.test(text)) return this.quantity(text.slice(0, -1));
    const many = QUANTITY_FIRST.exec(text);
    if (hit) return this.add(hit.item, many?.[1] ?? null);
    void this.queue.run(() => this.#enter(text, 'typed'));
  }

  async #enter(text: string, source: 'scan' | 'typed'): Promise<void> {
    const answer = await call('sale_enter', { text, source });
    if (!answer.ok) return this.#refuse(answer.fault);
    const { outcome, bill, unknown } = answer.view;
    this.bill = bill;
    if (outcome === 'added') return this.#added(answer.view.line);
    this.#trouble += 1;
    this.stage = 'counter';
    refused();
    this.unknown = unknown ?? text;
    this.text = this.unknown;
    const barcode = source === 'scan' || /^\d{8,14}$/.test(this.unknown);
    const strong = say(barcode ? words.unknown_barcode : words.unknown_text);
    this.notice = { look: 'bad', strong, text: say(words.nothing_added), code: 'sale.unknown' };
  }

  add(item: string, quantity: string | null): void {
    this.clear();
    void this.queue.run(async () => this.#take(await call('sale_add', { item, quantity }), true));
  }

  favourite(slot: number): boolean {
    const favourite = this.favourites.find((each) => each.slot === slot);
    if (!favourite) return false;
    const quantity = BARE_QUANTITY.test(this.text.trim()) ? this.text.trim().slice(0, -1) : null;
    this.add(favourite.item, quantity);
    return true;
  }

  quantity(quantity: string): void {
    void this.queue.run(async () => {
      const line = this.line;
      if (!line) return this.#refuse(noLine);
      this.#take(await call('sale_quantity', { line: line.no, quantity }), true);
    });
  }

  remove(): void {
    void this.queue.run(async () => {
      const line = this.line;
      if (!line) return this.#refuse(noLine);
      this.picked = null;
      this.#take(await call('sale_remove', { line: line.no }), false);
    });
  }

  /** Does what a sheet asks; tells the sheet why not, if it was refused. */
  async ask(job: () => Promise<Answer<BillView>>, grows: boolean): Promise<Fault | null> {
    return this.queue.run(async () => {
      const answer = await job();
      if (!answer.ok) {
        refused();
        return answer.fault;
      }
      this.#take(answer, grows);
      return null;
    });
  }

  customer(customer: CustomerRequest | null): Promise<Fault | null> {
    return this.ask(() => call('sale_customer', { customer }), false);
  }

  abandon(): void {
    void this.queue.run(async () => {
      const answer = await call('sale_abandon', {});
      this.#take(answer, false);
      if (answer.ok) this.notice = { look: 'warn', strong: say(words.abandoned), text: '', code: 'sale.abandoned' };
    });
  }

  pay(): void {
    if (this.queue.busy) {
      this.stage = 'pay';
      const seen = this.#trouble;
      void this.queue.run(async () => {
        if (seen !== this.#trouble || !this.#anything()) this.stage = 'counter';
      });
    } else if (this.#anything()) {
      this.stage = 'pay';
    } else {
      this.#nothing();
    }
  }

  /** F12: exact cash, saved, printed, done. Refused when something before it in the same breath was refused. */
  cash(): void {
    const quantity = BARE_QUANTITY.test(this.text.trim()) ? this.text.trim().slice(0, -1) : null;
    if (quantity !== null) {
      this.clear();
      this.quantity(quantity);
    }
    const seen = this.#trouble;
    void this.queue.run(async () => {
      if (seen !== this.#trouble) {
        refused();
        return;
      }
      if (!this.#anything()) return this.#nothing();
      await this.settle([]);
    });
  }

  /** Closes the bill; only called from within the queue. */
  async settle(tenders: { kind: 'cash' | 'upi' | 'card'; amount: string }[]): Promise<Fault | null> {
    if (!this.bill) return null;
    const answer = await call('sale_settle', { bill: this.bill.id, tenders });
    if (!answer.ok) {
      this.#refuse(answer.fault);
      return answer.fault;
    }
    this.#settled(answer.view);
    return null;
  }

  #settled(view: DoneView): void {
    this.bill = view.bill;
    this.picked = null;
    this.unknown = null;
    this.last_scan = null;
    this.panel = 'none';
    done();
    const printed = { queued: words.done_queued, no_printer: words.done_no_printer, saved: words.done_saved }[view.printed];
    const bill = say(words.done, { number: view.number, total: shown(view.total) });
    this.notice =
      view.change > 0
        ? { look: 'good', strong: say(words.done_change, { change: brief(view.change) }), text: `${bill} ${say(printed)}`, code: 'sale.done' }
        : { look: 'good', strong: bill, text: say(printed), code: 'sale.done' };
  }

  reprint(paper: Paper, language: Language): void {
    void this.queue.run(async () => {
      const last = this.bill?.last;
      if (!last) return this.#refuse({ code: 'sale.no_last', say: words.no_last, hint: words.no_last_hint });
      const answer = await call('bills_print', { number: last.number, paper, language });
      if (!answer.ok) return this.#refuse(answer.fault);
      const printed = { queued: words.done_queued, no_printer: words.done_no_printer, saved: words.done_saved }[answer.view.printed];
      this.notice = {
        look: 'good',
        strong: say(words.printed_again, { number: last.number, copy: answer.view.copy }),
        text: say(printed),
        code: 'sale.printed_again',
      };
    });
  }

  /** What was typed so far changed: look it up while typing. */
  typed(text: string): void {
    this.text = text;
    if (this.unknown !== null && text !== this.unknown) {
      this.unknown = null;
      this.notice = null;
    }
    const sought = text.trim().replace(QUANTITY_FIRST, '$2');
    if (sought === '' || BARE_QUANTITY.test(sought)) this.#forget();
    else void this.#find(sought);
  }

  async #find(text: string): Promise<void> {
    const answer = await this.#search.ask(() => call('sale_search', { text }));
    if (!answer?.ok) return;
    this.hits = answer.view;
    this.hit = -1;
  }

  search(): void {
    const sought = this.text.trim().replace(QUANTITY_FIRST, '$2');
    void this.#find(sought);
  }

  move(step: number): void {
    if (this.hits.length > 0) {
      this.hit = Math.min(this.hits.length - 1, Math.max(0, this.hit + step));
      return;
    }
    const standing = this.bill?.lines.filter((line) => !line.removed) ?? [];
    const here = standing.findIndex((line) => line.no === this.line?.no);
    this.picked = standing[Math.min(standing.length - 1, Math.max(0, here + step))]?.no ?? null;
  }

  /** Esc: one step back. */
  back(): void {
    if (this.panel !== 'none') this.panel = 'none';
    else if (this.hits.length > 0 || this.text !== '') this.clear();
    else if (this.notice !== null) this.notice = null;
    else this.picked = null;
  }

  clear(): void {
    this.text = '';
    if (this.unknown !== null) {
      this.unknown = null;
      this.notice = null;
    }
    this.#forget();
  }

  refuseLine(): void {
    this.#refuse(noLine);
  }

  refuseScan(): void {
    refused();
    this.notice = { look: 'warn', strong: say(words.scan_refused), text: say(words.scan_refused_hint), code: 'sale.scan_refused' };
  }

  #forget(): void {
    this.#search.forget();
    this.hits = [];
    this.hit = -1;
  }

  #take(answer: Answer<BillView>, grows: boolean): void {
    if (!answer.ok) return this.#refuse(answer.fault);
    this.bill = answer.view;
    if (grows) this.#added(this.picked ?? answer.view.last_line);
    else this.notice = null;
  }

  #added(line: number | null): void {
    this.picked = line === this.bill?.last_line ? null : line;
    this.notice = null;
    this.unknown = null;
    this.flash += 1;
    added();
  }

  #refuse(fault: { code: string; say: Words; hint: Words }): void {
    this.#trouble += 1;
    refused();
    this.notice = { look: 'bad', strong: say(fault.say), text: say(fault.hint), code: fault.code };
  }

  #anything(): boolean {
    return (this.bill?.line_count ?? 0) > 0;
  }

  #nothing(): void {
    refused();
    if (this.notice?.code === 'sale.done') return;
    this.notice = { look: 'warn', strong: say(words.bill_empty), text: say(words.bill_empty_hint), code: 'sale.empty' };
  }
}

const noLine: Fault = { code: 'sale.no_line', say: words.pick_first, hint: words.pick_first_hint };

/** `3*` or `.750*` and nothing behind it. */
const BARE_QUANTITY = /^\d*\.?\d*\*$/;

/** A quantity, a star, and what it is of. */
const QUANTITY_FIRST = /^(\d*\.?\d+)\*(.+)$/;
