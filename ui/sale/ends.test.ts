import { describe, expect, it } from 'vitest';
import { ends } from './ends';

describe('a favourite is told by both ends of its name', () => {
  it.each([
    ['Toned milk 500 ml', 'Toned milk 500 ml'],
    ['Fortune Sunlite refined sunflower oil 15 L tin', 'Fortune Sunlite … oil 15 L tin'],
    ['Fortune Sunlite refined sunflower oil 1 L pouch', 'Fortune Sunlite … 1 L pouch'],
    ['फॉर्च्यून सनलाइट रिफाइंड सूरजमुखी तेल 1 लीटर पाउच', 'फॉर्च्यून सनलाइट … 1 लीटर पाउच'],
    ['Supercalifragilisticexpialidocious-brand', 'Supercalifragilisticexpialidocious-brand'],
    ['Supercalifragilisticexpialidocious 5 kg', 'Supercalifragilisticexpialidocious 5 kg'],
    ['Handwoven Chanderi saree with a zari border', 'Handwoven Chanderi … zari border'],
  ])('%s', (name, told) => expect(ends(name)).toBe(told));
});
