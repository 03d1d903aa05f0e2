import { call } from '../ipc/call';
import type { Fault, OpenView, RecoveryView, SetupBeginView } from '../ipc/commands.gen';
import { KeyPlace } from './KeyPlace.svelte';
import type { OwnerKeys, PaperKeys, PhoneKeys } from './keys';

export const RECOVER_STEPS = ['paper', 'code', 'recovery', 'groups', 'key', 'owner'] as const;
export type RecoverStep = (typeof RECOVER_STEPS)[number];

/** Characters of a recovery code, without spaces and dashes. */
export const PAPER_LENGTH = 30;

/** Opening the shop with the code on paper: a new phone, a new paper and a new PIN take the place of the old. */
export class RecoverDesk implements PhoneKeys, PaperKeys, OwnerKeys {
  step = $state<RecoverStep>('paper');
  busy = $state(false);
  fault = $state.raw<Fault | null>(null);
  paper = $state('');
  secret = $state.raw<SetupBeginView | null>(null);
  code = $state('');
  recovery = $state.raw<RecoveryView | null>(null);
  answers = $state<[string, string]>(['', '']);
  readonly place = new KeyPlace();
  owner_name = $state('');
  pin = $state('');
  pin_again = $state('');

  // Capitals in the groups alone: a field whose text is changed under the hand loses the place of its cursor.
  readonly #plain = $derived(this.paper.replace(/[^0-9A-Za-z]/g, '').toUpperCase());
  /** How many characters of the paper are typed. */
  readonly typed = $derived(this.#plain.length);
  /** What is typed, in groups as they stand on the paper. */
  readonly groups = $derived(this.#plain.match(/.{1,5}/g) ?? []);

  /** The group, counted from 1, in which one slip would explain why the paper was refused. */
  readonly wrong = $derived(Number(/^vault\.recovery_group_(\d)$/.exec(this.fault?.code ?? '')?.[1] ?? 0));

  /** Whether all that the step asks for is there. */
  readonly ready = $derived(
    !this.busy &&
      {
        paper: this.typed === PAPER_LENGTH,
        code: this.code.length === 6,
        recovery: true,
        groups: this.answers.every((answer) => answer.trim() !== ''),
        key: this.place.ready,
        owner: this.owner_name.trim() !== '' && this.pin !== '' && this.pin_again !== '',
      }[this.step],
  );

  async next(): Promise<OpenView | null> {
    if (!this.ready) return null;
    if (this.step === 'recovery') {
      this.answers = ['', ''];
      this.step = 'groups';
      return null;
    }
    this.busy = true;
    this.fault = null;
    const open = await this.#send();
    this.busy = false;
    return open;
  }

  async #send(): Promise<OpenView | null> {
    switch (this.step) {
      case 'paper': {
        const answer = await call('recover_begin', { code: this.paper });
        // Thirty characters are not typed twice for one slip: they stay until they are right, or the step is left.
        if (!answer.ok) return this.#refused(answer.fault);
        this.paper = '';
        this.secret = answer.view;
        this.step = 'code';
        return null;
      }
      case 'code': {
        const code = this.code;
        this.code = '';
        const proved = await call('setup_code', { code });
        if (!proved.ok) return this.#refused(proved.fault);
        this.secret = null;
        const recovery = await call('setup_recovery', {});
        if (!recovery.ok) return this.#refused(recovery.fault);
        this.recovery = recovery.view;
        this.step = 'recovery';
        return null;
      }
      case 'groups': {
        const answers: [string, string] = [this.answers[0].trim(), this.answers[1].trim()];
        const answer = await call('setup_groups', { answers });
        if (!answer.ok) return this.#refused(answer.fault);
        this.recovery = null;
        this.answers = ['', ''];
        this.step = 'key';
        void this.place.look();
        return null;
      }
      case 'key':
        if (await this.place.keep()) this.step = 'owner';
        return null;
      default: {
        const request = { owner_name: this.owner_name.trim(), pin: this.pin, pin_again: this.pin_again };
        this.pin = this.pin_again = '';
        const answer = await call('recover_finish', request);
        return answer.ok ? answer.view : this.#refused(answer.fault);
      }
    }
  }

  #refused(fault: Fault): null {
    this.fault = fault;
    return null;
  }

  /** One step back; true when it leads out of the recovery. Nothing of a new phone is kept. */
  async back(): Promise<boolean> {
    if (this.busy) return false;
    this.fault = null;
    if (this.step === 'paper') {
      this.paper = '';
      return true;
    }
    if (this.step === 'groups') this.step = 'recovery';
    else if (this.step === 'code') {
      this.code = '';
      this.secret = null;
      this.step = 'paper';
      await call('recover_leave', {});
    }
    return false;
  }
}

/** Selects a group of five in what is typed, whatever stands between the groups. */
export function chooseGroup(field: Element | null, group: number): void {
  if (!(field instanceof HTMLInputElement)) return;
  const places = [...field.value.matchAll(/[0-9A-Za-z]/g)].map((sign) => sign.index).slice((group - 1) * 5, group * 5);
  const [first, last] = [places[0], places.at(-1)];
  if (first !== undefined && last !== undefined) field.setSelectionRange(first, last + 1);
}
