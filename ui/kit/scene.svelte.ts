/** Writes on the page which screen is shown, for tests and for the sheet of keys. */
export function scene(name: () => string, step: () => string | null = () => null): void {
  // The page's body lives outside Svelte.
  $effect(() => {
    const page = document.body.dataset;
    const before = page['screen'];
    const mine = name();
    page['screen'] = mine;
    const now = step();
    if (now === null) delete page['step'];
    else page['step'] = now;
    // What lay under a cover is shown again; a screen that took this one's place stays.
    return () => {
      if (page['screen'] === mine && before !== undefined) page['screen'] = before;
    };
  });
}
