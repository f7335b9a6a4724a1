// What a month costs at AWS: measured units times list prices, with no free tier. Pure. Telephony is Twilio's, and apart.

/** Of one request, or of one run of a timer. */
export type Units = {
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly runs: number;
  readonly gigabyteSeconds: number;
  readonly webhooks: number;
  readonly queueAndTopicRequests: number;
  readonly logBytes: number;
};

export type Measured = {
  readonly measuredAt: string;
  readonly node: string;
  readonly perCall: Units;
  readonly perConversation: Units;
  /** By the function that a timer runs. */
  readonly perRun: Readonly<Record<string, Units>>;
  readonly runsAMonth: Readonly<Record<string, number>>;
  readonly alarms: number;
  readonly ownMetrics: number;
  readonly keys: number;
  readonly secrets: number;
  readonly queuesThatAreRead: number;
};

export type Prices = {
  readonly asOf: string;
  readonly region: string;
  readonly list: Readonly<Record<string, { readonly price: number; readonly source: string }>>;
  readonly queuePolls: { readonly aMonth: number };
};

/** What is charged, in dollars a month. */
export type Bill = Readonly<Record<string, number>>;

const GIGABYTE = 1024 ** 3;
const MILLION = 1_000_000;

/** With no request at all. */
export function idleMonth(measured: Measured, prices: Prices): Bill {
  const price = priceIn(prices);
  const timers = Object.entries(measured.runsAMonth).map(([name, runs]) => {
    const units = measured.perRun[name];
    return units ? billOf(units, runs, prices) : {};
  });
  return added([
    ...timers,
    {
      'alarms and metrics':
        measured.alarms * price('alarmMonth') + measured.ownMetrics * price('ownMetricMonth'),
      'key and secret': measured.keys * price('keyMonth') + measured.secrets * price('secretMonth'),
      'queue and topic':
        (measured.queuesThatAreRead * prices.queuePolls.aMonth * price('queueRequestsMillion')) / MILLION,
    },
  ]);
}

export function billOf(units: Units, times: number, prices: Prices): Bill {
  const price = priceIn(prices);
  return {
    table:
      (times *
        (units.readUnits * price('readUnitsMillion') + units.writeUnits * price('writeUnitsMillion'))) /
      MILLION,
    functions:
      times *
      ((units.runs * price('runsMillion')) / MILLION + units.gigabyteSeconds * price('gigabyteSecond')),
    'HTTP API': (times * units.webhooks * price('httpRequestsMillion')) / MILLION,
    'queue and topic': (times * units.queueAndTopicRequests * price('queueRequestsMillion')) / MILLION,
    logs: (times * units.logBytes * price('logGigabyte')) / GIGABYTE,
  };
}

export function added(bills: readonly Bill[]): Bill {
  const names = [...new Set(bills.flatMap(bill => Object.keys(bill)))];
  return Object.fromEntries(
    names.map(name => [name, bills.reduce((sum, bill) => sum + (bill[name] ?? 0), 0)]),
  );
}

export const totalOf = (bill: Bill): number => Object.values(bill).reduce((sum, each) => sum + each, 0);

function priceIn({ list }: Prices): (name: string) => number {
  return name => {
    const found = list[name];
    if (!found) throw new Error(`the price file has no ${name}`);
    return found.price;
  };
}
