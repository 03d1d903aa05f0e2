import { describe, expect, it } from 'vitest';
import { brief, figure, grouped, price, shown, typed, type Paise } from './paise';

const paise = (amount: number) => amount as Paise;

describe('money is shown the Indian way', () => {
  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [99, '0.99'],
    [100, '1.00'],
    [195_400, '1,954.00'],
    [9_999_999, '99,999.99'],
    [10_000_000, '1,00,000.00'],
    [123_456_789_00, '12,34,56,789.00'],
    [-36, '−0.36'],
    [-54_900, '−549.00'],
  ])('%i paise are %s', (amount, text) => expect(shown(paise(amount))).toBe(text));

  it('is sent back without commas', () => expect(typed(paise(12_345_67))).toBe('12345.67'));
  it('drops paise only when there are none', () => {
    expect(brief(paise(200_000))).toBe('2,000');
    expect(brief(paise(200_050))).toBe('2,000.50');
  });
  it('keeps rupees and paise apart', () => expect(figure(paise(-7))).toEqual({ minus: true, rupees: '0', paise: '07' }));
  it.each([['1', '1'], ['123', '123'], ['1234', '1,234'], ['1234567', '12,34,567']])('groups %s as %s', (digits, text) =>
    expect(grouped(digits)).toBe(text));
  it.each([['1640.5', '1,640.5'], ['164.00', '164.00'], ['–', '–'], ['12a', '12a']])('reads the price %s as %s', (given, text) =>
    expect(price(given)).toBe(text));
});
