// The number that managers call to speak the prompts themselves: who calls is a manager's phone and knows the code; then
// a language, a prompt by its number in the list, the words, and they are heard back before they take their place.
// Must never touch a request, and never answer anybody else with more than that the number is not in service.
import { timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { parseVoice, type Voice } from '../adapters/twilio/inbound.ts';
import { spokenIn } from '../adapters/twilio/recorder-media.ts';
import { type RecorderSpeech, type RecorderStep, recorderTwiml } from '../adapters/twilio/recorder-twiml.ts';
import type { Context } from '../app/context.ts';
import { faultOf } from '../app/fault.ts';
import { parseCounter } from '../app/paths.ts';
import { recorderPaths as at, recorderRoutes } from '../app/recorder-paths.ts';
import { parseSpokenSid, type Recordings, type SpokenSid, type SpokenWords } from '../app/recordings.ts';
import type { Contact } from '../domain/network.ts';
import { everyWord } from '../prompts/all-catalogs.ts';
import {
  type Clip,
  clipKey,
  clipPath,
  fingerprintOf,
  numberedClips,
  recordedClips,
} from '../prompts/audio.ts';
import { commonLanguage, type PromptLanguage, voicings } from '../prompts/languages.ts';
import { itemPieces } from '../prompts/pieces.ts';
import { recordedLanguages, recorderLanguageFor, recorderWords } from '../prompts/recorder-words.ts';
import { type SignedContext, type SignedEnv, signed } from './signed.ts';

export type RecorderContext = Context & {
  readonly recordings: Recordings;
  readonly spokenWords: SpokenWords;
  /** Null: nobody may record. */
  readonly recorderCode: string | null;
};

/** The network has what was spoken ready within a second or two. */
const FETCHES_AT_MOST = 8;
const [KEEP, AGAIN] = ['1', '2'];

type Caller = {
  readonly manager: Contact;
  readonly voice: Voice;
  readonly words: (typeof recorderWords)['ru'];
};
type Answer = { readonly speech: readonly RecorderSpeech[]; readonly step: RecorderStep };

export function recorderApp(context: RecorderContext): Hono<SignedEnv> {
  const app = new Hono<SignedEnv>();
  app.get(recorderRoutes.draft, c => draft(context, c.req.param('sid')));
  app.use('/recorder/*', signed(context));
  const on = (route: string, answer: (caller: Caller, c: SignedContext) => Promise<Answer>) =>
    app.post(route, c => answered(c, context, answer));
  on(at.incoming, async ({ words }) => asks(say(words.code), null, at.code));
  on(at.code, async caller => (isCode(caller, context) ? whichLanguage(caller) : refused(caller)));
  on(at.language, async caller => whichClip(caller, languageOf(caller)));
  on(recorderRoutes.clip, (caller, c) => present(context, caller, c.req.param('language') ?? ''));
  on(recorderRoutes.spoken, (caller, c) => spoken(context, caller, c, spokenIn(c.get('params'))));
  on(recorderRoutes.spokenAgain, (caller, c) => spoken(context, caller, c, sidOf(c)));
  on(recorderRoutes.heard, (caller, c) => decided(context, caller, c));
  app.onError((error, c) => {
    context.ports.log.error('recorder-failed', { fault: faultOf(error) });
    return xml(c, { speech: [], step: { kind: 'hang-up' } }, context);
  });
  return app;
}

async function answered(
  c: SignedContext,
  context: RecorderContext,
  answer: (caller: Caller, c: SignedContext) => Promise<Answer>,
): Promise<Response> {
  const voice = parseVoice(c.get('params'), context.accountSid);
  const { contacts } = await context.ports.networks.network();
  const manager = contacts.find(
    ({ kind, callNumber }) =>
      kind === 'manager' && callNumber !== null && callNumber === (voice?.from as unknown),
  );
  if (!voice || !manager || context.recorderCode === null) {
    context.ports.log.warn('recorder-refused', { because: 'not-a-manager' });
    return xml(c, { speech: say(recorderWords.ru.refused), step: { kind: 'hang-up' } }, context);
  }
  const words = recorderWords[recorderLanguageFor(manager.language)];
  return xml(c, await answer({ manager, voice, words }, c), context);
}

function xml(
  c: SignedContext | Parameters<Parameters<Hono['onError']>[0]>[1],
  answer: Answer,
  { publicBase }: Context,
) {
  const whole = answer.speech.map(part =>
    part.kind === 'play' ? { ...part, url: `${publicBase}${part.url}` } : part,
  );
  const step =
    'next' in answer.step ? { ...answer.step, next: `${publicBase}${answer.step.next}` } : answer.step;
  return c.body(recorderTwiml(whole, step), 200, { 'content-type': 'text/xml; charset=utf-8' });
}

/** A number on a display can be forged, so the number alone opens nothing; one try a call. */
function isCode({ voice }: Caller, { recorderCode, ports }: RecorderContext): boolean {
  const [given, wanted] = [voice.digits ?? '', recorderCode ?? ''].map(text => Buffer.from(text.padEnd(20)));
  const is = given !== undefined && wanted !== undefined && timingSafeEqual(given, wanted);
  if (!is) ports.log.warn('recorder-refused', { because: 'wrong-code' });
  return is;
}

function refused({ words }: Caller): Answer {
  return { speech: say(words.refused), step: { kind: 'hang-up' } };
}

function whichLanguage(caller: Caller): Answer {
  const names = recordedLanguages.map((language, index) =>
    caller.words.press(index + 1, nameOf(language, caller)),
  );
  return asks(say([caller.words.language, ...names].join(' '), caller), 1, at.language);
}

function nameOf(language: PromptLanguage, { manager }: Caller): string {
  const spoken = recorderLanguageFor(manager.language);
  const names = {
    kk: ['Казахский', 'Kazakh'],
    uz: ['Узбекский', 'Uzbek'],
    ky: ['Кыргызский', 'Kyrgyz'],
    tg: ['Таджикский', 'Tajik'],
  };
  return names[language as keyof typeof names]?.[spoken === 'ru' ? 0 : 1] ?? language;
}

function languageOf({ voice }: Caller): PromptLanguage | null {
  return recordedLanguages[Number(voice.digits ?? '0') - 1] ?? null;
}

function whichClip(caller: Caller, language: PromptLanguage | null, before = ''): Answer {
  if (language === null) return whichLanguage(caller);
  return asks(say(`${before} ${caller.words.clip}`.trim(), caller), null, at.clip(language));
}

/** As it is heard now, so that nobody speaks the words of another one. */
async function present(context: RecorderContext, caller: Caller, language: string): Promise<Answer> {
  const known = recordedLanguages.find(each => each === language) ?? null;
  if (known === null) return whichLanguage(caller);
  const network = await context.ports.networks.network();
  const clip = numberedClips(known, network)[Number(caller.voice.digits ?? '0') - 1];
  if (clip === undefined) return whichClip(caller, known, caller.words.unknown);
  const isThere = recordedClips.has(clipKey(clip)) || (await context.recordings.read(clipKey(clip))) !== null;
  const meant = itemPieces(commonLanguage, clip.meaning, network, everyWord)[0]?.words ?? clip.clip;
  const now: readonly RecorderSpeech[] = isThere
    ? [...say(caller.words.now, caller), { kind: 'play', url: clipPath(clip) }]
    : say(`${caller.words.nothingYet} ${meant}`);
  return speaks([...now, ...say(caller.words.speak, caller)], clip);
}

function speaks(speech: readonly RecorderSpeech[], clip: Pick<Clip, 'language' | 'clip'>): Answer {
  return { speech, step: { kind: 'speak', next: at.spoken(clipKey(clip), 0) } };
}

/** Fetched, and the network's own copy deleted, before anything is decided: hanging up leaves nothing there. */
async function spoken(
  context: RecorderContext,
  caller: Caller,
  c: SignedContext,
  sid: SpokenSid | null,
): Promise<Answer> {
  const clip = await clipOf(context, c);
  const tries = parseCounter(c.req.param('tries') ?? '') ?? 0;
  if (clip === null) return whichLanguage(caller);
  if (sid === null) return speaks(say(`${caller.words.nothingHeard} ${caller.words.speak}`, caller), clip);
  const audio = await context.spokenWords.fetch(sid);
  if (audio === null && tries < FETCHES_AT_MOST)
    return { speech: [], step: { kind: 'wait', next: at.spokenAgain(clipKey(clip), sid, tries + 1) } };
  if (audio !== null) await context.recordings.draft(sid, audio);
  await context.spokenWords.forget(sid);
  if (audio === null) return whichClip(caller, clip.language, caller.words.failed);
  const speech: readonly RecorderSpeech[] = [
    ...say(caller.words.heard, caller),
    { kind: 'play', url: at.draft(sid) },
    ...say(caller.words.keep, caller),
  ];
  return asks(speech, 1, at.heard(clipKey(clip), sid));
}

async function decided(context: RecorderContext, caller: Caller, c: SignedContext): Promise<Answer> {
  const [clip, sid] = [await clipOf(context, c), sidOf(c)];
  if (clip === null || sid === null) return whichLanguage(caller);
  if (caller.voice.digits !== KEEP) {
    await context.recordings.drop(sid);
    return caller.voice.digits === AGAIN
      ? speaks(say(caller.words.speak, caller), clip)
      : whichClip(caller, clip.language, caller.words.dropped);
  }
  const by = caller.manager.id;
  const kept = { clip: clipKey(clip), by, at: context.ports.clock.now(), words: fingerprintOf(clip.words) };
  const isKept = await context.recordings.keep(sid, kept);
  if (isKept) context.ports.log.info('prompt-recorded', { clip: kept.clip, by });
  return whichClip(caller, clip.language, isKept ? caller.words.kept : caller.words.failed);
}

async function clipOf(context: RecorderContext, c: SignedContext): Promise<Clip | null> {
  const language = recordedLanguages.find(each => each === c.req.param('language'));
  if (language === undefined) return null;
  const clips = numberedClips(language, await context.ports.networks.network());
  return clips.find(({ clip }) => clip === c.req.param('clip')) ?? null;
}

function sidOf(c: SignedContext): SpokenSid | null {
  return parseSpokenSid(c.req.param('sid') ?? '');
}

/** Nothing of it is a secret but its name, which only the network was told. */
async function draft({ recordings }: RecorderContext, text: string): Promise<Response> {
  const sid = parseSpokenSid(text);
  const audio = sid && (await recordings.readDraft(sid));
  return audio
    ? new Response(audio, { headers: { 'content-type': 'audio/mpeg', 'cache-control': 'no-store' } })
    : new Response(null, { status: 404 });
}

function say(text: string, caller?: Caller): readonly RecorderSpeech[] {
  const { voice, locale } = voicings[caller ? recorderLanguageFor(caller.manager.language) : 'ru'];
  return [{ kind: 'say', text, voice, locale }];
}

function asks(speech: readonly RecorderSpeech[], count: number | null, next: string): Answer {
  return { speech, step: { kind: 'keys', count, next } };
}
