// The switches that stand at the top of every page: language, looks; and the link past them.
// Plain selects: every phone, keyboard and screen reader knows them.
import { kitWords } from './kit-words.ts';
import { language, type PageLanguage, pageLanguages } from './language.ts';
import { type Looks, looks, looksKnown } from './looks.ts';

export function SkipLink() {
  return (
    <a class="skip" href="#content">
      {kitWords.value.skip}
    </a>
  );
}

export function Choices() {
  const words = kitWords.value;
  return (
    <div class="choices">
      <select
        aria-label={words.language}
        value={language.value}
        onChange={event => {
          language.value = event.currentTarget.value as PageLanguage;
        }}
      >
        {Object.entries(pageLanguages).map(([id, name]) => (
          <option key={id} value={id} lang={id}>
            {name}
          </option>
        ))}
      </select>
      <select
        aria-label={words.looks}
        value={looks.value}
        onChange={event => {
          looks.value = event.currentTarget.value as Looks;
        }}
      >
        {looksKnown.map(each => (
          <option key={each} value={each}>
            {words.looksAs[each]}
          </option>
        ))}
      </select>
    </div>
  );
}
