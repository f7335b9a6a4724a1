// STOP, СТОП, ТОҚТА: immediate silence, whatever is going on. Whoever takes the phone from her reads no answer to it,
// and nothing that was on its way. Only a new text of hers begins anew, and with the neutral question.
import { describe, expect, test } from 'vitest';
import { fullLine, manager, plainLine, volunteer } from '../support/small-network.ts';
import { useWorlds } from '../support/world.ts';
import { areTalking, isDone, isSearchedFor, takesByText } from './text-people.ts';
import { post, textParams } from './webhook-post.ts';

const worlds = useWorlds();
const aigul = volunteer('aigul', 11);
const survivorsNumber = '+77995550001';

describe('STOP is followed by silence', () => {
  test.each(['STOP', 'СТОП', 'ТОҚТА', 'Stop.', 'unsubscribe'])('as the very first text: %s', async word => {
    const world = await worlds.open({ volunteers: [aigul] });
    await world.phone(survivorsNumber).writes(plainLine, word);
    await world.pass(120);
  });

  test('instead of an answer to the question', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const survivor = world.phone(survivorsNumber);
    await survivor.writes(plainLine, 'Здравствуйте');
    await survivor.reads({ text: 'safe-question' });
    await survivor.writes(plainLine, 'Стоп');
    await world.pass(1_900);
  });

  test('while somebody is being found: a code that comes later opens nothing', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await isSearchedFor(survivor, 'Здравствуйте');
    const code = await helper.readsOffer();
    await survivor.writes(plainLine, 'тоқта');
    await helper.writes(plainLine, code);
    await helper.reads({ text: 'taken' });
    await world.pass(300);
  });

  test('while she is being asked', async () => {
    const world = await worlds.open({ volunteers: [] });
    const survivor = world.phone(survivorsNumber);
    await survivor.writes(fullLine, 'Здравствуйте');
    await survivor.reads({ text: 'safe-question' });
    await survivor.writes(fullLine, '1');
    await survivor.reads({ text: 'ask-need', needs: fullLine.needs });
    await survivor.reads('102 / 112');
    await world.phoneOf(manager).readsOffer();
    world.alerts('consent-missing');
    world.alerts('nobody-answers');
    await survivor.writes(fullLine, 'STOP');
    await world.pass(600);
  });

  test('in a conversation: the volunteer reads that it is over, and is free', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    await survivor.writes(plainLine, 'STOP');
    await helper.reads({ text: 'closed' });
    await helper.writes(plainLine, 'Вы здесь?');
    await helper.reads({ text: 'unknown-word' });
    await areTalking(world.phone('+77995550002'), helper);
    await isDone(helper);
  });

  test('after it was passed on', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const dana = volunteer('dana', 12);
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    await world.edit(dana);
    await helper.writes(plainLine, '91');
    await helper.reads({ text: 'passed-on' });
    await survivor.reads({ text: 'one-moment' });
    await survivor.writes(plainLine, 'СТОП');
    const code = await world.phoneOf(dana).readsOffer();
    await world.phoneOf(dana).writes(plainLine, code);
    await world.phoneOf(dana).reads({ text: 'taken' });
  });
});

describe('what is on its way', () => {
  test('and could not be sent yet never is', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    world.exchange.faults = {
      onRest: ({ params }) => (params['To'] === survivorsNumber ? { status: 503 } : 'pass'),
    };
    await helper.writes(plainLine, 'Где вы?');
    await world.pass(3);
    await survivor.writes(plainLine, 'СТОП');
    world.exchange.faults = {};
    await helper.reads({ text: 'closed' });
    await world.pass(300);
  });

  test('is looked at once more before each text: a slow first one does not take the second with it', async () => {
    const world = await worlds.open({ volunteers: [] });
    const survivor = world.phone(survivorsNumber);
    await survivor.writes(fullLine, 'Здравствуйте');
    await survivor.reads({ text: 'safe-question' });
    let stopped = false;
    world.replacePorts(({ telephone }) => ({
      telephone: {
        ...telephone,
        text: async message => {
          const sent = await telephone.text(message);
          if (!stopped && (message.to as string) === survivorsNumber) {
            stopped = true;
            const stop = textParams(world, survivorsNumber, fullLine.number, 'STOP');
            await post(world, '/texts/incoming', stop);
          }
          return sent;
        },
      },
    }));
    await survivor.writes(fullLine, '1');
    await survivor.reads({ text: 'ask-need', needs: fullLine.needs });
    world.alerts('consent-missing');
    world.alerts('nobody-answers');
    await world.pass(5);
    expect(survivor.phone.texts.map(({ body }) => body)).not.toContain('102 / 112');
    for (const { body } of world.phoneOf(manager).phone.texts) await world.phoneOf(manager).reads(body);
  });
});

describe('afterwards', () => {
  test('a new text of hers opens a new request, which begins with the question', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    await survivor.writes(plainLine, 'STOP');
    await helper.reads({ text: 'closed' });
    await world.pass(20);
    await survivor.writes(plainLine, 'Это снова я');
    await survivor.reads({ text: 'safe-question' });
    await survivor.writes(plainLine, '1');
    await survivor.reads({ text: 'searching' });
    await takesByText(helper, survivor, ['Это снова я']);
    await isDone(helper);
  });

  test('STOP again and again stays unanswered', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    await survivor.writes(plainLine, 'STOP');
    await helper.reads({ text: 'closed' });
    await survivor.writes(plainLine, 'STOP');
    await survivor.writes(plainLine, 'СТОП');
  });

  test('where the carrier acts on STOP too, nothing reaches her until START; then she is asked again', async () => {
    const world = await worlds.open({ volunteers: [aigul] });
    world.exchange.carrierStopWords = true;
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(aigul)];
    await areTalking(survivor, helper);
    await survivor.writes(plainLine, 'STOP');
    await helper.reads({ text: 'closed' });
    await survivor.writes(plainLine, 'Это снова я');
    world.alerts('left-unanswered'); // the carrier refuses our question: people must know
    await world.pass(60);
    await survivor.writes(plainLine, 'START');
    world.alerts('words-unread'); // she goes on, and nobody reads it
    await survivor.reads({ text: 'safe-question' });
    await survivor.writes(plainLine, '2');
  });
});
