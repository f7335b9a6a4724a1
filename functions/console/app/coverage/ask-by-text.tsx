// The way to a text: first who would be written to, how, in which words and what it costs; then a second press sends it.
import { useState } from 'preact/hooks';
import type { Problem, Schemas } from '../api.ts';
import { languageName } from '../network.ts';
import { ProblemNote } from '../problem-note.tsx';
import { coverageWords } from './coverage-words.ts';
import { asked, previewed } from './reading.ts';

type Preview = Schemas['OpeningPreview'];
type AskByTextProps = {
  readonly holeId: string;
  readonly chosen: readonly string[];
  readonly sent: () => Promise<void>;
};

export function AskByText({ holeId, chosen, sent }: AskByTextProps) {
  const said = coverageWords.value;
  const [seen, setSeen] = useState<{ readonly of: string; readonly preview: Preview } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const name = chosen.join(' ');
  // Of other people than are chosen now it says nothing.
  const preview = seen?.of === name ? seen.preview : null;
  const during = async (act: () => Promise<Problem | null>) => {
    setBusy(true);
    setProblem(await act());
    setBusy(false);
  };
  const look = () =>
    during(async () => {
      const outcome = await previewed(holeId, [...chosen]);
      if (outcome.is === 'refused') return outcome.problem;
      setSeen({ of: name, preview: outcome.value });
      return null;
    });
  const send = () =>
    during(async () => {
      const outcome = await asked(holeId, [...chosen]);
      if (outcome.is === 'refused') return outcome.problem;
      setSeen(null);
      await sent();
      return null;
    });
  return (
    <div class="ask" aria-busy={isBusy}>
      <ProblemNote problem={problem} />
      {preview !== null && <PreviewOf preview={preview} />}
      <div class="pair" role="status">
        {preview === null ? (
          <button type="button" disabled={isBusy || chosen.length === 0} onClick={() => void look()}>
            {chosen.length === 0 ? said.chooseFirst : said.preview(chosen.length)}
          </button>
        ) : (
          <>
            <button type="button" disabled={isBusy || preview.reached === 0} onClick={() => void send()}>
              {said.send(preview.reached)}
            </button>
            <button type="button" class="outline secondary" onClick={() => setSeen(null)}>
              {said.back}
            </button>
          </>
        )}
      </div>
    </div>
  );
}

function PreviewOf({ preview }: { readonly preview: Preview }) {
  const said = coverageWords.value;
  const { recipients, segments, cost } = preview;
  return (
    <section aria-label={said.previewTitle} class="preview">
      <h4>{said.previewTitle}</h4>
      <ul>
        {recipients.map(({ volunteerId, name, by, unreached, quiet }) => (
          <li key={volunteerId}>
            <strong>{name}</strong>:{' '}
            {unreached === null ? (by === 'whatsapp' ? 'WhatsApp' : 'SMS') : said.unreached[unreached]}
            {quiet && unreached === null && <span class="warn"> · {said.quiet}</span>}
          </li>
        ))}
      </ul>
      {preview.words.map(({ language, text }) => (
        <figure key={language}>
          <blockquote lang={language}>{text}</blockquote>
          <figcaption class="muted">{said.wordsIn(languageName(language))}</figcaption>
        </figure>
      ))}
      <p>{said.cost(segments, cost === null ? null : `${cost.amount} ${cost.currency}`)}</p>
    </section>
  );
}
