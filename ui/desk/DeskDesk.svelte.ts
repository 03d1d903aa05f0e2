import { approval, call } from '../ipc/call';
import type { DeskView, Fault, OpenView } from '../ipc/commands.gen';
import { tongue } from '../kit/tongue.svelte';
import { homeOf, mayEnter } from './rights';

export type Route = 'counter' | 'bills' | 'items' | 'import' | 'settings' | 'day' | 'people';

/** What the address of an emptied page says when too many wrong PINs locked the shop. */
export const LOCKED_FULLY = '#locked_fully';

/** The window as a whole: whether the shop is new, locked, covered, open or broken, and which screen is shown. */
export class DeskDesk {
  view = $state<DeskView | null>(null);
  open = $state<OpenView | null>(null);
  route = $state<Route>('counter');
  fault = $state<Fault | null>(null);
  /** Grows with everybody who comes to the counter: what the one before left on the screens goes. */
  turn = $state(0);
  #notices: Fault[] = [];
  #empty: (why: string) => void;

  /** The cover is up: the shop is open behind it, and the bill stays. */
  readonly covered = $derived(this.view?.stage === 'covered');

  constructor(empty: (why: string) => void = emptyPage) {
    let emptied = false;
    // The page lives on for a moment: what comes after the first word must not take that word's reason away.
    this.#empty = (why) => {
      if (emptied) return;
      emptied = true;
      empty(why);
    };
  }

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
    // In one order on the lock and on the cover, so that a person keeps a key.
    const people = view.people.toSorted((a, b) => a.name.localeCompare(b.name));
    this.view = { ...view, people };
    this.fault = view.fault;
    tongue.wear(view.screen);
    if (view.stage === 'locked' && this.open !== null) this.#empty('');
  }

  /** Lets the owner name the folder of the shop, or of the key stick; gives back why the one named does not do. */
  async nameFolder(command: 'desk_folder' | 'desk_stick' = 'desk_folder'): Promise<Fault | null> {
    const chosen = await call('file_choose', { kind: 'folder' });
    if (!chosen.ok) return chosen.fault;
    if (chosen.view.path === null) return null;
    const answer = await call(command, { path: chosen.view.path });
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

  enter(open: OpenView, route: Route = homeOf(open.person)): void {
    this.route = route;
    this.#notices = open.notices;
    this.open = open;
    this.turn += 1;
  }

  /** Screen lock, and the way from one cashier to the next. */
  async cover(): Promise<void> {
    if (this.open === null || this.covered) return;
    approval.leave();
    const answer = await call('desk_cover', {});
    if (answer.ok) await this.look();
  }

  /** Somebody came back with a PIN: the same person finds everything as it was, another one begins at the counter. */
  uncover(open: OpenView, slot: string): void {
    const stays = this.open !== null && this.view?.people.find((person) => person.here)?.slot === slot;
    if (this.view) this.view = { ...this.view, stage: 'open' };
    if (stays) this.open = open;
    else this.enter(open);
  }

  /** A command was refused because the shop is no longer open to this window. */
  async shut(fault: Fault): Promise<void> {
    approval.leave();
    if (fault.code === 'desk.locked_fully') this.#empty(LOCKED_FULLY);
    else if (this.open !== null) await this.look();
  }

  /** What the owner should know before selling, said once after opening. */
  takeNotices(): Fault[] {
    const notices = this.#notices;
    this.#notices = [];
    return notices;
  }

  /** Goes to a place, if it is open to whoever is here. */
  go(route: Route): boolean {
    if (this.open === null || !mayEnter(this.open.person, route)) return false;
    this.route = route;
    return true;
  }

  /** Locks fully. The page is emptied, so that no customer stays in its memory. */
  async lock(): Promise<void> {
    approval.leave();
    const answer = await call('desk_lock', {});
    if (answer.ok) this.#empty('');
    else this.fault = answer.fault;
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

/** Loads an empty page in place of this one. */
function emptyPage(why: string): void {
  location.hash = why;
  location.reload();
}

/** The shop refuses with this when the clock shows a time that it has lived through. */
export const CLOCK_BEHIND = 'vault.clock_behind';

/** The lock screen and the cover: a person, a PIN and a code, all forgotten after one try. */
export class LockDesk {
  slot = $state('');
  pin = $state('');
  code = $state('');
  next_code = $state('');
  /** The PC's clock is not believed: two codes after each other tell the time. */
  lost = $state(false);
  busy = $state(false);
  fault = $state<Fault | null>(null);

  /** One try. Under the cover a PIN may do alone; then the code is empty. */
  async unlock(covered: boolean): Promise<OpenView | null> {
    const request = { slot: this.slot, pin: this.pin, code: this.code };
    const next_code = this.next_code;
    this.forget();
    this.busy = true;
    // What was said of the try before is not said of this one.
    this.fault = null;
    const answer =
      this.lost && !covered
        ? await call('desk_unlock_lost', { ...request, next_code })
        : await call(covered ? 'desk_uncover' : 'desk_unlock', request);
    this.busy = false;
    this.fault = answer.ok ? null : answer.fault;
    return answer.ok ? answer.view : null;
  }

  forget(): void {
    this.pin = '';
    this.code = '';
    this.next_code = '';
  }

  /** Goes over to two codes, or back to one. */
  turnLost(lost: boolean): void {
    this.forget();
    this.fault = null;
    this.lost = lost;
  }
}
