import { call } from '../ipc/call';
import type { Fault, MemberView, PeopleView, RecoveryView } from '../ipc/commands.gen';
import type { PaperKeys } from '../setup/keys';

/** All keys are made anew: a new paper is written down and two of its groups typed back, then the shop does the rest. */
export class RenewDesk implements PaperKeys {
  step = $state<'paper' | 'groups'>('paper');
  recovery = $state.raw<RecoveryView | null>(null);
  answers = $state<[string, string]>(['', '']);
  busy = $state(false);
  fault = $state.raw<Fault | null>(null);

  /** The shop waits for the end of it. */
  #begun = false;

  /** `member` is who left on bad terms; nobody where a paper was lost. */
  constructor(readonly member: MemberView | null) {}

  /** Whether all that the step asks for is there. */
  readonly ready = $derived(!this.busy && (this.step === 'paper' || this.answers.every((answer) => answer.trim() !== '')));

  /** Shows the new paper, once the owner has proved who it is; gives back why not. */
  async begin(pin: string, code: string): Promise<Fault | null> {
    const answer = await call('staff_renew_begin', { staff: this.member?.staff ?? null, pin, code });
    if (!answer.ok) return answer.fault;
    this.#begun = true;
    this.recovery = answer.view;
    return null;
  }

  /** Leaves the step; gives back the people of the shop once all keys are new. */
  async next(): Promise<PeopleView | null> {
    if (!this.ready) return null;
    this.fault = null;
    if (this.step === 'paper') {
      this.answers = ['', ''];
      this.step = 'groups';
      return null;
    }
    this.busy = true;
    const people = await this.#finish();
    this.busy = false;
    return people;
  }

  async #finish(): Promise<PeopleView | null> {
    const proved = await call('staff_renew_groups', { answers: [this.answers[0].trim(), this.answers[1].trim()] });
    if (!proved.ok) return this.#refused(proved.fault);
    const done = await call('staff_renew_finish', {});
    if (!done.ok) return this.#refused(done.fault);
    this.#begun = false;
    this.#forget();
    return done.view;
  }

  #refused(fault: Fault): null {
    this.fault = fault;
    return null;
  }

  /** One step back; true when it leads out. Half way through the change itself nothing leads back. */
  back(): boolean {
    if (this.busy) return false;
    this.fault = null;
    if (this.step === 'paper') return true;
    this.step = 'paper';
    return false;
  }

  /** Leaves the whole of it; the old keys and the old paper stay good. */
  async leave(): Promise<void> {
    this.#forget();
    if (!this.#begun) return;
    this.#begun = false;
    await call('staff_renew_leave', {});
  }

  #forget(): void {
    this.recovery = null;
    this.answers = ['', ''];
  }
}
