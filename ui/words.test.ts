import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';

const root = import.meta.dirname;
const files = (readdirSync(root, { recursive: true }) as string[]).filter((file) => !/^(node_modules|dist)/.test(file));
const svelte = files.filter((file) => file.endsWith('.svelte'));
const styled = [...svelte, ...files.filter((file) => file.endsWith('.css'))].filter((file) => !file.endsWith('tokens.css'));
const code = files.filter((file) => file.endsWith('.ts') && !/(^|\/)words\.ts$|\.test\.ts$/.test(file));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

describe('every word has both languages', async () => {
  const rooms = import.meta.glob<{ words: Record<string, { en: string; hi: string }> }>('./*/words.ts', { eager: true });
  for (const [room, { words }] of Object.entries(rooms)) {
    it.each(Object.entries(words))(`${room} %s`, (_, word) => {
      expect(word.en.trim()).not.toBe('');
      expect(word.hi.trim()).not.toBe('');
      const blanks = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
      expect(blanks(word.hi)).toEqual(blanks(word.en));
      expect(word.hi, 'digits stay 0 to 9').not.toMatch(/[०-९]/);
    });
  }
  it('is looked for in at least eight rooms', () => expect(Object.keys(rooms).length).toBeGreaterThanOrEqual(8));
});

/** Texts in the template that a person would read: between tags, and in the attributes that are read out. */
function literals(source: string): string[] {
  const found: string[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    const { type, name, data, value } = node as { type?: string; name?: string; data?: string; value?: unknown };
    if (type === 'Text' && data) found.push(data);
    if (type === 'Attribute') {
      if (['title', 'placeholder', 'aria-label', 'alt', 'label', 'note', 'text', 'strong'].includes(name ?? '')) walk(value);
      return;
    }
    for (const [key, child] of Object.entries(node)) if (key !== 'css' && key !== 'instance' && key !== 'module') walk(child);
  };
  walk(parse(source, { modern: true }).fragment);
  return found.filter((text) => /\p{L}/u.test(text));
}

describe('no screen has a sentence of its own', () => {
  it.each(svelte.filter((file) => !file.endsWith('Mark.svelte')))('%s', (file) => expect(literals(read(file))).toEqual([]));
  it('finds one when there is one', () => expect(literals('<p>Hello</p><input placeholder="there" class="row" />')).toEqual(['Hello', 'there']));
  it.each(code)('%s has no Hindi outside words', (file) => {
    const allowed = file.endsWith('tongue.svelte.ts') || file.endsWith('SetupDesk.svelte.ts');
    if (!allowed) expect(read(file)).not.toMatch(/\p{Script=Devanagari}/u);
  });
});

describe('colours and type sizes come from the tokens', () => {
  it.each(styled)('%s', (file) => {
    const text = read(file);
    const style = file.endsWith('.css') ? text : (/<style>[\s\S]*<\/style>/.exec(text)?.[0] ?? '');
    expect(style).not.toMatch(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/i);
    expect(style).not.toMatch(/font(-size)?:[^;]*\d(px|pt)\b/);
    expect(text, 'an inline style attribute is forbidden by the rules of the window').not.toMatch(/\sstyle="/);
    expect(text).not.toContain('{@html');
  });
});
