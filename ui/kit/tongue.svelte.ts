import type { Language, MomentView, Screen, Theme, Words } from '../ipc/commands.gen';

/** What the window looks and sounds like on this PC: its language and its theme. */
class Tongue {
  language = $state<Language>('en');
  theme = $state<Theme>('system');
  #dark = $state(false);

  /** The theme to draw, with the system's own wish already asked. */
  readonly shade = $derived<'light' | 'dark'>(this.theme === 'system' ? (this.#dark ? 'dark' : 'light') : this.theme);

  constructor() {
    const wish = globalThis.matchMedia?.('(prefers-color-scheme: dark)');
    if (!wish) return;
    this.#dark = wish.matches;
    wish.addEventListener('change', (event) => (this.#dark = event.matches));
  }

  wear(screen: Screen): void {
    this.language = screen.language;
    this.theme = screen.theme;
  }
}

export const tongue = new Tongue();

/** A sentence in the language of the window, its `{blanks}` filled in. */
export function say(words: Words, blanks?: Record<string, string | number>): string {
  const sentence = words[tongue.language];
  return blanks ? sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(blanks[name] ?? whole)) : sentence;
}

/** `22 Nov 2026` from `2026-11-22`, in the language of the window. */
export function dayShown(day: string): string {
  const [year, month, date] = day.split('-');
  const name = MONTHS[tongue.language][Number(month) - 1];
  return name ? `${Number(date)} ${name} ${year}` : day;
}

/** `22 Nov 2026, 14:05`, in the language of the window. */
export function momentShown(moment: MomentView): string {
  return `${dayShown(moment.day)}, ${moment.time}`;
}

const MONTHS = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  hi: ['जन', 'फ़र', 'मार्च', 'अप्रैल', 'मई', 'जून', 'जुल', 'अग', 'सित', 'अक्टू', 'नव', 'दिस'],
};
