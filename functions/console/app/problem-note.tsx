// What went wrong, as a sentence in her language, and the fields by their paths as the API names them.
import type { Problem } from './api.ts';
import { words } from './words.ts';

export function ProblemNote({ problem }: { readonly problem: Problem | null }) {
  if (problem === null) return null;
  const { problems } = words.value;
  const kind = problem.type.replace('urn:pana:problem:', '');
  const known = kind in problems ? problems[kind as keyof typeof problems] : null;
  return (
    <div role="alert" class="notice bad">
      <p>{known ?? <span lang="en">{problem.detail}</span>}</p>
      {problem.errors && (
        <ul lang="en">
          {problem.errors.map(({ path, problem: what }) => (
            <li key={`${path} ${what}`}>
              <code>{path}</code> {what}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
