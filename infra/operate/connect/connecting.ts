// Connects the telephone numbers of a hotline with it: looks, says what it would change, asks, changes, and looks again.
// Must never change anything that it has not said before, and nothing at all when it only checks.
import type { Secrets } from '../../../shared/app/config.ts';
import { numberSettings } from '../../../shared/app/number-settings.ts';
import type { Line, Network } from '../../../shared/domain/network.ts';
import type { Account } from './account.ts';
import {
  aboutAccount,
  aboutCountries,
  aboutNumber,
  type Change,
  type Findings,
  together,
} from './findings.ts';

export type Hotline = {
  readonly network: Network;
  readonly publicBase: string;
  /** The whole address of the line's document. */
  readonly fallbackOf: (line: Line) => string;
  readonly authTokens: Secrets['twilioAuthTokens'];
};

export type Surroundings = {
  readonly account: Account;
  /** The status of a request without a signature; null: nothing answers. */
  readonly statusOf: (method: 'GET' | 'POST', url: string) => Promise<number | null>;
  readonly say: (words: string) => void;
  /** Whether to make what was said. */
  readonly agrees: (changes: number) => Promise<boolean>;
};

export type Connected = 'as-it-should-be' | 'differs' | 'changed' | 'refused';

export type Mode = 'check' | 'ask';

/** `refused`: nothing was changed, by choice. `differs`: something is still not as it should be. */
export async function connectNumbers(
  hotline: Hotline,
  surroundings: Surroundings,
  mode: Mode,
): Promise<Connected> {
  const { account, say, agrees } = surroundings;
  const authToken = await acceptedToken(hotline, surroundings);
  if (authToken === null) {
    say('Problem: none of the auth tokens in the secret is accepted: no webhook can be checked either.');
    return 'differs';
  }
  const first = await look(hotline, surroundings, authToken);
  tell(first, say);
  if (first.changes.length === 0) return verdict(first, say, 'as-it-should-be');
  if (mode === 'check') return 'differs';
  if (!(await agrees(first.changes.length))) {
    say('Nothing was changed.');
    return 'refused';
  }
  await make(first.changes, account, authToken);
  const second = await look(hotline, surroundings, authToken);
  if (second.changes.length > 0) tell({ ...second, problems: [], remarks: [] }, say);
  return verdict(second, say, 'changed');
}

function verdict(found: Findings, say: Surroundings['say'], good: Connected): Connected {
  const isGood = found.changes.length + found.problems.length === 0;
  say(
    isGood ? 'The numbers are connected as they should be.' : 'Not everything is as it should be: see above.',
  );
  return isGood ? good : 'differs';
}

/** While a token is changed one of two may not be valid yet, or any more. */
async function acceptedToken(
  { authTokens }: Hotline,
  { account, say }: Surroundings,
): Promise<string | null> {
  const accepted: string[] = [];
  for (const [index, token] of authTokens.entries()) {
    if ((await account.about(token)) !== null) accepted.push(token);
    else say(`Remark: auth token ${index + 1} of ${authTokens.length} in the secret is not accepted (now).`);
  }
  return accepted[0] ?? null;
}

async function look(
  { network, publicBase, fallbackOf }: Hotline,
  { account, statusOf }: Surroundings,
  authToken: string,
): Promise<Findings> {
  const settings = numberSettings(network, publicBase, fallbackOf);
  const about = await account.about(authToken);
  const numbers = await account.numbers(authToken);
  return together(
    ...(about === null ? [] : [aboutAccount(about)]),
    needs(await account.takesApiKey(), 'the API key in the secret is not accepted: nobody would be called'),
    aboutCountries(network, await account.countries(authToken)),
    ...settings.map(setting => aboutNumber(setting, numbers)),
    await webhooksAnswer(settings[0]?.voiceUrl ?? null, statusOf),
    ...(await Promise.all(network.lines.map(line => documentStands(line, fallbackOf(line), statusOf)))),
    byHand(network),
  );
}

function needs(holds: boolean, otherwise: string): Findings {
  return { problems: holds ? [] : [otherwise], changes: [], remarks: [] };
}

/** Whoever does not sign is refused: that is how a function of ours answers, and nothing else does. */
async function webhooksAnswer(url: string | null, statusOf: Surroundings['statusOf']): Promise<Findings> {
  const status = url === null ? 403 : await statusOf('POST', url);
  return needs(
    status === 403,
    `the hotline does not answer where calls are to be sent (${status ?? 'nothing'} instead of a refusal)`,
  );
}

async function documentStands(
  { id }: Line,
  url: string,
  statusOf: Surroundings['statusOf'],
): Promise<Findings> {
  const stands = (await statusOf('GET', url)) === 200;
  return needs(stands, `${id}: its document on the fallback site is not there: run the fallback function`);
}

/** What no key can see or set. */
function byHand({ lines }: Network): Findings {
  const whatsapp = lines.filter(({ whatsappNumber }) => whatsappNumber !== null).map(({ id }) => id);
  const remarks = [
    ...(whatsapp.length > 0
      ? [`by hand, WhatsApp sender of ${whatsapp.join(', ')}: incoming messages to the address of smsUrl`]
      : []),
    'by hand, where a number has a messaging service: its own replies to STOP, START and HELP off',
  ];
  return { problems: [], changes: [], remarks };
}

function tell({ problems, changes, remarks }: Findings, say: Surroundings['say']): void {
  for (const words of problems) say(`Problem: ${words}.`);
  for (const words of changes.flatMap(change => change.words)) say(`Change: ${words}.`);
  for (const words of remarks) say(`Remark: ${words}.`);
}

async function make(changes: readonly Change[], account: Account, authToken: string): Promise<void> {
  const countries = changes.filter(change => change.kind === 'country');
  if (countries.length > 0) {
    const wanted = new Map(countries.map(({ isoCode, allowed }) => [isoCode, allowed]));
    await account.setCountries(authToken, wanted);
  }
  for (const change of changes) {
    if (change.kind === 'number') await account.setNumber(authToken, change.sid, change.fields);
  }
}
