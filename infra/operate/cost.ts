// npm run cost -- --requests 1000: what a month costs at AWS with so many requests, and with none. From what was measured
// (npm run cost:measure) and the list prices of their date; no figure stands here.
import { readFileSync } from 'node:fs';
import { added, type Bill, billOf, idleMonth, type Measured, type Prices, totalOf } from './cost/estimate.ts';

const read = <File>(name: string): File =>
  JSON.parse(readFileSync(new URL(`cost/${name}`, import.meta.url), 'utf8'));

function requestsIn(words: readonly string[]): number | null {
  const [flag, text = ''] = words;
  const count = Number(text.replaceAll(/[,_]/g, ''));
  return flag === '--requests' && /^[\d,_]+$/.test(text) && Number.isSafeInteger(count) ? count : null;
}

const dollars = (amount: number) => `$${amount.toFixed(2)}`.padStart(12);

function rows(columns: Readonly<Record<string, Bill>>): readonly string[] {
  const names = [...new Set(Object.values(columns).flatMap(bill => Object.keys(bill)))];
  const line = (name: string, cells: readonly string[]) => `${name.padEnd(20)}${cells.join('')}`;
  return [
    line(
      '',
      Object.keys(columns).map(title => title.padStart(12)),
    ),
    ...names.map(name =>
      line(
        name,
        Object.values(columns).map(bill => dollars(bill[name] ?? 0)),
      ),
    ),
    line(
      'together',
      Object.values(columns).map(bill => dollars(totalOf(bill))),
    ),
  ];
}

const requests = requestsIn(process.argv.slice(2));
if (requests === null) {
  console.error('How many requests a month? npm run cost -- --requests 1000');
  process.exitCode = 1;
} else {
  const [measured, prices] = [read<Measured>('units.json'), read<Prices>('prices.json')];
  const idle = idleMonth(measured, prices);
  const calls = added([idle, billOf(measured.perCall, requests, prices)]);
  const texts = added([idle, billOf(measured.perConversation, requests, prices)]);
  console.log(
    `A month with ${requests.toLocaleString('en')} requests, ${prices.region}, list prices of ${prices.asOf}:`,
  );
  for (const row of rows({ idle, 'all call': calls, 'all write': texts })) console.log(row);
  console.log(
    `Units measured ${measured.measuredAt} on Node ${measured.node}. Telephony, storage, copies and taxes apart.`,
  );
}
