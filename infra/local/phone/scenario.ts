// What was played on the phones, as a scenario test in the project's phone language (tests/support/handset.ts).
// Must never decide what should have happened: it writes down what did, for a person to read, cut and keep.
import type { Network } from '../../../shared/domain/network.ts';
import type { ExchangeEvent } from '../exchange/exchange.ts';
import { linesIn, phonesIn } from './scenario-names.ts';
import { ScenarioSteps } from './scenario-steps.ts';

export type Played = {
  /** Of all phones, in any order. */
  readonly events: readonly ExchangeEvent[];
  /** The network that was played on; the scenario imports it as the seed's. */
  readonly network: Network;
  /** Names of those who help, by number. Whoever is not among them is a survivor. */
  readonly helpers: ReadonlyMap<string, string>;
};

const MAKERS = ['languageId', 'lineId', 'regionId', 'skillId'] as const;

export function scenarioFrom({ events, network, helpers }: Played): string {
  const inOrder = [...new Map(events.map(event => [event.seq, event])).values()].sort(
    (a, b) => a.seq - b.seq,
  );
  const [first] = inOrder;
  if (!first) return '// Nothing was played yet.\n';
  const phones = phonesIn(inOrder, helpers);
  const lines = linesIn(inOrder, network);
  const steps = new ScenarioSteps({ network, phones, lines, helpers }).of(inOrder);
  const begun = new Date(first.at).toISOString();
  const body = [
    '  const world = await worlds.open({',
    '    network: kazakhstan,',
    '    volunteers: seedVolunteers,',
    `    at: '${begun}',`,
    '  });',
    ...[...phones].map(([number, name]) => `  const ${name} = world.phone('${number}');`),
    '',
    ...steps.map(step => `  ${step}`),
  ];
  // A line by its number and on WhatsApp is one line.
  const constants = new Set(
    [...lines.values()].map(({ id, name }) => `const ${name} = lineOf(kazakhstan, lineId('${id}'));`),
  );
  return [
    `// As it was played by hand on ${begun.slice(0, 10)}. Alerts are on no phone: expect them by world.alerts('…').`,
    ...imports([...body, ...constants].join('\n')),
    '',
    'const worlds = useWorlds();',
    ...constants,
    '',
    "test('as it was played', async () => {",
    ...body,
    '});',
    '',
  ].join('\n');
}

function imports(code: string): readonly string[] {
  const makers = MAKERS.filter(maker => code.includes(`${maker}(`));
  return [
    "import { test } from 'vitest';",
    "import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';",
    `import { ${makers.join(', ')} } from '../../infra/local/seed/seed-values.ts';`,
    "import { seedVolunteers } from '../../infra/local/seed/volunteers.ts';",
    "import { lineOf } from '../../shared/domain/network.ts';",
    "import { useWorlds } from '../support/world.ts';",
  ];
}
