// Her no about the police after key 9: it is the last word.
import { expect, test } from 'vitest';
import { askedOf, given, looked, onDuty, phaseOf, rang, waited } from '../support/given.ts';
import { police } from '../support/small-network.ts';

const waiting = given(rang(), { roster: [onDuty('aigul')] })
  .when(1, waited(null, 1))
  .performed(1);

test('before their phone rings: it never does, and the search goes on', () => {
  const no = waiting.when(3, waited('9', 2)).when(3, waited('2', 3));
  expect(no.request.consent.police).toMatchObject({ given: false });
  for (const seconds of [4, 10, 60, 400])
    expect(askedOf(no.when(seconds, waited(null, 4)))).not.toContain(police.id);
  expect(phaseOf(no, 'searching').rung).toBeGreaterThan(0);
});

test('while their phone rings: it stops', () => {
  const rings = waiting.when(3, waited('9', 2)).when(5, looked).performed(6);
  expect(askedOf(rings)).toContain(police.id);
  const no = rings.when(8, waited('2', 3));
  expect(phaseOf(no, 'searching').offers.map(({ to }) => to)).not.toContain(police.id);
  expect(no.request.asked[police.id]).toMatchObject({ outcome: 'withdrawn' });
});
