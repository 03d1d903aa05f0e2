import { keyboard, type Layer } from './keyboard.svelte';

/** Listens to keys for as long as the component is on the screen. */
export function hear(layer: Layer): void {
  // The window's keys live outside Svelte.
  $effect(() => keyboard.open(layer));
}
