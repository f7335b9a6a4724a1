// What a manager does by hand takes the same road as everything else, and says whether it did anything.
import { expect, test } from 'vitest';
import { manage } from '../../shared/app/manager-events.ts';
import { useEngine } from '../support/engine.ts';
import { byManager, hungUp } from '../support/given.ts';
import { volunteer } from '../support/small-network.ts';
import { openShell, requestId } from './shell.ts';

const engine = useEngine();
const aigul = volunteer('aigul', 11);
const takenBack = { ...byManager, kind: 'manager-set-contact-rules', agreement: null } as const;

test('an exclusion by hand lets go of the phone that rings, and is kept', async () => {
  const shell = await openShell(engine, [aigul]);
  await shell.opens();
  const event = { ...byManager, kind: 'manager-excluded', volunteerId: aigul.id } as const;
  expect(await manage(shell.ports, requestId, event)).toMatchObject({ came: 'done' });
  expect(shell.asked).toEqual(['ring 1', 'hang up']);
  const { request } = await shell.stores.requests.load(requestId, null);
  expect(request?.excluded).toEqual([aigul.id]);
});

test('what comes too late, and what is about nobody, changes nothing and says so', async () => {
  const shell = await openShell(engine, [aigul]);
  expect(await manage(shell.ports, requestId, takenBack)).toEqual({ request: null });
  await shell.opens();
  await shell.happen(hungUp, 'completed');
  expect(await manage(shell.ports, requestId, takenBack)).toMatchObject({ came: 'over' });
});
