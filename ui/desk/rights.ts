import type { Deed, PersonView } from '../ipc/commands.gen';
import type { Route } from './DeskDesk.svelte';

/** What one must be allowed for a place to be of use; one of these is enough. */
const NEEDS: Record<Route, readonly Deed[]> = {
  counter: ['sell'],
  bills: ['see_bills'],
  items: ['see_goods'],
  import: ['change_goods'],
  day: ['see_takings'],
  people: ['manage_people'],
  settings: ['change_pc', 'change_shop'],
};

/** Whether a place is open to a person. The shop asks again at every command; this spares the way there. */
export function mayEnter(person: Pick<PersonView, 'may'>, route: Route): boolean {
  return NEEDS[route].some((deed) => person.may.includes(deed));
}

/** Where a person begins: at the counter, or at the first place that is open to them. */
export function homeOf(person: Pick<PersonView, 'may'>): Route {
  return (['counter', 'bills', 'items', 'day'] as const).find((route) => mayEnter(person, route)) ?? 'counter';
}
