import { call } from '../ipc/call';
import type { DeskView, Fault, OpenView } from '../ipc/commands.gen';
import { tongue } from '../kit/tongue.svelte';

export type Route = 'counter' | 'bills' | 'items' | 'import' | 'settings' | 'day';

/** The window as a whole: whether the shop is new, locked, open or broken, and which screen is shown. */
export class DeskDesk {
  view = $state<DeskView | null>(null);
  open = $state<OpenView | null>(null);
  route = $state<Route>('counter');
  fault = $state<Fault | null>(null);
  #notices: Fault[] = [];

  async look(): Promise<void> {
    const answer = await call('desk_state', {});
    if (answer.ok) {
      this.#found(answer.view);
      if (answer.view.stage === 'open' && this.open === null) await this.#takeUp();
    } else {
      this.fault = answer.fault;
    }
  }

  #found(view: DeskView): void {
    this.view = view;
    this.fault = view.fault;
    tongue.wear(view.screen);
  }

  /** Lets the owner name the folder in which the shop lies; gives back why the one named does not do. */
  async nameFolder(): Promise<Fault | null> {
    const chosen = await call('file_choose', { kind: 'folder' });
    if (!chosen.ok) return chosen.fault;
    if (chosen.view.path === null) return null;
    const answer = await call('desk_folder', { path: chosen.view.path });
    if (!answer.ok) return answer.fault;
    this.#found(answer.view);
    return null;
  }

  /** The window was loaded anew over a shop that is open. */
  async #takeUp(): Promise<void> {
    const answer = await call('desk_opened', {});
    if (answer.ok) this.enter(answer.view);
    else this.fault = answer.fault;
  }

  enter(open: OpenView, route: Route = 'counter'): void {
    this.route = route;
    this.#notices = open.notices;
    this.open = open;
  }

  /** What the owner should know before selling, said once after opening. */
  takeNotices(): Fault[] {
    const notices = this.#notices;
    this.#notices = [];
    return notices;
  }

  go(route: Route): void {
    this.route = route;
  }

  async lock(): Promise<void> {
    const answer = await call('desk_lock', {});
    if (!answer.ok) {
      this.fault = answer.fault;
      return;
    }
    this.open = null;
    await this.look();
  }

  async turnLanguage(): Promise<void> {
    tongue.language = tongue.language === 'en' ? 'hi' : 'en';
    await this.remember();
  }

  async turnTheme(): Promise<void> {
    tongue.theme = tongue.theme === 'system' ? 'light' : tongue.theme === 'light' ? 'dark' : 'system';
    await this.remember();
  }

  async remember(): Promise<void> {
    const answer = await call('desk_screen', { theme: tongue.theme, language: tongue.language });
    if (!answer.ok) this.fault = answer.fault;
  }
}

/** The lock screen: a person, a PIN and a code, all forgotten after one try. */
export class LockDesk {
  slot = $state('');
  pin = $state('');
  code = $state('');
  busy = $state(false);
  fault = $state<Fault | null>(null);
  readonly ready = $derived(this.pin !== '' && this.code.length === 6 && !this.busy);

  async unlock(): Promise<OpenView | null> {
    this.busy = true;
    // What was said of the try before is not said of this one.
    this.fault = null;
    const answer = await call('desk_unlock', { slot: this.slot, pin: this.pin, code: this.code });
    this.pin = '';
    this.code = '';
    this.busy = false;
    this.fault = answer.ok ? null : answer.fault;
    return answer.ok ? answer.view : null;
  }
}
