// Contacts: duty managers, police desks, lawyers and partners, with the hours in which a ladder may reach them.
// Must never show the test phone among them: nobody is helped there.
import type { Schemas } from '../api.ts';
import { Choice, Many, Text } from '../forms/field.tsx';
import type { Form } from '../forms/form.ts';
import { fieldName, formWords } from '../forms/form-words.ts';
import { weekdayInWords } from '../kit/days.ts';
import { languageName, regionName } from '../network.ts';
import { words } from '../words.ts';
import { languageOptions, regionOptions, zonesKnown } from './choices.ts';
import { compact } from './compact.ts';
import { Hours, Id, TextBy, Zone } from './part-fields.tsx';
import { PartPage } from './part-pages.tsx';
import { partWords } from './part-words.ts';

type Contact = Schemas['Contact'];

const kinds = ['manager', 'police', 'legal', 'partner'] as const;

const blank = (): Contact => ({
  id: 'con_',
  kind: 'manager',
  name: '',
  callNumber: null,
  textNumber: null,
  textBy: 'none',
  language: 'ru',
  regions: [],
  zone: zonesKnown()[0] ?? 'UTC',
  hours: [],
});

export function ContactsPage() {
  const said = partWords.value.contacts;
  return (
    <PartPage
      kind="contacts"
      title={said.title}
      about={said.about}
      none={said.none}
      blank={blank}
      nameOf={({ name }) => name}
      isHidden={({ kind }) => kind === 'canary'}
      facts={contact => <Facts contact={contact} />}
      fields={(form, isNew) => <Fields form={form} isNew={isNew} />}
    />
  );
}

function Facts({ contact }: { readonly contact: Contact }) {
  const said = partWords.value.contacts;
  const { kind, regions, hours, language, callNumber, textNumber } = contact;
  const where = regions.length === 0 ? formWords.value.everywhere : regions.map(regionName).join(', ');
  return (
    <>
      <p>
        <strong>{said.kinds[kind]}</strong> · {languageName(language)}
      </p>
      <p>{where}</p>
      <p>{[...new Set([callNumber, textNumber])].filter(Boolean).join(' · ')}</p>
      <p class="muted">
        {hours.length === 0
          ? formWords.value.always
          : hours
              .map(each => `${each.weekdays.map(weekdayInWords).join(' ')} ${each.from}–${each.until}`)
              .join('; ')}
      </p>
    </>
  );
}

type FieldsProps = { readonly form: Form<Contact>; readonly isNew: boolean };

function Fields({ form, isNew }: FieldsProps) {
  const { draft, change } = form;
  const said = partWords.value.contacts;
  const number = (path: 'callNumber' | 'textNumber') => (
    <Text
      path={path}
      label={fieldName(path)}
      kind="tel"
      hint={`${formWords.value.numberHint}. ${said.empty}`}
      value={draft[path] ?? ''}
      change={value => change({ [path]: compact(value) || null })}
    />
  );
  return (
    <>
      <div class="fields">
        <Text path="name" label={fieldName('name')} value={draft.name} change={name => change({ name })} />
        <Id form={form} isNew={isNew} />
        <Choice
          path="kind"
          label={fieldName('kind')}
          value={draft.kind}
          options={kinds.map(kind => [kind, said.kinds[kind]])}
          change={kind => change({ kind: kind as Contact['kind'] })}
        />
        <Choice
          path="language"
          label={fieldName('language')}
          value={draft.language}
          options={languageOptions()}
          change={language => change({ language })}
        />
        {number('callNumber')}
        {number('textNumber')}
        <TextBy
          value={draft.textBy ?? 'sms'}
          options={words.value.volunteers.textsBy}
          change={textBy => change({ textBy })}
        />
        <Zone form={form} />
      </div>
      <Many
        path="regions"
        label={fieldName('regions')}
        hint={said.regionsHint}
        options={regionOptions()}
        chosen={draft.regions}
        change={regions => change({ regions })}
      />
      <Hours hours={draft.hours} change={hours => change({ hours })} />
    </>
  );
}
