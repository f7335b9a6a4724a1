// Regions and skills: small parts with names in every language, found from the settings.
// Must never let a name go missing in a language that a line speaks: the API refuses that, at its field.
import { Many, Several } from '../forms/field.tsx';
import { fieldName, formWords } from '../forms/form-words.ts';
import { named } from '../kit/language.ts';
import { regionName } from '../network.ts';
import { regionOptions, zonesKnown } from './choices.ts';
import { Id, Names, Zone } from './part-fields.tsx';
import { PartPage } from './part-pages.tsx';
import { partWords } from './part-words.ts';

export function RegionsPage() {
  const said = partWords.value.regions;
  return (
    <PartPage
      kind="regions"
      title={said.title}
      about={said.about}
      none={said.none}
      blank={() => ({ id: '', names: {}, zone: zonesKnown()[0] ?? 'UTC', near: [], landlinePrefixes: [] })}
      nameOf={({ names }) => named(names)}
      facts={({ id, zone, near }) => (
        <>
          <p class="muted">
            {id} · {zone}
          </p>
          <p>
            {fieldName('near')}: {near.map(regionName).join(', ') || formWords.value.none}
          </p>
        </>
      )}
      fields={(form, isNew) => (
        <>
          <div class="fields">
            <Id form={form} isNew={isNew} />
            <Zone form={form} />
            <Several
              path="landlinePrefixes"
              label={fieldName('landlinePrefixes')}
              hint={formWords.value.commas}
              values={form.draft.landlinePrefixes}
              change={landlinePrefixes => form.change({ landlinePrefixes })}
            />
          </div>
          <Names form={form} />
          <Many
            path="near"
            label={fieldName('near')}
            hint={said.orderHint}
            options={regionOptions().filter(([id]) => id !== form.draft.id)}
            chosen={form.draft.near}
            change={near => form.change({ near })}
          />
        </>
      )}
    />
  );
}

export function SkillsPage() {
  const said = partWords.value.skills;
  return (
    <PartPage
      kind="skills"
      title={said.title}
      about={said.about}
      none={said.none}
      blank={() => ({ id: '', names: {} })}
      nameOf={({ names }) => named(names)}
      facts={({ id }) => <p class="muted">{id}</p>}
      fields={(form, isNew) => (
        <>
          <Id form={form} isNew={isNew} />
          <Names form={form} />
        </>
      )}
    />
  );
}
