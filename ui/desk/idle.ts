/**
 * Counts the time in which nobody touches the till: first the screen is locked, later the shop fully.
 *
 * Goes by the clock on the wall, so that a laptop that slept has counted its sleep. Whoever touches a covered
 * screen has shown nobody's PIN, so the way to the full lock goes on.
 */
export class Idle {
  #since: number;

  constructor(now: number) {
    this.#since = now;
  }

  /** A key or the pointer, or a person who came back with a PIN. */
  touch(now: number): void {
    this.#since = now;
  }

  /** What is due now; minutes as the settings say them. */
  due(now: number, minutes: { screen: number; full: number }, covered: boolean): 'cover' | 'lock' | null {
    // A clock that was put back must not keep the till open for as long.
    if (now < this.#since) this.#since = now;
    const idle = now - this.#since;
    if (idle >= minutes.full * MINUTE_MS) return 'lock';
    return !covered && idle >= minutes.screen * MINUTE_MS ? 'cover' : null;
  }
}

const MINUTE_MS = 60_000;

/** How often the time is looked at. */
export const LOOK_MS = 1_000;
