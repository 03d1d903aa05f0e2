import { beforeEach, describe, expect, it, vi } from 'vitest';

type Down = (event: object) => void;
let down: Down = () => undefined;
const body = {};
for (const name of ['HTMLButtonElement', 'HTMLSelectElement', 'HTMLInputElement', 'HTMLTextAreaElement']) vi.stubGlobal(name, class {});
vi.stubGlobal('document', { activeElement: body, body });
vi.stubGlobal('window', {
  addEventListener: (kind: string, hear: Down) => {
    if (kind === 'keydown') down = hear;
  },
  removeEventListener: () => undefined,
  setTimeout: (job: () => void, wait: number) => setTimeout(job, wait),
});

const { keyboard } = await import('./keyboard.svelte');
keyboard.listen();

const press = (key: string, at: number) =>
  down({ key, code: '', timeStamp: at, ctrlKey: false, altKey: false, metaKey: false, preventDefault: () => undefined, stopPropagation: () => undefined });
const scan = (code: string) => {
  [...code].forEach((key, index) => press(key, index));
  press('Enter', code.length);
};

describe('a scan over what lies on the counter', () => {
  const heard: string[] = [];
  beforeEach(() => void heard.splice(0));
  keyboard.refuse = () => void heard.push('refused');
  keyboard.open({ level: 1, scan: (text) => void heard.push(text), on: {} });

  it('closes the menu and goes on the bill', () => {
    const close = keyboard.open({ level: 3, modal: true, yields: () => void heard.push('closed'), on: {} });
    scan('8901262010016');
    close();
    expect(heard).toEqual(['closed', '8901262010016']);
  });

  it('is refused while something is to be decided', () => {
    const close = keyboard.open({ level: 3, modal: true, refuses: true, on: {} });
    scan('8901262010016');
    close();
    expect(heard).toEqual(['refused']);
  });
});

describe('what was typed a moment before a scan', () => {
  const heard: string[] = [];
  beforeEach(() => void heard.splice(0));
  vi.stubGlobal('InputEvent', class {});

  /** Types the head of a barcode into a field, slowly, and lets the scanner send the rest. */
  const typedThenScanned = async (type: string) => {
    const Field = HTMLInputElement as unknown as new () => object;
    const field = Object.assign(new Field(), { type, value: '', dataset: {}, selectionStart: 0, setRangeText: () => undefined, dispatchEvent: () => true });
    Object.assign(document, { activeElement: field, execCommand: () => true });
    const close = keyboard.open({ level: 1, scan: (text) => void heard.push(text), on: {} });
    press('8', 0);
    await new Promise((resolve) => setTimeout(resolve, 120));
    [...'904043901015'].forEach((key, index) => press(key, 120 + index));
    press('Enter', 140);
    close();
    Object.assign(document, { activeElement: body });
  };

  it('is the head of it in an open field', async () => {
    await typedThenScanned('text');
    expect(heard).toEqual(['8904043901015']);
  });

  it('is forgotten at once in the field of a PIN', async () => {
    await typedThenScanned('password');
    expect(heard).toEqual(['904043901015']);
  });
});
