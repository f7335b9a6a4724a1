// Taking up one more phone: a caller's, or that of somebody who helps.
import { useState } from 'preact/hooks';
import { named } from '../../../../functions/console/app/kit/language.ts';
import type { PagePerson } from '../page-data.ts';
import { cast, take, taken } from './machine.ts';
import { words } from './words.ts';

export function TakePhone() {
  const [chosen, choose] = useState('');
  const { take: said } = words.value;
  const people = cast.value?.people ?? [];
  const volunteers = people.filter(({ role }) => role === 'volunteer');
  const free = cast.value?.callers.find(number => !taken.value.includes(number));
  return (
    <div class="take">
      <button type="button" disabled={free === undefined} onClick={() => free && take(free)}>
        {said.survivor}
      </button>
      <select
        aria-label={said.who}
        value={chosen}
        onChange={({ currentTarget }) => {
          take(currentTarget.value);
          choose('');
        }}
      >
        <option value="">
          {said.who}: {said.choose}
        </option>
        <Group label={said.onDuty} people={volunteers.filter(({ isOnDuty }) => isOnDuty)} />
        <Group label={said.desks} people={people.filter(({ role }) => role !== 'volunteer')} />
        <Group label={said.offDuty} people={volunteers.filter(({ isOnDuty }) => !isOnDuty)} />
      </select>
    </div>
  );
}

function Group({ label, people }: { readonly label: string; readonly people: readonly PagePerson[] }) {
  if (people.length === 0) return null;
  return (
    <optgroup label={label}>
      {people.map(({ number, name, region, languages }) => (
        <option key={number} value={number}>
          {[name, region === null ? null : named(region), languages.join(' ')].filter(Boolean).join(' · ')}
        </option>
      ))}
    </optgroup>
  );
}
