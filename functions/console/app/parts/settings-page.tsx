// What holds for the whole network: waiting, care, limits, coverage, what volunteers do themselves; and the ways to
// regions and skills. Must never send a field that it does not show: what is left out stays.
import { useState } from 'preact/hooks';
import { api, outcomeOf, type Schemas } from '../api.ts';
import { Choice, Decimal, Several, Text, Whole, Yes } from '../forms/field.tsx';
import { differing, type Form, useForm } from '../forms/form.ts';
import { FormFrame } from '../forms/form-frame.tsx';
import { fieldName, formWords } from '../forms/form-words.ts';
import { useLoaded } from '../loaded.ts';
import { ProblemNote } from '../problem-note.tsx';
import { words } from '../words.ts';
import { skillOptions } from './choices.ts';
import { FloorList } from './floor-fields.tsx';
import { clockOf, minuteOf } from './minutes.ts';
import { isAdmin } from './part-pages.tsx';
import { partWords } from './part-words.ts';

type Settings = Schemas['Settings'];

const read = () => outcomeOf(api.GET('/v1/settings'));

export function SettingsPage() {
  const said = partWords.value;
  const one = useLoaded('settings', read);
  const [isSaved, setSaved] = useState(false);
  return (
    <section aria-labelledby="settings-title" aria-busy={one.isUnderWay}>
      <h2 id="settings-title">{said.settings.title}</h2>
      <p class="muted">{said.settings.about}</p>
      <p>
        <a href="/regions">{said.regions.title}</a> · <a href="/skills">{said.skills.title}</a>
      </p>
      <ProblemNote problem={one.problem} />
      {one.value === null && one.problem === null && <p role="status">{words.value.common.loading}</p>}
      {one.value !== null && (
        <Editor
          key={one.etag}
          settings={one.value}
          etag={one.etag}
          saved={() => {
            setSaved(true);
            void one.again();
          }}
        />
      )}
      <p role="status">{isSaved && said.settings.saved}</p>
    </section>
  );
}

type EditorProps = {
  readonly settings: Settings;
  readonly etag: string | null;
  readonly saved: () => void;
};

function Editor({ settings, etag, saved }: EditorProps) {
  const form = useForm<Settings>({
    start: { value: settings, etag },
    send: (draft, version, dryRun) => {
      const changed = Object.fromEntries(differing(settings, draft).map(name => [name, draft[name]]));
      const query = dryRun ? { dryRun: 'true' as const } : {};
      return outcomeOf(
        api.PATCH('/v1/settings', {
          params: { query },
          headers: { 'if-match': version ?? '' },
          body: changed as Settings,
        }),
      );
    },
    read,
    saved,
  });
  if (!isAdmin())
    return (
      <>
        <p class="notice">{partWords.value.settings.readOnly}</p>
        <fieldset disabled>
          <Groups form={form} />
        </fieldset>
      </>
    );
  return (
    <FormFrame form={form} label={partWords.value.settings.title}>
      <Groups form={form} />
    </FormFrame>
  );
}

const waits = [
  'secondsBetweenOffers',
  'graceSeconds',
  'idleSeconds',
  'greetingSeconds',
  'quietSeconds',
  'conversationsAtOnce',
  'callBackTries',
  'callBackEverySeconds',
] as const;

/** Whole numbers of a group, in the order in which the API has them. */
function Wholes({
  of,
  form,
}: {
  readonly of: 'care' | 'limits' | 'coverage';
  readonly form: Form<Settings>;
}) {
  const values = (form.draft[of] ?? {}) as Readonly<Record<string, unknown>>;
  return (
    <>
      {Object.entries(values).map(([name, value]) =>
        typeof value === 'number' ? (
          <Whole
            key={name}
            path={`${of}.${name}`}
            label={fieldName(name)}
            value={value}
            change={next => form.change({ [of]: { ...values, [name]: next } })}
          />
        ) : null,
      )}
    </>
  );
}

function Groups({ form }: { readonly form: Form<Settings> }) {
  const { draft, change } = form;
  const { commas } = formWords.value;
  return (
    <>
      <fieldset class="group">
        <legend>{fieldName('waiting')}</legend>
        <div class="fields">
          {waits.map(name => (
            <Whole
              key={name}
              path={name}
              label={fieldName(name)}
              value={draft[name] ?? 0}
              change={value => change({ [name]: value })}
            />
          ))}
        </div>
      </fieldset>
      <fieldset class="group">
        <legend>{partWords.value.settings.network}</legend>
        <div class="fields">
          {(['minorSkill', 'interpreterSkill'] as const).map(name => (
            <Choice
              key={name}
              path={name}
              label={fieldName(name)}
              value={draft[name] ?? ''}
              none={partWords.value.settings.noSkill}
              options={skillOptions()}
              change={skill => change({ [name]: skill || null })}
            />
          ))}
          <Several
            path="organisationNames"
            label={fieldName('organisationNames')}
            hint={commas}
            values={draft.organisationNames ?? []}
            change={organisationNames => change({ organisationNames })}
          />
        </div>
      </fieldset>
      {(['care', 'limits', 'coverage'] as const).map(of => (
        <fieldset class="group" key={of}>
          <legend>{fieldName(of)}</legend>
          <div class="fields">
            <Wholes of={of} form={form} />
            {of === 'limits' && (
              <Several
                path="limits.allowedPrefixes"
                label={fieldName('allowedPrefixes')}
                hint={commas}
                values={draft.limits?.allowedPrefixes ?? []}
                change={allowedPrefixes => change({ limits: { ...draft.limits, allowedPrefixes } })}
              />
            )}
          </div>
        </fieldset>
      ))}
      <FloorList
        floors={draft.coverage?.floors}
        change={floors => change({ coverage: { ...draft.coverage, floors } })}
      />
      <SelfService form={form} />
    </>
  );
}

function SelfService({ form }: { readonly form: Form<Settings> }) {
  const values = form.draft.selfService ?? {};
  const set = (part: Partial<typeof values>) => form.change({ selfService: { ...values, ...part } });
  return (
    <fieldset class="group">
      <legend>{fieldName('selfService')}</legend>
      <div class="fields">
        {(['verifyNumbers', 'approveEverySwap'] as const).map(name => (
          <Yes
            key={name}
            path={`selfService.${name}`}
            label={fieldName(name)}
            value={values[name] ?? false}
            change={value => set({ [name]: value })}
          />
        ))}
        {(['quietFrom', 'quietUntil'] as const).map(name => (
          <Text
            key={name}
            path={`selfService.${name}`}
            label={fieldName(name)}
            kind="time"
            value={clockOf(values[name] ?? 0)}
            change={text => set({ [name]: minuteOf(text) })}
          />
        ))}
        {(['shortNoticeSeconds', 'followUpSeconds', 'unansweredOffers', 'linkSeconds'] as const).map(name => (
          <Whole
            key={name}
            path={`selfService.${name}`}
            label={fieldName(name)}
            value={values[name] ?? 0}
            change={value => set({ [name]: value })}
          />
        ))}
        <Several
          path="selfService.remindSeconds"
          label={fieldName('remindSeconds')}
          hint={formWords.value.commas}
          values={(values.remindSeconds ?? []).map(String)}
          change={texts => set({ remindSeconds: texts.map(Number) })}
        />
        <TextPrice price={values.textPrice} change={textPrice => set({ textPrice })} />
      </div>
    </fieldset>
  );
}

type Price = NonNullable<NonNullable<Settings['selfService']>['textPrice']>;
type TextPriceProps = {
  readonly price: Price | null | undefined;
  readonly change: (price: Price | null) => void;
};

/** Both empty: there is none. One of them alone is refused at the other. */
function TextPrice({ price, change }: TextPriceProps) {
  const { amount, currency } = price ?? { amount: Number.NaN, currency: '' };
  const set = (next: Price) => change(Number.isNaN(next.amount) && next.currency === '' ? null : next);
  return (
    <>
      <Decimal
        path="selfService.textPrice.amount"
        label={fieldName('textPrice')}
        hint={partWords.value.settings.priceHint}
        value={amount}
        change={next => set({ amount: next, currency })}
      />
      <Text
        path="selfService.textPrice.currency"
        label={fieldName('currency')}
        value={currency}
        change={next => set({ amount, currency: next.trim() })}
      />
    </>
  );
}
