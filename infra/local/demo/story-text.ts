// Second story: a text. A neutral first answer, an offer with a code, a conversation through the line, an end.
// Must never write a word of substance before she has said that it is a good time.
import { demoLines, demoVolunteers } from './demo-network.ts';
import { type Stage, StoryBroke } from './stage.ts';

const HER_WORDS = 'I do not know whom to ask. Can I write to you?';
const ANSWER = 'Yes. I am here, take your time.';

export async function textStory(stage: Stage): Promise<void> {
  const line = `whatsapp:${demoLines.ulytau.whatsappNumber}`;
  const her = stage.phone(stage.callers.writer);
  const helper = stage.phoneOf(demoVolunteers.madina);

  // WhatsApp lets us write to a helper for a day after she has written: "97", I am on duty.
  await helper.text(line, '97');
  await stage.nextText(helper, 0, 'a thank-you for saying that she is on duty');

  const opening = await her.text(line, 'Hello');
  const greeting = await stage.nextText(her, 0, 'the first answer');
  stage.check(
    'the first answer only asks whether it is a good time',
    greeting.includes('good time to write'),
  );
  stage.check('nobody has been asked yet', stage.textsOf(helper).length === 1);
  await stage.seconds(1);
  await her.text(line, '1');
  const offer = await stage.nextText(helper, 1, 'the offer');
  const code = /\b[1-8]\d\b/.exec(offer)?.[0];
  if (code === undefined) throw new StoryBroke(`the offer should hold a code: ${offer}`);
  await stage.seconds(1.5);
  await helper.text(line, code);
  await stage.until('she is told that somebody is there', 12, () => stage.reads(her, 'I am here now'));
  await stage.until('her first word is passed on', 12, () => stage.reads(helper, 'Hello'));
  await her.text(line, HER_WORDS);
  await stage.until('her words reach the volunteer', 12, () => stage.reads(helper, HER_WORDS));
  await stage.seconds(1);
  await helper.text(line, ANSWER);
  await stage.until('the answer reaches her', 12, () => stage.reads(her, ANSWER));
  await stage.seconds(1);
  await helper.text(line, '90');
  await stage.until('the volunteer is told that it is over', 12, () =>
    stage.reads(helper, 'conversation is over'),
  );

  const senders = [her, helper].flatMap(phone => stage.textsOf(phone)).map(({ from }) => from);
  stage.check(
    'every text came from the line',
    senders.every(from => from === line),
  );
  stage.checkNumbersStayHidden(her, helper);
  await stage.checkEnd(opening, 'done', demoVolunteers.madina.id);
}
