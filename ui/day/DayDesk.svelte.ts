import { call } from '../ipc/call';
import type { DayView, Fault } from '../ipc/commands.gen';

/** The totals of one day. */
export class DayDesk {
  view = $state.raw<DayView | null>(null);
  fault = $state.raw<Fault | null>(null);
  readonly today: string;

  constructor(today: string) {
    this.today = today;
  }

  get isToday(): boolean {
    return this.view === null || this.view.day >= this.today;
  }

  async look(day: string | null): Promise<void> {
    const answer = await call('day_totals', { day });
    if (answer.ok) this.view = answer.view;
    this.fault = answer.ok ? null : answer.fault;
  }

  /** One day back or forward, never past today. */
  async step(days: -1 | 1): Promise<void> {
    const from = this.view?.day ?? this.today;
    const next = shifted(from, days);
    if (next <= this.today) await this.look(next);
  }
}

/** The calendar day so many days away. */
export function shifted(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
