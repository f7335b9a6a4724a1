// npm run connect, by the real Twilio client against the exchange, in front of a real hotline: what it finds, what it
// changes, that afterwards people who call are connected, and that it changes nothing that it has not said.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FallbackSite, startFallbackSite } from '../../infra/local/fallback-site.ts';
import { accountAt } from '../../infra/operate/connect/account.ts';
import { connectNumbers, type Hotline, type Mode } from '../../infra/operate/connect/connecting.ts';
import { fallbackPath } from '../../shared/http/fallback-pages.ts';
import { publishFallback } from '../../shared/http/publish-fallback.ts';
import { fullLine, plainLine, smallNetwork, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const publicBase = 'https://pana.example';
const network = {
  ...smallNetwork,
  settings: {
    ...smallNetwork.settings,
    limits: { ...smallNetwork.settings.limits, allowedPrefixes: ['+7'] },
  },
};
const countries = {
  KZ: { name: 'Kazakhstan', code: '+7', mayBeDialled: false },
  RU: { name: 'Russia', code: '+7', mayBeDialled: true },
  LV: { name: 'Latvia', code: '+371', mayBeDialled: true },
};

let site: FallbackSite;
let world: World;
let said: string[];
beforeAll(async () => {
  site = await startFallbackSite();
});
afterAll(() => site.close());

/** Numbers as they are on the day they are bought. */
beforeEach(async () => {
  world = await worlds.open({ network, volunteers: [volunteer('aigul', 11)] });
  await publishFallback(world.context, site);
  said = [];
  for (const [iso, country] of Object.entries(countries)) world.exchange.countries.set(iso, { ...country });
  for (const { number } of network.lines)
    world.exchange.lines.set(number, { voiceUrl: 'https://demo.twilio.com/welcome/voice/?token=abc' });
});

const fallbackOf: Hotline['fallbackOf'] = line => `${site.url}/${fallbackPath(line, world.context.pageName)}`;

function connect(mode: Mode, hotline: Partial<Hotline> = {}, agrees = true) {
  const { accountSid, authToken, apiKey, url } = world.exchange;
  const secrets = {
    twilioAccountSid: accountSid,
    twilioApiKey: apiKey?.sid ?? '',
    twilioApiSecret: apiKey?.secret ?? '',
  };
  return connectNumbers(
    { network, publicBase, fallbackOf, authTokens: [authToken], ...hotline },
    {
      account: accountAt({ twilioApi: url, secrets }),
      statusOf: async (method, address) =>
        (await fetch(address.replace(publicBase, world.webhooksUrl), { method }).catch(() => null))?.status ??
        null,
      say: words => said.push(words),
      agrees: async () => agrees,
    },
    mode,
  );
}

const written = () => world.exchange.journal.filter(({ method }) => method === 'POST');

describe('numbers as they were bought', () => {
  test('are told apart field by field, and a check changes nothing', async () => {
    expect(await connect('check')).toBe('differs');
    expect(said).toEqual(
      expect.arrayContaining([
        'Change: Kazakhstan (KZ): calls allowed.',
        'Change: Latvia (LV): calls no longer allowed.',
        `Change: line_plain: voiceUrl from https://demo.twilio.com/welcome/voice/ to ${publicBase}/voice/incoming#rc=2&rp=ct,rt,5xx.`,
        `Change: line_plain: statusCallback from none to ${publicBase}/status/calls#rc=2&rp=ct,rt,5xx.`,
        "Change: line_plain: voiceFallbackUrl from none to the line's own document.",
        'Change: line_plain: voiceFallbackMethod from POST to GET.',
      ]),
    );
    expect(said.filter(words => /^Problem|RU/.test(words))).toEqual([]);
    expect(written()).toEqual([]);
  });

  test('a no leaves them as they are', async () => {
    expect(await connect('ask', {}, false)).toBe('refused');
    expect(written()).toEqual([]);
  });

  test('once connected a second look finds nothing, and whoever calls is connected, or hears the fallback', async () => {
    expect(await connect('ask')).toBe('changed');
    expect(said.at(-1)).toBe('The numbers are connected as they should be.');
    expect(await connect('check')).toBe('as-it-should-be');
    const [caller, desk] = [world.phone('+77995550001'), world.phone(plainLine.fallbackNumber)];
    const aigul = world.phone(volunteer('aigul', 11).number);
    await caller.dials(plainLine);
    await aigul.rings();
    world.exchange.faults.onWebhook = ({ url }) => (url.startsWith(site.url) ? 'pass' : 'lose');
    caller.mayHearAnything();
    await desk.rings(40);
    world.exchange.faults.onWebhook = () => 'pass';
    await caller.hangsUp();
    await desk.stopsRinging(70);
    await aigul.stopsRinging(150);
  });

  test('what is said holds no number, no secret of an address and no name of a document', async () => {
    await connect('ask');
    const all = said.join('\n');
    expect(all).not.toMatch(/\+\d{7,}|token=|\.xml/);
    expect(all).not.toContain(world.context.pageName(plainLine));
  });
});

test('an application or trunk that takes the calls past us is taken away', async () => {
  await connect('ask');
  world.exchange.lines.set(plainLine.number, {
    ...world.exchange.lines.get(plainLine.number),
    trunkSid: `TK${'a'.repeat(32)}`,
    smsApplicationSid: `AP${'a'.repeat(32)}`,
  });
  expect(await connect('check')).toBe('differs');
  expect(await connect('ask')).toBe('changed');
  expect(world.exchange.lines.get(plainLine.number)).not.toHaveProperty('trunkSid');
});

describe('what no key can mend is a problem', () => {
  const problems = async (hotline: Partial<Hotline> = {}) => {
    said = [];
    expect(await connect('check', hotline)).toBe('differs');
    return said.filter(words => words.startsWith('Problem'));
  };
  beforeEach(async () => {
    await connect('ask');
  });

  test('a number that the account does not have, or that cannot do what its line says', async () => {
    world.exchange.lines.delete(plainLine.number);
    const bought = { ...world.exchange.lines.get(fullLine.number) };
    world.exchange.lines.set(fullLine.number, {
      ...bought,
      capabilities: { voice: false, sms: false, mms: false },
    });
    expect(await problems()).toEqual([
      'Problem: line_plain: its number is not in the account.',
      'Problem: line_full: its number takes and places no calls.',
      expect.stringContaining('line_full: capabilities.sms says that it does SMS'),
    ]);
  });

  test('a token or key that is not accepted', async () => {
    expect(await problems({ authTokens: ['an old token, long gone'] })).toEqual([
      expect.stringContaining('none of the auth tokens'),
    ]);
  });

  test('a hotline that does not answer, a document that is not there, a country that nobody knows', async () => {
    world.exchange.countries.delete('KZ');
    expect(await problems({ publicBase: 'http://127.0.0.1:1' })).toEqual([
      expect.stringContaining('KZ: the network knows no such country'),
      expect.stringContaining('does not answer where calls are to be sent (nothing'),
    ]);
    world.exchange.countries.set('KZ', { ...countries.KZ, mayBeDialled: true });
    expect(await problems({ fallbackOf: () => `${site.url}/nothing.xml` })).toEqual([
      expect.stringContaining('line_plain: its document on the fallback site is not there'),
      expect.stringContaining('line_full: its document on the fallback site is not there'),
    ]);
  });
});

test('a token that is not valid any more is told, and the other does the work', async () => {
  const tokens = ['an old token, long gone', world.exchange.authToken] as const;
  expect(await connect('ask', { authTokens: tokens })).toBe('changed');
  expect(said[0]).toMatch(/auth token 1 of 2/);
});
