// The fields of a volunteer, the same for a new one and for one who is known.
// Must never ask for what a hotline does not need to ring her.
import { Choice, Many, Text } from '../forms/field.tsx';
import type { Form } from '../forms/form.ts';
import { fieldName, formWords } from '../forms/form-words.ts';
import { languageName, lines, regions, skillName, skills } from '../network.ts';
import { regionOptions } from '../parts/choices.ts';
import { compact } from '../parts/compact.ts';
import { TextBy, Zone } from '../parts/part-fields.tsx';
import { words } from '../words.ts';
import { volunteerWords } from './volunteer-words.ts';

export type VolunteerDraft = {
  readonly name: string;
  readonly number: string;
  readonly region: string;
  readonly zone: string;
  readonly textBy: 'sms' | 'whatsapp' | 'none';
  readonly gender: 'woman' | 'man' | null;
  readonly languages: string[];
  readonly skills: string[];
};

export function nobodyYet(): VolunteerDraft {
  const region = regions.value[0];
  const textBy = 'whatsapp';
  return {
    name: '',
    number: '',
    region: region?.id ?? '',
    zone: region?.zone ?? 'UTC',
    textBy,
    gender: null,
    languages: [],
    skills: [],
  };
}

export function VolunteerFields({ form }: { readonly form: Form<VolunteerDraft> }) {
  const { draft, change } = form;
  const { volunteers: said } = words.value;
  const { genders, noGender, regionHint } = volunteerWords.value;
  const known = [...new Set([...lines.value.flatMap(line => line.languages), ...draft.languages])];
  const zoneOf = (id: string) => regions.value.find(each => each.id === id)?.zone ?? draft.zone;
  return (
    <>
      <div class="fields">
        <Text path="name" label={fieldName('name')} value={draft.name} change={name => change({ name })} />
        <Text
          path="number"
          label={fieldName('number')}
          kind="tel"
          hint={formWords.value.numberHint}
          value={draft.number}
          change={number => change({ number: compact(number) })}
        />
        <Choice
          path="region"
          label={fieldName('region')}
          hint={regionHint}
          value={draft.region}
          options={regionOptions()}
          change={region => change({ region, zone: zoneOf(region) })}
        />
        <Zone form={form} />
        <TextBy value={draft.textBy} options={said.textsBy} change={textBy => change({ textBy })} />
        <Choice
          path="gender"
          label={fieldName('gender')}
          value={draft.gender ?? ''}
          none={noGender}
          options={Object.entries(genders)}
          change={gender => change({ gender: (gender || null) as VolunteerDraft['gender'] })}
        />
      </div>
      <Many
        path="languages"
        label={said.languages}
        options={known.map(id => [id, languageName(id)])}
        chosen={draft.languages}
        change={languages => change({ languages })}
      />
      <Many
        path="skills"
        label={said.skills}
        options={skills.value.map(({ id }) => [id, skillName(id)])}
        chosen={draft.skills}
        change={chosen => change({ skills: chosen })}
      />
    </>
  );
}
