import { classChoice, unitChoice } from '../catalog/choices';
import { call } from '../ipc/call';
import type { ClassView, UnitView } from '../ipc/commands.gen';

/** The rate classes and units that a new item may have; the last choice is offered again. */
export class Classes {
  #classes = $state.raw<ClassView[]>([]);
  #units = $state.raw<UnitView[]>([]);
  #chosen = $state('');
  #unit = $state('');

  readonly choices = $derived(this.#classes.map(classChoice));
  readonly units = $derived(this.#units.map(unitChoice));

  async begin(): Promise<void> {
    const [classes, units] = await Promise.all([call('catalog_classes', {}), call('catalog_units', {})]);
    if (classes.ok) this.#classes = classes.view;
    if (units.ok) this.#units = units.view;
    this.#chosen = this.#classes.find((each) => each.code === remembered.rate_class)?.code ?? this.#classes[0]?.code ?? '';
    this.#unit = (this.#units.find((each) => each.code === remembered.unit) ?? this.#units.find((each) => each.code === 'PCS') ?? this.#units[0])?.code ?? '';
  }

  get rate_class(): string {
    return this.#chosen;
  }
  set rate_class(code: string) {
    this.#chosen = code;
    remembered.rate_class = code;
  }
  get unit(): string {
    return this.#unit;
  }
  set unit(code: string) {
    this.#unit = code;
    remembered.unit = code;
  }
}

/** Before anything was chosen: the rate of most goods, never an untaxed one by mistake. */
const remembered = { rate_class: 'gst18', unit: '' };
