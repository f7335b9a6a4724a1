// The picture of a ladder: one line a step, with its words, and a bar that lies where the step lies in time.
import { clockOf } from '../kit/durations.ts';
import { words } from '../words.ts';
import { type Ladder, type Rung, type Step, stepsOf } from './steps.ts';

export function TimeLine({ ladder }: { readonly ladder: Ladder }) {
  const steps = stepsOf(ladder);
  // The last step has no end: it is given the tenth of the picture that is left.
  const wholeSeconds = ((steps.at(-1)?.fromSeconds ?? 0) / 9) * 10 || 1;
  return (
    <ol class="plain">
      {steps.map(step => (
        <li key={step.fromSeconds} class="rung">
          <p>
            <strong>{whenOf(step)}</strong> ·{' '}
            {step.rung === null ? words.value.ladders.last : whoOf(step.rung)}
          </p>
          <Bar step={step} wholeSeconds={wholeSeconds} />
        </li>
      ))}
    </ol>
  );
}

function Bar({ step, wholeSeconds }: { readonly step: Step; readonly wholeSeconds: number }) {
  const share = (seconds: number) => `${(seconds / wholeSeconds) * 100}%`;
  const lasts = (step.untilSeconds ?? wholeSeconds) - step.fromSeconds;
  return (
    <div class="bar" aria-hidden="true">
      <span
        class={step.rung?.kind ?? 'last'}
        style={{ marginInlineStart: share(step.fromSeconds), width: share(lasts) }}
      />
    </div>
  );
}

function whenOf({ fromSeconds, untilSeconds }: Step): string {
  const { ladders: said } = words.value;
  return untilSeconds === null
    ? said.forEver(clockOf(fromSeconds))
    : said.from(clockOf(fromSeconds), clockOf(untilSeconds));
}

function whoOf(rung: Rung): string {
  const { ladders: said } = words.value;
  if (rung.kind === 'manager') return said.manager;
  if (rung.kind === 'contact') return `${said.contact[rung.contactKind]}, ${said.consent[rung.consent]}`;
  const skill = rung.skill === 'required' ? said.required : said.preferred;
  return [said.scope[rung.scope], said.language[rung.language ?? 'exact'], skill].join(', ');
}
