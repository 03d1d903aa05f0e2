import { call } from '../ipc/call';
import type { Fault, Words } from '../ipc/commands.gen';

/** Where this PC's own key will be kept: in the best place here, or on a stick that the owner names. */
export class KeyPlace {
  choice = $state<'here' | 'stick'>('here');
  stick = $state('');
  /** Where on this PC it would be, and what that protects; asked for when the step is come to. */
  here = $state.raw<Words | null>(null);
  /** Why the folder named is no stick. */
  fault = $state.raw<Fault | null>(null);
  busy = $state(false);

  readonly ready = $derived(!this.busy && (this.choice === 'here' || this.stick.trim() !== ''));

  /** Asks where on this PC the key would be. */
  async look(): Promise<void> {
    this.here = null;
    const answer = await call('setup_key_place', { stick: null });
    if (answer.ok) this.here = answer.view.words;
    else this.fault = answer.fault;
  }

  /** Lets the owner choose the folder on the stick. */
  async name(): Promise<void> {
    this.choice = 'stick';
    const chosen = await call('file_choose', { kind: 'folder' });
    if (!chosen.ok) this.fault = chosen.fault;
    else if (chosen.view.path !== null) this.type(chosen.view.path);
  }

  type(path: string): void {
    this.stick = path;
    this.fault = null;
  }

  /** Has the shop take what was chosen; true when it does. */
  async keep(): Promise<boolean> {
    this.busy = true;
    const stick = this.choice === 'stick' ? this.stick.trim() : null;
    const answer = await call('setup_key_place', { stick });
    this.busy = false;
    this.fault = answer.ok ? null : answer.fault;
    return answer.ok;
  }
}
