import type { Words } from '../ipc/commands.gen';

export const words = {
  title: { en: 'Totals of {day}', hi: '{day} का हिसाब' },
  sales: { en: 'Sales', hi: 'बिक्री' },
  bills: { en: 'Bills', hi: 'बिल' },
  cancelled: { en: 'Cancelled', hi: 'रद्द' },
  taxable: { en: 'Taxable value', hi: 'कर योग्य रकम' },
  cgst: { en: 'CGST', hi: 'CGST' },
  sgst: { en: 'SGST', hi: 'SGST' },
  igst: { en: 'IGST', hi: 'IGST' },
  paid: { en: 'How it was paid', hi: 'पैसे कैसे आए' },
  way: { en: 'Way', hi: 'तरीका' },
  count: { en: 'Times', hi: 'बार' },
  amount: { en: 'Amount', hi: 'रकम' },
  tax: { en: 'GST in it', hi: 'इसमें GST' },
  empty: { en: 'No bill on this day yet', hi: 'इस दिन अभी कोई बिल नहीं' },
  all_bills: { en: 'All bills of the day', hi: 'दिन के सब बिल' },
  back: { en: 'Back to the counter', hi: 'वापस काउंटर पर' },
  before: { en: 'Day before', hi: 'पिछला दिन' },
  after: { en: 'Day after', hi: 'अगला दिन' },
} satisfies Record<string, Words>;
