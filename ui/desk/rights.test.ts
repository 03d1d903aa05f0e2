import { describe, expect, it } from 'vitest';
import type { Deed } from '../ipc/commands.gen';
import { homeOf, mayEnter } from './rights';

const cashier: { may: Deed[] } = { may: ['sell', 'discount_line', 'see_bills', 'reprint', 'see_goods'] };
const senior: { may: Deed[] } = { may: ['sell', 'see_takings', 'change_pc'] };
const accountant: { may: Deed[] } = { may: ['see_bills', 'reprint', 'see_takings', 'see_goods'] };
const stock: { may: Deed[] } = { may: ['see_goods', 'change_goods'] };

describe('places and rights', () => {
  it.each([
    ['a cashier sells', cashier, 'counter', true],
    ['a cashier does not see the takings', cashier, 'day', false],
    ['a cashier does not manage people', cashier, 'people', false],
    ['a cashier sets nothing', cashier, 'settings', false],
    ['an accountant has no counter', accountant, 'counter', false],
    ['stock brings a file in', stock, 'import', true],
    ['one right of two is enough for the settings', senior, 'settings', true],
  ] as const)('%s', (_, person, route, may) => expect(mayEnter(person, route)).toBe(may));

  it.each([[cashier, 'counter'], [accountant, 'bills'], [stock, 'items']] as const)('%j begins at %s', (person, home) => expect(homeOf(person)).toBe(home));
});
