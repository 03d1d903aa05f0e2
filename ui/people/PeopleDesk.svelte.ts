import { call, type Answer } from '../ipc/call';
import type { Fault, MemberView, PeopleView, Role, RoleView, SetupBeginView } from '../ipc/commands.gen';

export type Panel = 'none' | 'enrol' | 'remove' | 'pin' | 'keys' | 'renew';

/** The people of the shop: one of them is chosen, and one thing is done at a time. */
export class PeopleDesk {
  people = $state.raw<MemberView[]>([]);
  roles = $state.raw<RoleView[]>([]);
  at = $state(0);
  panel = $state<Panel>('none');
  fault = $state.raw<Fault | null>(null);
  /** What was done last, and for whom. */
  done = $state.raw<{ what: 'came' | 'phone' | 'gone' | 'pin' | 'again' | 'renewed'; name: string } | null>(null);

  readonly chosen = $derived<MemberView | null>(this.people[this.at] ?? null);

  async begin(): Promise<void> {
    const answer = await call('staff_list', {});
    if (answer.ok) this.take(answer.view);
    else this.fault = answer.fault;
  }

  take(view: PeopleView): void {
    this.people = view.people;
    this.roles = view.roles;
    this.at = Math.max(0, Math.min(this.at, view.people.length - 1));
  }

  move(step: number): void {
    this.at = Math.max(0, Math.min(this.people.length - 1, this.at + step));
  }

  show(panel: Panel): void {
    this.fault = null;
    this.done = null;
    this.panel = panel;
  }

  /** Removes the chosen person; gives back why not. */
  remove(pin: string, code: string): Promise<Fault | null> {
    return this.#do('gone', (staff) => call('staff_remove', { staff, pin, code }));
  }

  /** The chosen person, standing there, takes another PIN. */
  renew(old: string, code: string, new_pin: string, new_again: string): Promise<Fault | null> {
    return this.#do('pin', (staff) => call('staff_pin', { staff, old, code, new_pin, new_again }));
  }

  /** Lets the chosen person try again after too many wrong tries. */
  async again(): Promise<void> {
    this.fault = await this.#do('again', (staff) => call('staff_reset', { staff }));
  }

  async #do(what: 'gone' | 'pin' | 'again', send: (staff: number) => Promise<Answer<PeopleView>>): Promise<Fault | null> {
    if (this.chosen === null) return null;
    const { staff, name } = this.chosen;
    const answer = await send(staff);
    if (!answer.ok) return answer.fault;
    this.take(answer.view);
    this.panel = 'none';
    this.done = { what, name };
    return null;
  }
}

/** One person gets a phone and a PIN: the owner begins it, the person ends it. No PIN stays here past its one try. */
export class EnrolDesk {
  step = $state<'who' | 'phone' | 'pin'>('who');
  name = $state('');
  role = $state<Role>('cashier');
  pin = $state('');
  pin_again = $state('');
  code = $state('');
  /** What the phone scans; gone as soon as the phone has shown that it has it. */
  secret = $state.raw<SetupBeginView | null>(null);
  /** How many codes of the new phone are still to come. */
  left = $state(CODES);
  busy = $state(false);
  fault = $state.raw<Fault | null>(null);

  /** The shop waits for the end of it. */
  #begun = false;

  /** `member` is who gets a new phone; nobody means a new person. */
  constructor(readonly member: MemberView | null) {
    if (member) this.name = member.name;
  }

  /** What the step still lacks; nothing when it can be left. */
  readonly missing = $derived<'name' | 'pin' | 'code' | null>(
    this.step === 'who' ?
      this.name.trim() === '' ? 'name' : this.pin === '' ? 'pin' : this.code.length < 6 ? 'code' : null
    : this.step === 'phone' ? (this.code.length < 6 ? 'code' : null)
    : this.pin === '' || this.pin_again === '' ? 'pin'
    : null,
  );

  /** Leaves the step; gives back the people of the shop once the last is done. */
  async next(): Promise<PeopleView | null> {
    if (this.busy || this.missing !== null) return null;
    const typed = { pin: this.pin, pin_again: this.pin_again, code: this.code };
    this.#forget();
    this.busy = true;
    this.fault = null;
    const people = await this.#send(typed);
    this.busy = false;
    return people;
  }

  async #send({ pin, pin_again, code }: { pin: string; pin_again: string; code: string }): Promise<PeopleView | null> {
    switch (this.step) {
      case 'who': {
        const who = this.member ? { staff: this.member.staff, name: '', role: 'cashier' as const } : { staff: null, name: this.name.trim(), role: this.role };
        const answer = await call('staff_enrol_begin', { ...who, pin, code });
        if (!answer.ok) return this.#refused(answer.fault);
        this.#begun = true;
        this.secret = answer.view;
        this.left = CODES;
        this.step = 'phone';
        return null;
      }
      case 'phone': {
        const answer = await call('staff_enrol_code', { code });
        if (!answer.ok) return this.#refused(answer.fault);
        this.left = answer.view.left;
        if (this.left > 0) return null;
        this.secret = null;
        this.step = 'pin';
        return null;
      }
      case 'pin': {
        const answer = await call('staff_enrol_finish', { pin, pin_again });
        if (!answer.ok) return this.#refused(answer.fault);
        this.#begun = false;
        return answer.view;
      }
    }
  }

  #refused(fault: Fault): null {
    this.fault = fault;
    return null;
  }

  /** Leaves the whole of it; nothing of the new phone is kept. */
  async leave(): Promise<void> {
    this.#forget();
    this.secret = null;
    if (!this.#begun) return;
    this.#begun = false;
    await call('staff_enrol_leave', {});
  }

  #forget(): void {
    this.pin = this.pin_again = this.code = '';
  }
}

/** Two codes, one after the other, show that the phone goes by the right time. */
const CODES = 2;
