import ChartColumn from '@lucide/svelte/icons/chart-no-axes-column';
import Lock from '@lucide/svelte/icons/lock';
import Package from '@lucide/svelte/icons/package';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import ScanBarcode from '@lucide/svelte/icons/scan-barcode';
import Settings from '@lucide/svelte/icons/settings';
import UserRoundCog from '@lucide/svelte/icons/user-round-cog';
import Users from '@lucide/svelte/icons/users';
import type { Component } from 'svelte';
import type { PersonView, Words } from '../ipc/commands.gen';
import type { Action } from '../keys/keymap';
import type { Route } from './DeskDesk.svelte';
import { mayEnter } from './rights';
import { words } from './words';

/** Where a door leads: to a place, or out. */
export type Way = Route | 'cover' | 'lock';

/** One entry of the menu and of the back office's side bar. */
export interface Door { route: Way; icon: Component<{ size?: number | string }>; say: Words; action: Action }

const doors: Door[] = [
  { route: 'counter', icon: ScanBarcode, say: words.counter, action: 'menu' },
  { route: 'bills', icon: ReceiptText, say: words.bills, action: 'bills' },
  { route: 'items', icon: Package, say: words.items, action: 'items' },
  { route: 'day', icon: ChartColumn, say: words.day, action: 'day' },
  { route: 'people', icon: Users, say: words.people, action: 'people' },
  { route: 'settings', icon: Settings, say: words.settings, action: 'settings' },
  { route: 'lock', icon: Lock, say: words.lock, action: 'lock' },
];

/** The cover has its button in the top bar; the menu of the counter names it too. */
export const cover: Door = { route: 'cover', icon: UserRoundCog, say: words.cover, action: 'cover' };

/** The doors that are open to a person. */
export function doorsOf(person: Pick<PersonView, 'may'>): Door[] {
  return doors.filter(({ route }) => route === 'lock' || route === 'cover' || mayEnter(person, route));
}
