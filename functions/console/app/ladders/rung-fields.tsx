// The fields of one step of a ladder: whom it asks, and for how long.
// Must never keep a field of another kind of step: what it is not asked for is not sent.
import { Choice, Whole } from '../forms/field.tsx';
import { fieldName } from '../forms/form-words.ts';
import type { Option } from '../kit/pick.tsx';
import { skillOptions } from '../parts/choices.ts';
import { partWords } from '../parts/part-words.ts';
import { words } from '../words.ts';
import type { Rung } from './steps.ts';

type RungFieldsProps = {
  readonly path: string;
  readonly rung: Rung;
  readonly change: (rung: Rung) => void;
};

const timed = ['rungSeconds', 'waveSize', 'ringSeconds', 'replySeconds'] as const;
const contactKinds = ['police', 'legal', 'partner'] as const;

/** Another kind of step with the same times. Police with her yes is the only usual one. */
function ofKind(kind: string, { waveSize, ringSeconds, replySeconds, rungSeconds }: Rung): Rung {
  const times = { waveSize, ringSeconds, replySeconds, rungSeconds };
  if (kind === 'manager') return { kind, ...times };
  if (kind === 'contact') return { kind, contactKind: 'police', consent: 'ask', forNeed: null, ...times };
  return { kind: 'volunteers', scope: 'national', skill: 'preferred', language: 'exact', ...times };
}

export function RungFields({ path, rung, change }: RungFieldsProps) {
  const said = partWords.value.ladders;
  return (
    <div class="fields">
      <Choice
        path={`${path}.kind`}
        label={said.kind}
        value={rung.kind}
        options={Object.entries(said.kinds)}
        change={kind => change(ofKind(kind, rung))}
      />
      {rung.kind === 'volunteers' && <OfVolunteers path={path} rung={rung} change={change} />}
      {rung.kind === 'contact' && <OfContact path={path} rung={rung} change={change} />}
      {timed.map(field => (
        <Whole
          key={field}
          path={`${path}.${field}`}
          label={fieldName(field)}
          value={rung[field]}
          change={value => change({ ...rung, [field]: value })}
        />
      ))}
    </div>
  );
}

type OneKind<Kind extends Rung['kind']> = Omit<RungFieldsProps, 'rung'> & {
  readonly rung: Extract<Rung, { kind: Kind }>;
};

function OfVolunteers({ path, rung, change }: OneKind<'volunteers'>) {
  const said = partWords.value.ladders;
  const { ladders: known } = words.value;
  const pick = (field: 'scope' | 'skill' | 'language', value: string, options: readonly Option[]) => (
    <Choice
      path={`${path}.${field}`}
      label={said[field]}
      value={value}
      options={options}
      change={next => change({ ...rung, [field]: next })}
    />
  );
  const skills: readonly Option[] = [
    ['required', known.required],
    ['preferred', known.preferred],
  ];
  return (
    <>
      {pick('scope', rung.scope, Object.entries(known.scope))}
      {pick('skill', rung.skill, skills)}
      {pick('language', rung.language ?? 'exact', Object.entries(known.language))}
    </>
  );
}

function OfContact({ path, rung, change }: OneKind<'contact'>) {
  const said = partWords.value.ladders;
  const { contact, consent } = words.value.ladders;
  return (
    <>
      <Choice
        path={`${path}.contactKind`}
        label={said.contactKind}
        value={rung.contactKind}
        options={contactKinds.map(kind => [kind, contact[kind]])}
        change={contactKind => change({ ...rung, contactKind: contactKind as typeof rung.contactKind })}
      />
      <Choice
        path={`${path}.consent`}
        label={said.consent}
        value={rung.consent}
        options={Object.entries(consent)}
        change={each => change({ ...rung, consent: each as typeof rung.consent })}
      />
      <Choice
        path={`${path}.forNeed`}
        label={said.forNeed}
        value={rung.forNeed ?? ''}
        none={said.anyNeed}
        options={skillOptions()}
        change={need => change({ ...rung, forNeed: need || null })}
      />
    </>
  );
}
