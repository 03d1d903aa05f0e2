import { call, Latest } from '../ipc/call';
import type { Fault, FieldFaultView, GstinView, OpenView, ProfileRequest, RecoveryView, SampleName, SetupBeginView, StateView } from '../ipc/commands.gen';
import { KeyPlace } from './KeyPlace.svelte';

export const STEPS = ['language', 'shop', 'owner', 'code', 'recovery', 'groups', 'key', 'items'] as const;
export type Step = (typeof STEPS)[number];
export type Shelf = SampleName | 'own' | 'none';

/** Setting up a shop, step by step. The PIN lives here only until it was sent once. */
export class SetupDesk {
  step = $state<Step>('language');
  busy = $state(false);
  fault = $state.raw<Fault | null>(null);
  profile = $state<ProfileRequest>({
    name: '', legal_name: '', street: '', city: '', pin_code: '', state: '', gstin: '', scheme: 'regular',
    turnover: 'upto_5_crore', phone: '', fssai: '', upi_id: '', footer: 'धन्यवाद, फिर आइए',
  });
  counter_name = $state('A');
  states = $state.raw<StateView[]>([]);
  gstin = $state.raw<GstinView | null>(null);
  /** What the shop said of its details when this step was last left, field by field. */
  wrong = $state.raw<FieldFaultView[]>([]);
  owner_name = $state('');
  pin = $state('');
  pin_again = $state('');
  secret = $state.raw<SetupBeginView | null>(null);
  code = $state('');
  recovery = $state.raw<RecoveryView | null>(null);
  answers = $state<[string, string]>(['', '']);
  readonly place = new KeyPlace();
  shelf = $state<Shelf>('kirana');
  #check = new Latest();

  async begin(): Promise<void> {
    const states = await call('profile_states', {});
    if (states.ok) this.states = states.view;
  }

  /** Reads the GSTIN while it is typed: State, PAN and kind follow from it. */
  async typeGstin(text: string): Promise<void> {
    const gstin = text.toUpperCase().replace(/\s/g, '');
    this.profile.gstin = gstin;
    this.touch('gstin');
    if (gstin.length < 15) {
      this.#check.forget();
      this.gstin = null;
      return;
    }
    const answer = await this.#check.ask(() => call('profile_gstin', { gstin }));
    if (!answer?.ok) return;
    this.gstin = answer.view;
    if (answer.view.state) this.profile.state = answer.view.state.code;
    if (answer.view.right && this.profile.scheme === 'unregistered') this.profile.scheme = 'regular';
  }

  /** Why a field of the shop's details does not do; it is read again when the step is left again. */
  faultOf(field: keyof ProfileRequest | 'counter_name'): Fault | null {
    return this.wrong.find((each) => each.field === field)?.fault ?? null;
  }

  /** A field was put right, or at least changed. */
  touch(field: keyof ProfileRequest | 'counter_name'): void {
    this.wrong = this.wrong.filter((each) => each.field !== field);
  }

  readonly shopMissing = $derived<'name' | 'gstin' | 'scheme' | 'state' | null>(
    this.profile.gstin !== '' && !this.gstin?.right && this.profile.scheme !== 'unregistered' ? 'gstin'
    : this.profile.gstin === '' && this.profile.scheme !== 'unregistered' ? 'scheme'
    : this.profile.name.trim() === '' ? 'name'
    : this.profile.state === '' ? 'state'
    : null,
  );

  async next(): Promise<OpenView | null> {
    if (this.busy) return null;
    this.fault = null;
    switch (this.step) {
      case 'language':
        this.step = 'shop';
        break;
      case 'shop':
        if (this.shopMissing !== null) break;
        await this.#ask(async () => {
          const answer = await call('profile_check', { profile: $state.snapshot(this.profile), counter_name: this.counter_name });
          if (!answer.ok) return answer.fault;
          this.wrong = answer.view;
          if (this.wrong.length > 0) return null;
          if (this.owner_name === '') this.owner_name = this.profile.legal_name;
          this.step = this.#returning ? 'key' : 'owner';
          this.#returning = false;
          return null;
        });
        break;
      case 'owner':
        await this.#ask(async () => {
          const request = { shop_name: this.profile.name.trim(), owner_name: this.owner_name.trim(), pin: this.pin, pin_again: this.pin_again };
          this.pin = '';
          this.pin_again = '';
          const answer = await call('setup_begin', request);
          if (!answer.ok) return answer.fault;
          this.secret = answer.view;
          this.code = '';
          this.step = 'code';
          return null;
        });
        break;
      case 'code':
        await this.#ask(async () => {
          const code = this.code;
          this.code = '';
          const proved = await call('setup_code', { code });
          if (!proved.ok) return proved.fault;
          this.secret = null;
          const recovery = await call('setup_recovery', {});
          if (!recovery.ok) return recovery.fault;
          this.recovery = recovery.view;
          this.step = 'recovery';
          return null;
        });
        break;
      case 'recovery':
        this.answers = ['', ''];
        this.step = 'groups';
        break;
      case 'groups':
        await this.#ask(async () => {
          const answer = await call('setup_groups', { answers: [this.answers[0].trim(), this.answers[1].trim()] });
          if (!answer.ok) return answer.fault;
          this.recovery = null;
          this.answers = ['', ''];
          this.step = 'key';
          void this.place.look();
          return null;
        });
        break;
      case 'key':
        if (await this.place.keep()) this.step = 'items';
        break;
      case 'items':
        return this.#finish();
    }
    return null;
  }

  async #finish(): Promise<OpenView | null> {
    let open: OpenView | null = null;
    await this.#ask(async () => {
      const sample = this.shelf === 'own' || this.shelf === 'none' ? null : this.shelf;
      const answer = await call('setup_finish', { profile: $state.snapshot(this.profile), counter_name: this.counter_name.trim(), sample });
      if (!answer.ok) return answer.fault;
      open = answer.view;
      return null;
    });
    return open;
  }

  /** One step back. What was shown once is not shown again: the phone and the paper are made anew. */
  back(): void {
    if (this.busy) return;
    this.fault = null;
    const before: Record<Step, Step> = {
      language: 'language', shop: 'language', owner: 'shop', code: 'owner', recovery: 'recovery', groups: 'recovery', key: 'shop', items: 'key',
    };
    if (this.step === 'code') this.secret = null;
    if (this.step === 'owner') this.pin = this.pin_again = '';
    if (this.step === 'key') this.#returning = true;
    this.step = before[this.step];
  }

  /** True while the shop's details are put right after all keys were made: then they lead straight back to the end. */
  #returning = $state(false);

  async #ask(job: () => Promise<Fault | null>): Promise<void> {
    this.busy = true;
    this.fault = await job();
    this.busy = false;
  }
}
