// Lines: the numbers that people call, their languages, menus and ladders, and what each number can do.
// Must never show the line of the canary: nobody calls it.
import type { Schemas } from '../api.ts';
import { Choice, Many, Several, Text, Yes } from '../forms/field.tsx';
import type { Form } from '../forms/form.ts';
import { fieldName, formWords } from '../forms/form-words.ts';
import { useLoaded } from '../loaded.ts';
import { languageName, regionName, skillName } from '../network.ts';
import { languageOptions, regionOptions, skillOptions } from './choices.ts';
import { compact } from './compact.ts';
import { Id } from './part-fields.tsx';
import { PartPage } from './part-pages.tsx';
import { partWords } from './part-words.ts';
import { listParts } from './parts-api.ts';

type Line = Schemas['Line'];
const channels = ['voice', 'sms', 'whatsapp'] as const;
type Channel = (typeof channels)[number];

const nothing = { receives: false, reaches: [] };

const blank = (): Line => ({
  id: 'line_',
  number: '+',
  whatsappNumber: null,
  whatsappTemplates: {},
  capabilities: {
    carrier: 'twilio',
    voice: { receives: true, reaches: [] },
    sms: nothing,
    whatsapp: nothing,
  },
  languages: [],
  alsoUnderstood: {},
  asksGender: false,
  needs: [],
  region: null,
  regionMenu: [],
  ladder: '',
  fallbackNumber: '+',
  emergencyNumbers: [],
});

export function LinesPage() {
  const said = partWords.value.lines;
  return (
    <PartPage
      kind="lines"
      title={said.title}
      about={said.about}
      none={said.none}
      blank={blank}
      nameOf={({ id }) => id.replace('line_', '')}
      isHidden={({ id }) => id === 'line_canary'}
      facts={line => <Facts line={line} />}
      fields={(form, isNew) => <Fields form={form} isNew={isNew} />}
    />
  );
}

function Facts({ line }: { readonly line: Line }) {
  const said = partWords.value.lines;
  return (
    <>
      <p>
        <strong>{line.number}</strong> · {line.region === null ? said.noRegion : regionName(line.region)}
      </p>
      <p>{line.languages.map(languageName).join(', ')}</p>
      <p>{line.needs.map(skillName).join(', ')}</p>
      <p class="muted">
        {fieldName('ladder')}: <a href={`/ladders/${line.ladder}`}>{line.ladder.replace('lad_', '')}</a>
      </p>
    </>
  );
}

type FieldsProps = { readonly form: Form<Line>; readonly isNew: boolean };

function Fields({ form, isNew }: FieldsProps) {
  const { draft, change } = form;
  const said = partWords.value.lines;
  const ladders = useLoaded('ladders of lines', () => listParts('ladders'));
  const { numberHint, commas } = formWords.value;
  return (
    <>
      <div class="fields">
        <Text
          path="number"
          label={fieldName('number')}
          kind="tel"
          hint={numberHint}
          value={draft.number}
          change={number => change({ number: compact(number) })}
        />
        <Id form={form} isNew={isNew} />
        <Choice
          path="ladder"
          label={fieldName('ladder')}
          value={draft.ladder}
          none={formWords.value.none}
          options={(ladders.value ?? []).map(({ id }) => [id, id.replace('lad_', '')])}
          change={ladder => change({ ladder })}
        />
        <Choice
          path="region"
          label={said.region}
          value={draft.region ?? ''}
          none={formWords.value.none}
          options={regionOptions()}
          change={region => change({ region: region || null })}
        />
        <Text
          path="fallbackNumber"
          label={fieldName('fallbackNumber')}
          kind="tel"
          hint={numberHint}
          value={draft.fallbackNumber}
          change={fallbackNumber => change({ fallbackNumber: compact(fallbackNumber) })}
        />
        <Several
          path="emergencyNumbers"
          label={fieldName('emergencyNumbers')}
          hint={commas}
          values={draft.emergencyNumbers}
          change={emergencyNumbers => change({ emergencyNumbers })}
        />
      </div>
      <Many
        path="languages"
        label={fieldName('languages')}
        hint={said.orderHint}
        options={languageOptions()}
        chosen={draft.languages}
        change={languages => change({ languages })}
      />
      <Many
        path="needs"
        label={fieldName('needs')}
        hint={said.orderHint}
        options={skillOptions()}
        chosen={draft.needs}
        change={needs => change({ needs })}
      />
      <Yes
        path="asksGender"
        label={fieldName('asksGender')}
        value={draft.asksGender ?? false}
        change={asksGender => change({ asksGender })}
      />
      <Many
        path="regionMenu"
        label={fieldName('regionMenu')}
        hint={said.orderHint}
        options={regionOptions()}
        chosen={draft.regionMenu}
        change={regionMenu => change({ regionMenu })}
      />
      <Understood form={form} />
      <Capabilities form={form} />
      <TemplateSids form={form} />
    </>
  );
}

function Understood({ form }: { readonly form: Form<Line> }) {
  const { languages, alsoUnderstood = {} } = form.draft;
  return (
    <>
      {languages.map(id => (
        <Many
          key={id}
          path={`alsoUnderstood.${id}`}
          label={partWords.value.lines.alsoUnderstood(languageName(id))}
          options={languageOptions().filter(([each]) => each !== id)}
          chosen={alsoUnderstood[id] ?? []}
          change={others => form.change({ alsoUnderstood: { ...alsoUnderstood, [id]: others } })}
        />
      ))}
    </>
  );
}

function Capabilities({ form }: { readonly form: Form<Line> }) {
  const said = partWords.value.lines;
  const { draft, change } = form;
  const capabilities = draft.capabilities ?? {};
  const set = (channel: Channel, part: Partial<{ receives: boolean; reaches: string[] }>) =>
    change({
      capabilities: { ...capabilities, [channel]: { ...nothing, ...capabilities[channel], ...part } },
    });
  return (
    <fieldset class="group">
      <legend>{fieldName('capabilities')}</legend>
      <div class="fields">
        <Choice
          path="capabilities.carrier"
          label={fieldName('carrier')}
          value={capabilities.carrier ?? 'twilio'}
          options={Object.entries(said.carriers)}
          change={carrier =>
            change({ capabilities: { ...capabilities, carrier: carrier as 'twilio' | 'other' } })
          }
        />
        <Text
          path="whatsappNumber"
          label={fieldName('whatsappNumber')}
          kind="tel"
          value={draft.whatsappNumber ?? ''}
          change={number => change({ whatsappNumber: compact(number) || null })}
        />
      </div>
      {channels.map(channel => (
        <div class="fields" key={channel}>
          <Yes
            path={`capabilities.${channel}.receives`}
            label={`${fieldName(channel)}: ${fieldName('receives')}`}
            value={capabilities[channel]?.receives ?? false}
            change={receives => set(channel, { receives })}
          />
          <Several
            path={`capabilities.${channel}.reaches`}
            label={`${fieldName(channel)}: ${fieldName('reaches')}`}
            hint={said.reachesHint}
            values={capabilities[channel]?.reaches ?? []}
            change={reaches => set(channel, { reaches })}
          />
        </div>
      ))}
    </fieldset>
  );
}

const templateKinds = ['question', 'offer'] as const;

/** In each language of the line: nobody is written to in another. Without a WhatsApp number none goes out. */
function TemplateSids({ form }: { readonly form: Form<Line> }) {
  const { languages, whatsappNumber, whatsappTemplates = {} } = form.draft;
  const known = [...new Set([...languages, ...Object.keys(whatsappTemplates)])];
  if (whatsappNumber === null && Object.keys(whatsappTemplates).length === 0) return null;
  const set = (language: string, kind: (typeof templateKinds)[number], sid: string) =>
    form.change({
      whatsappTemplates: {
        ...whatsappTemplates,
        [language]: { ...whatsappTemplates[language], [kind]: sid.trim() || null },
      },
    });
  return (
    <fieldset class="group">
      <legend>{fieldName('whatsappTemplates')}</legend>
      <p class="hint">{partWords.value.lines.templatesAbout}</p>
      <div class="fields">
        {known.flatMap(language =>
          templateKinds.map(kind => (
            <Text
              key={`${language} ${kind}`}
              path={`whatsappTemplates.${language}.${kind}`}
              label={`${fieldName(kind)}: ${languageName(language)}`}
              value={whatsappTemplates[language]?.[kind] ?? ''}
              change={sid => set(language, kind, sid)}
            />
          )),
        )}
      </div>
    </fieldset>
  );
}
