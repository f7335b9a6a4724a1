// She writes, and whoever is asked cannot be written to: the phone rings instead, and nothing that she wrote is lost.
import { describe, expect, test } from 'vitest';
import type { Network } from '../../shared/domain/network.ts';
import type { Capabilities } from '../../shared/domain/ways.ts';
import type { Handset } from '../support/handset.ts';
import { manager, plainLine, smallNetwork, volunteer } from '../support/small-network.ts';
import { useWorlds } from '../support/world.ts';

const worlds = useWorlds();
/** As in Kazakhstan: calls, WhatsApp, and no SMS. */
const capabilities: Capabilities = {
  carrier: 'twilio',
  voice: { receives: true, reaches: ['+7'] },
  sms: { receives: false, reaches: [] },
  whatsapp: { receives: true, reaches: ['+7'] },
};
const network: Network = {
  ...smallNetwork,
  lines: smallNetwork.lines.map(line => ({ ...line, capabilities })),
  contacts: smallNetwork.contacts.map(contact => ({ ...contact, textBy: 'whatsapp' })),
};
const talksOnly = volunteer('aigul', 11, { textBy: 'none' });
const onWhatsapp = volunteer('dana', 12, { textBy: 'whatsapp' });
const survivorsNumber = '+77995550001';
const windowClosed = { failure: 63_016 };

async function isSearchedFor(survivor: Handset): Promise<void> {
  await survivor.writesOnWhatsapp(plainLine, 'Здравствуйте');
  await survivor.reads({ text: 'safe-question' });
  await survivor.writesOnWhatsapp(plainLine, '1');
  await survivor.reads({ text: 'searching' });
}

async function pressesOne(helper: Handset, hears: 'we-ask-first' | 'write-to-us'): Promise<void> {
  await helper.rings(30);
  await helper.picksUp({ written: true });
  await helper.presses('1');
  await helper.hears(hears);
  await helper.isFree();
}

describe('a volunteer who cannot write on this line', () => {
  test('is rung; she is asked neutrally about a call, once, and whoever can write has her words', async () => {
    const other = volunteer('bota', 13, { textBy: 'none' });
    const world = await worlds.open({ network, volunteers: [talksOnly] });
    const survivor = world.phone(survivorsNumber);
    world.phoneOf(manager).hasWrittenOnWhatsapp(plainLine);
    await isSearchedFor(survivor);
    await pressesOne(world.phoneOf(talksOnly), 'we-ask-first');
    await survivor.reads({ text: 'ask-call' });
    await survivor.reads({ text: 'numbers-to-dial', numbers: ['102', '112'] });
    await world.edit(other); // she can only talk too: nobody else is called in vain
    await survivor.writesOnWhatsapp(plainLine, '1'); // perhaps meant for another question: no yes to a call
    await survivor.writesOnWhatsapp(plainLine, '0');
    await survivor.reads({ text: 'no-call-agreed' });
    const writes = world.phoneOf(manager);
    const code = await writes.readsOffer(200);
    world.alerts('nobody-answers');
    world.alerts('consent-missing');
    await writes.writesOnWhatsapp(plainLine, code);
    world.alerts('contact-confirmed');
    await writes.reads({ text: 'accepted' });
    await writes.reads('Здравствуйте');
    await writes.reads('1');
    await survivor.reads({ text: 'here-now' });
    await writes.writesOnWhatsapp(plainLine, '90');
    await writes.reads({ text: 'closed' });
  });

  test('she agrees to a call by a digit and hours, and reads that it is so', async () => {
    const world = await worlds.open({ network, volunteers: [talksOnly] });
    const survivor = world.phone(survivorsNumber);
    world.phoneOf(manager).hasWrittenOnWhatsapp(plainLine);
    await isSearchedFor(survivor);
    await pressesOne(world.phoneOf(talksOnly), 'we-ask-first');
    await survivor.reads({ text: 'ask-call' });
    await survivor.reads({ text: 'numbers-to-dial', numbers: ['102', '112'] });
    await survivor.writesOnWhatsapp(plainLine, '5 18-21');
    await survivor.reads({ text: 'call-agreed' });
    await world.phoneOf(manager).readsOffer();
    world.alerts('nobody-answers');
    world.alerts('consent-missing');
    await survivor.writesOnWhatsapp(plainLine, 'СТОП');
  });
});

describe('where the window of WhatsApp is closed', () => {
  test('the volunteer is rung, writes one word, and goes on in writing', async () => {
    const world = await worlds.open({ network, volunteers: [onWhatsapp] });
    world.alerts('window-closed');
    const [survivor, helper] = [world.phone(survivorsNumber), world.phoneOf(onWhatsapp)];
    helper.phone.textBehaviour = windowClosed;
    await isSearchedFor(survivor);
    await pressesOne(helper, 'write-to-us');
    await survivor.writesOnWhatsapp(plainLine, 'Вы здесь?'); // waits: nothing of it would arrive
    helper.phone.textBehaviour = {};
    await helper.writesOnWhatsapp(plainLine, '1');
    await helper.reads({ text: 'accepted' });
    await helper.reads('Здравствуйте');
    await helper.reads('Вы здесь?');
    await survivor.reads({ text: 'here-now' });
    await helper.writesOnWhatsapp(plainLine, 'Я здесь');
    await survivor.reads('Я здесь');
    expect(new Set(survivor.phone.texts.map(({ from }) => from))).toEqual(
      new Set([`whatsapp:${plainLine.whatsappNumber}`]),
    );
    await helper.writesOnWhatsapp(plainLine, '90');
    await helper.reads({ text: 'closed' });
  });

  test('and nobody picks up, or writes after taking it: the next one is asked, and nobody is to blame', async () => {
    const [second, third] = [
      volunteer('erlan', 13, { textBy: 'whatsapp' }),
      volunteer('gulnara', 14, { textBy: 'whatsapp' }),
    ];
    const world = await worlds.open({ network, volunteers: [onWhatsapp, second] });
    const survivor = world.phone(survivorsNumber);
    world.alerts('window-closed');
    world.phoneOf(onWhatsapp).phone.textBehaviour = windowClosed;
    world.phoneOf(second).phone.textBehaviour = windowClosed;
    await isSearchedFor(survivor);
    await world.phoneOf(onWhatsapp).rings();
    await pressesOne(world.phoneOf(second), 'write-to-us');
    await world.phoneOf(onWhatsapp).stopsRinging();
    await world.edit(third);
    const helper = world.phoneOf(third).hasWrittenOnWhatsapp(plainLine);
    const code = await helper.readsOffer(200);
    await world.phoneOf(onWhatsapp).rings();
    world.alerts('helper-silent');
    await helper.writesOnWhatsapp(plainLine, code);
    await helper.reads({ text: 'accepted' });
    await helper.reads('Здравствуйте');
    await survivor.reads({ text: 'here-now' });
    await helper.writesOnWhatsapp(plainLine, '90');
    await helper.reads({ text: 'closed' });
  });
});
