// A survivor who writes: answers the first question or does not, thanks, says stop, writes again when nobody answers.
import type { Line } from '../../shared/domain/network.ts';
import { catalogs } from '../../shared/prompts/all-catalogs.ts';
import { promptLanguages } from '../../shared/prompts/languages.ts';
import type { Chance } from './chance.ts';
import { HerPhone } from './her-phone.ts';
import type { Texter } from './phones.ts';
import type { Fate, WriterPlan } from './plans.ts';
import type { Scene } from './scene.ts';

/** No answer: she writes again, as people do. */
const WRITES_AGAIN_MS = 420_000;
const WRITES_AT_MOST = 3;

const questions: ReadonlySet<string> = new Set(
  promptLanguages.map(language => catalogs[language].texts['safe-question']()),
);
export const isQuestion = (body: string): boolean => questions.has(body);

export class Writer implements Texter {
  fate: Fate = 'waiting';
  readonly #scene: Scene;
  readonly #plan: WriterPlan;
  readonly #line: Line;
  readonly #chance: Chance;
  #since = 0;
  #read = 0;
  #said = 0;
  readonly phone: HerPhone;

  constructor(scene: Scene, plan: WriterPlan, line: Line, chance: Chance) {
    this.#scene = scene;
    this.#plan = plan;
    this.#line = line;
    this.#chance = chance;
    this.phone = new HerPhone(scene, chance, what => this.#isCalled(what));
  }

  /** She agreed to a call: whether she takes it is hers. */
  #isCalled(what: 'rung' | 'reached'): void {
    if (what === 'reached') this.fate = 'reached';
    else if (this.fate === 'waiting') this.fate = 'left';
  }

  arrive(): void {
    this.#since = this.#scene.time.now;
    this.#writesFirst(1);
    if (this.#plan.saysStop)
      this.#scene.time.after(this.#chance.between(5_000, 200_000), () => {
        if (this.fate === 'waiting') this.fate = 'left';
        this.#write('STOP', 0);
      });
  }

  #writesFirst(time: number): void {
    this.#read = 0;
    this.#write('S: hello', 0);
    if (time >= WRITES_AT_MOST) return;
    this.#scene.time.after(WRITES_AGAIN_MS, () => {
      if (this.fate === 'waiting') this.#writesFirst(time + 1);
    });
  }

  /** A word of the helper's that the network lost is the network's. */
  misses(body: string): void {
    if (body.startsWith('H:')) this.#isReached(0);
  }

  #write(body: string, afterMs: number): void {
    this.#scene.time.after(afterMs, () => this.#scene.carrier.write(this.#line, this.#plan.address, body));
  }

  reads(body: string): void {
    this.#read += 1;
    const soon = this.#chance.between(2_000, 20_000);
    if (body.startsWith('H:')) this.#isReached(soon);
    else if (isQuestion(body)) this.#answers(soon);
    else if (this.#read === 2) this.#write(this.#chance.is(0.7) ? '1' : 'S: please', soon);
  }

  /** The first time, or again after a silence. */
  #answers(afterMs: number): void {
    const { answers } = this.#plan;
    if (answers !== 'yes' && this.fate === 'waiting') this.fate = 'left';
    if (answers !== 'never') this.#write(answers === 'yes' ? '1' : '2', afterMs);
  }

  #isReached(afterMs: number): void {
    const { figures, time } = this.#scene;
    if (this.fate === 'waiting') {
      figures.timeToPerson.add((time.now - this.#since) / 1000);
      figures.count('reached by text');
      this.fate = 'reached';
    }
    this.#said += 1;
    if (this.#said <= 2) this.#write('S: thank you', afterMs);
  }
}
