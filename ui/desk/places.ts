import ChartColumn from '@lucide/svelte/icons/chart-no-axes-column';
import Lock from '@lucide/svelte/icons/lock';
import Package from '@lucide/svelte/icons/package';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import ScanBarcode from '@lucide/svelte/icons/scan-barcode';
import Settings from '@lucide/svelte/icons/settings';
import type { Component } from 'svelte';
import type { Words } from '../ipc/commands.gen';
import type { Action } from '../keys/keymap';
import type { Route } from './DeskDesk.svelte';
import { words } from './words';

/** One entry of the menu and of the back office's side bar. */
export interface Door { route: Route | 'lock'; icon: Component<{ size?: number | string }>; say: Words; action: Action }

export const doors: Door[] = [
  { route: 'counter', icon: ScanBarcode, say: words.counter, action: 'menu' },
  { route: 'bills', icon: ReceiptText, say: words.bills, action: 'bills' },
  { route: 'items', icon: Package, say: words.items, action: 'items' },
  { route: 'day', icon: ChartColumn, say: words.day, action: 'day' },
  { route: 'settings', icon: Settings, say: words.settings, action: 'settings' },
  { route: 'lock', icon: Lock, say: words.lock, action: 'lock' },
];
