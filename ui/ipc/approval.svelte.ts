import type { Answer } from './call';
import type { ApproverView, Commands, Fault } from './commands.gen';

/** What was refused, and who may say yes to it. */
export interface Asked { fault: Fault; people: ApproverView[] }

type Send = <Name extends 'staff_approvers' | 'staff_approve'>(
  name: Name,
  request: Commands[Name]['request'],
) => Promise<Answer<Commands[Name]['view']>>;

/** The yes of somebody who may. One is asked for at a time; a PIN passes through and stays nowhere. */
export class Approval {
  /** What the dialog shows; nothing while nobody is asked. */
  asked = $state.raw<Asked | null>(null);
  #send: Send;
  #seeking = false;
  #answer: (given: boolean) => void = () => undefined;

  constructor(send: Send) {
    this.#send = send;
  }

  /** Asks for a yes to what the shop refused last; false when nobody may say it, or nobody does. */
  async seek(fault: Fault): Promise<boolean> {
    if (this.#seeking) return false;
    this.#seeking = true;
    try {
      const people = await this.#send('staff_approvers', {});
      if (!people.ok || people.view.length === 0) return false;
      return await new Promise<boolean>((answer) => {
        this.#answer = answer;
        this.asked = { fault, people: people.view };
      });
    } finally {
      this.asked = null;
      this.#seeking = false;
    }
  }

  /** Somebody says yes; gives back why it does not count, and the question stays open. */
  async approve(slot: string, pin: string, code: string): Promise<Fault | null> {
    const answer = await this.#send('staff_approve', { slot, pin, code });
    if (answer.ok) {
      this.#answer(true);
      return null;
    }
    // Too many wrong PINs, and the PIN alone is no longer enough.
    const people = await this.#send('staff_approvers', {});
    if (people.ok && this.asked) this.asked = { ...this.asked, people: people.view };
    return answer.fault;
  }

  leave(): void {
    this.#answer(false);
  }
}
