import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { BillView, Fault } from '../ipc/commands.gen';

type Reply = (request: never) => unknown;
const asked: [string, unknown][] = [];
const replies: Record<string, Reply> = {};

vi.mock('@tauri-apps/api/core', () => ({
  invoke: async (name: string, { request }: { request: never }) => {
    asked.push([name, request]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    return replies[name]?.(request);
  },
}));
vi.mock('@tauri-apps/api/event', () => ({ listen: async () => () => undefined }));

const { SaleDesk } = await import('./SaleDesk.svelte');
const { PayDesk } = await import('./PayDesk.svelte');

const bill = (id: string, lines: number): BillView =>
  ({ id, line_count: lines, lines: Array.from({ length: lines }, (_, at) => ({ no: at + 1, removed: false })), last_line: lines === 0 ? null : lines, last: null }) as unknown as BillView;
const refusal: Fault = { code: 'sale.tender_short', say: { en: 'Short.', hi: 'कम।' }, hint: { en: '', hi: '' } };

let lines = 0;
let number = 0;
beforeEach(() => {
  asked.length = 0;
  lines = 0;
  number = 1;
  const now = () => bill(`b${number}`, lines);
  Object.assign(replies, {
    sale_bill: now,
    sale_favourites: () => [{ slot: 1, item: 'milk', name: 'Milk' }],
    sale_enter: ({ text }: { text: string }) => {
      if (text === 'unknown') return { outcome: 'unknown', bill: now(), line: null, unknown: text };
      lines += 1;
      return { outcome: 'added', bill: now(), line: lines, unknown: null };
    },
    sale_add: () => ((lines += 1), now()),
    sale_quantity: now,
    sale_remove: now,
    sale_search: () => [],
    sale_tender: () => ({ left: 165400, change: 0, parts: [], quick: [] }),
    settings_get: () => ({ next_number: 'A/26-27/000001' }),
    sale_settle: () => {
      number += 1;
      lines = 0;
      return { number: 'A/26-27/000001', total: 100, given: 100, change: 0, bill: now(), printed: 'queued', path: null, again: false };
    },
  });
});

const started = async () => {
  const desk = new SaleDesk();
  await desk.begin([]);
  asked.length = 0;
  return desk;
};
const settled = () => new Promise((resolve) => setTimeout(resolve, 80));
const names = () => asked.map(([name]) => name);

describe('keys never overtake the scan before them', () => {
  it('F12 waits for the scan, and the scan after it is on the next bill', async () => {
    const desk = await started();
    desk.scan('1');
    desk.scan('2');
    desk.cash();
    desk.scan('3');
    await settled();
    expect(names()).toEqual(['sale_enter', 'sale_enter', 'sale_settle', 'sale_enter']);
    expect(asked[2]?.[1]).toEqual({ bill: 'b1', tenders: [] });
    expect(desk.bill?.id).toBe('b2');
    expect(desk.bill?.line_count).toBe(1);
  });

  it('F12 in the same breath as an unknown code closes nothing', async () => {
    const desk = await started();
    desk.scan('1');
    desk.scan('unknown');
    desk.cash();
    await settled();
    expect(names()).toEqual(['sale_enter', 'sale_enter']);
    expect(desk.notice?.code).toBe('sale.unknown');
    desk.cash();
    await settled();
    expect(names().at(-1)).toBe('sale_settle');
  });

  it('F12 twice closes one bill', async () => {
    const desk = await started();
    desk.scan('1');
    desk.cash();
    desk.cash();
    await settled();
    expect(names()).toEqual(['sale_enter', 'sale_settle']);
    expect(desk.notice?.code).toBe('sale.done');
  });

  it('Enter behind an unknown code does not stay on Pay', async () => {
    const desk = await started();
    desk.scan('1');
    desk.scan('unknown');
    desk.pay();
    expect(desk.stage).toBe('pay');
    await settled();
    expect(desk.stage).toBe('counter');
  });
});

describe('the first moment at the counter', () => {
  it('keeps a scan that was made before the bill was read', async () => {
    replies['sale_favourites'] = () => new Promise((resolve) => setTimeout(() => resolve([]), 40));
    const desk = new SaleDesk();
    void desk.begin([]);
    desk.scan('1');
    desk.cash();
    await settled();
    await settled();
    expect(names()).toEqual(['sale_bill', 'sale_favourites', 'sale_enter', 'sale_settle']);
    expect(desk.notice?.code).toBe('sale.done');
    expect(desk.bill?.id, 'what was read first does not come last').toBe('b2');
  });
});

describe('the scan box', () => {
  it('puts a typed quantity before the scan', async () => {
    const desk = await started();
    desk.typed('3*');
    desk.scan('8901262010016');
    await settled();
    expect(asked).toEqual([['sale_enter', { text: '3*8901262010016', source: 'scan' }]]);
  });

  it('gives the last line a quantity', async () => {
    const desk = await started();
    desk.scan('1');
    desk.typed('.750*');
    desk.enter();
    await settled();
    expect(asked[1]).toEqual(['sale_quantity', { line: 1, quantity: '.750' }]);
  });

  it('keeps an unknown code for a new item, and Enter opens it', async () => {
    const desk = await started();
    desk.scan('unknown');
    await settled();
    expect(desk.text).toBe('unknown');
    desk.enter();
    expect(desk.panel).toBe('new');
  });

  it('knows favourites by their key only', async () => {
    const desk = await started();
    expect(desk.favourite(2)).toBe(false);
    expect(desk.favourite(1)).toBe(true);
    await settled();
    expect(asked).toEqual([['sale_add', { item: 'milk', quantity: null }]]);
  });

  it('says nothing over a bill just done when there is nothing to pay', async () => {
    const desk = await started();
    desk.enter();
    expect(desk.notice?.code).toBe('sale.empty');
    expect(desk.stage).toBe('counter');
  });
});

describe('paying', () => {
  it('300 C U is a part in cash and the rest by UPI', async () => {
    const desk = await started();
    desk.scan('1');
    await settled();
    desk.pay();
    const pay = new PayDesk(desk);
    pay.type('300');
    pay.take('cash');
    pay.take('upi');
    await settled();
    pay.done();
    await settled();
    expect(asked.at(-1)).toEqual(['sale_settle', { bill: 'b1', tenders: [{ kind: 'cash', amount: '300' }, { kind: 'upi', amount: '1654.00' }] }]);
    expect(desk.stage).toBe('counter');
  });

  it('comes back with what was typed when the shop refuses', async () => {
    const desk = await started();
    desk.scan('1');
    await settled();
    desk.pay();
    replies['sale_settle'] = () => {
      throw refusal;
    };
    const pay = new PayDesk(desk);
    pay.type('10');
    pay.done();
    await settled();
    expect(desk.stage).toBe('pay');
    const again = new PayDesk(desk);
    await again.begin();
    expect([again.amount, again.fault?.code]).toEqual(['10', 'sale.tender_short']);
  });
});
