import { call, Latest } from '../ipc/call';
import type { CatalogSetRequest, ClassView, Fault, ItemRow, CatalogListView, ItemView, UnitView } from '../ipc/commands.gen';

type ItemFields = Omit<CatalogSetRequest, 'item'>;

/** The list of items, and the one being changed. */
export class CatalogDesk {
  text = $state('');
  category = $state<string | null>(null);
  inactive = $state(false);
  list = $state.raw<CatalogListView | null>(null);
  rows = $state.raw<ItemRow[]>([]);
  chosen = $state<string | null>(null);
  classes = $state.raw<ClassView[]>([]);
  units = $state.raw<UnitView[]>([]);
  item = $state.raw<ItemView | null>(null);
  fresh = $state(false);
  fields = $state<ItemFields>(blank());
  barcodes = $state('');
  #before = $state('');
  fault = $state.raw<Fault | null>(null);
  busy = $state(false);
  saved = $state(false);
  #find = new Latest();
  #open = new Latest();

  readonly editing = $derived(this.fresh || this.item !== null);
  readonly changed = $derived(this.editing && this.#written() !== this.#before);
  readonly missing = $derived<'name' | 'price' | null>(
    this.fields.name.trim() === '' ? 'name' : this.fields.price.trim() === '' ? 'price' : null,
  );

  #written(): string {
    return JSON.stringify([this.fields, this.barcodes]);
  }

  async begin(): Promise<void> {
    const [classes, units] = await Promise.all([call('catalog_classes', {}), call('catalog_units', {}), this.find()]);
    if (classes.ok) this.classes = classes.view;
    if (units.ok) this.units = units.view;
  }

  async find(): Promise<void> {
    const answer = await this.#find.ask(() => this.#ask(0));
    if (!answer) return;
    if (!answer.ok) return void (this.fault = answer.fault);
    this.list = answer.view;
    this.rows = answer.view.rows;
    if (!this.changed && !this.fresh && !this.rows.some((row) => row.item === this.chosen)) await this.choose(this.rows[0]?.item ?? null);
  }

  async more(): Promise<void> {
    if (!this.list || this.rows.length >= this.list.total) return;
    const answer = await this.#find.ask(() => this.#ask(this.rows.length));
    if (!answer?.ok) return;
    this.list = answer.view;
    this.rows = [...this.rows, ...answer.view.rows];
  }

  #ask(offset: number) {
    return call('catalog_list', { text: this.text.trim(), offset, category: this.category, inactive: this.inactive });
  }

  /** Opens an item; not while the one on the table has changes. */
  async choose(item: string | null): Promise<boolean> {
    if (this.changed) return false;
    this.chosen = item;
    this.fresh = false;
    this.fault = null;
    this.saved = false;
    if (item === null) {
      this.#open.forget();
      this.item = null;
      return true;
    }
    const answer = await this.#open.ask(() => call('catalog_item', { item }));
    if (!answer) return true;
    if (answer.ok) this.#lay(answer.view);
    else this.fault = answer.fault;
    return true;
  }

  async move(step: number): Promise<void> {
    const here = this.rows.findIndex((row) => row.item === this.chosen);
    const next = Math.max(0, here + step);
    if (next >= this.rows.length - 1) await this.more();
    await this.choose(this.rows[Math.min(next, this.rows.length - 1)]?.item ?? null);
  }

  begin_new(): boolean {
    if (this.changed) return false;
    this.item = null;
    this.fresh = true;
    this.fault = null;
    this.saved = false;
    this.fields = { ...blank(), rate_class: (this.classes.find((each) => each.code === 'gst18') ?? this.classes[0])?.code ?? '', unit: this.units.find((unit) => unit.code === 'PCS')?.code ?? this.units[0]?.code ?? '' };
    this.barcodes = '';
    this.#before = this.#written();
    return true;
  }

  leave(): void {
    this.fault = null;
    if (this.item) this.#lay(this.item);
    else {
      this.fresh = false;
      this.fields = blank();
      this.barcodes = '';
      void this.choose(this.rows[0]?.item ?? null);
    }
  }

  async keep(): Promise<boolean> {
    if (this.busy || this.missing !== null || !this.changed) return false;
    this.busy = true;
    const barcodes = this.barcodes.split(/[\s,;]+/).filter((code) => code !== '');
    const answer = await call('catalog_set', { ...$state.snapshot(this.fields), barcodes, item: this.item?.item ?? null });
    this.busy = false;
    if (!answer.ok) {
      this.fault = answer.fault;
      return false;
    }
    this.fault = null;
    this.fresh = false;
    this.#lay(answer.view);
    this.chosen = answer.view.item;
    this.saved = true;
    await this.find();
    return true;
  }

  #lay(view: ItemView): void {
    const { item: _item, stock: _stock, rate_now: _rate, ...fields } = view;
    this.item = view;
    this.fields = { ...fields };
    this.barcodes = view.barcodes.join(', ');
    this.#before = this.#written();
  }
}

function blank(): ItemFields {
  return {
    name: '', name_second: '', short_code: '', barcodes: [], hsn: '', is_service: false, unit: '', mrp: '', price: '', inclusive: true,
    rate_class: '', category: '', favourite: '', active: true, opening_stock: '',
  };
}
