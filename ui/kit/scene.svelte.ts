/** Writes on the page which screen is shown, for tests and for the sheet of keys. */
export function scene(name: () => string, step: () => string | null = () => null): void {
  // The page's body lives outside Svelte.
  $effect(() => {
    document.body.dataset['screen'] = name();
    const now = step();
    if (now === null) delete document.body.dataset['step'];
    else document.body.dataset['step'] = now;
  });
}
