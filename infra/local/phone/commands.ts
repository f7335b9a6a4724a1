// What a person can type at a phone in the terminal, and what it means.
// Must never reach the network: it only reads the line.

export type Behave =
  | { readonly kind: 'manual' | 'no-answer' | 'busy' | 'unreachable' }
  | { readonly kind: 'rejects' | 'voicemail'; readonly afterSeconds?: number };

export type Command =
  | { readonly kind: 'call'; readonly to: string; readonly withheld: boolean }
  | { readonly kind: 'press'; readonly digits: string }
  | { readonly kind: 'answer' | 'reject' | 'hang-up' | 'script' | 'help' | 'quit' | 'nothing' }
  | { readonly kind: 'say'; readonly words: string }
  | { readonly kind: 'text'; readonly to: string; readonly body: string }
  | { readonly kind: 'behave'; readonly as: Behave }
  | { readonly kind: 'mistake'; readonly why: string };

export const HELP = `
  call <line>              call a line, as call +77991000003
  withheld <line>          call it with the number withheld
  press <keys>             as press 1
  say <words>              into a recording, where one is made
  answer, reject, hang up
  text <line> <words>      as text +77991000001 Hello; for WhatsApp text whatsapp:+77991000002 Hello
  behave <how> [seconds]   when it rings: manual (you answer), no-answer, busy, unreachable, rejects, voicemail
  script                   what was just played on all phones, as a scenario test
  help, quit
`;

const LINE = /^(whatsapp:)?\+[1-9]\d{6,14}$/;

export function commandFrom(typed: string): Command {
  const [verb = '', ...rest] = typed.trim().split(/\s+/);
  switch (verb.toLowerCase()) {
    case '':
      return { kind: 'nothing' };
    case 'call':
    case 'dial':
      return callTo(rest, false);
    case 'withheld':
      return callTo(rest, true);
    case 'press':
      return pressed(rest.join(''));
    case 'answer':
    case 'reject':
    case 'script':
    case 'help':
    case 'quit':
      return { kind: verb.toLowerCase() as 'answer' };
    case 'exit':
      return { kind: 'quit' };
    case 'hang':
    case 'hangup':
    case 'hang-up':
      return { kind: 'hang-up' };
    case 'say':
      return rest.length === 0 ? mistake('What? As say Hello.') : { kind: 'say', words: rest.join(' ') };
    case 'text':
      return textTo(rest[0] ?? '', typed.trim());
    case 'behave':
      return behave(rest);
    default:
      return /^[0-9*#]+$/.test(typed.trim())
        ? pressed(typed.trim())
        : mistake(`There is no command ${verb}: try help.`);
  }
}

function mistake(why: string): Command {
  return { kind: 'mistake', why };
}

function callTo(words: readonly string[], withheld: boolean): Command {
  const to = words.join('');
  return LINE.test(to)
    ? { kind: 'call', to, withheld }
    : mistake('Whom? Give the number of a line, as call +77991000003.');
}

function pressed(digits: string): Command {
  return /^[0-9*#]+$/.test(digits) ? { kind: 'press', digits } : mistake('Which key? As press 1.');
}

/** The words just as they were typed, blanks within them included. */
function textTo(to: string, typed: string): Command {
  const body = typed.slice(typed.indexOf(to) + to.length).trim();
  if (!LINE.test(to)) return mistake('To whom? Give the number of a line, as text +77991000001 Hello.');
  return body === '' ? mistake('Which words? As text +77991000001 Hello.') : { kind: 'text', to, body };
}

function behave([how = '', seconds]: readonly string[]): Command {
  const afterSeconds = seconds === undefined ? {} : { afterSeconds: Number(seconds) };
  if (seconds !== undefined && !/^\d{1,3}$/.test(seconds))
    return mistake('Seconds are a number, as behave voicemail 5.');
  switch (how) {
    case 'manual':
    case 'no-answer':
    case 'busy':
    case 'unreachable':
      return { kind: 'behave', as: { kind: how } };
    case 'rejects':
    case 'voicemail':
      return { kind: 'behave', as: { kind: how, ...afterSeconds } };
    default:
      return mistake('How? One of manual, no-answer, busy, unreachable, rejects, voicemail.');
  }
}
