// Staffing, held against published figures: what is printed somewhere else is not typed from our own output.
import { describe, expect, test } from 'vitest';
import {
  type Answering,
  type Demand,
  erlangC,
  reachedShare,
  staffingFor,
} from '../../shared/domain/staffing.ts';

/** Phones that are always answered, at the first ring, and take no time to ring. */
const certain: Answering = {
  answerShare: 1,
  ringSeconds: 1e-9,
  waveSize: 1,
  reachedShare: 0.8,
  reachedSeconds: 20,
};

describe('Erlang C', () => {
  // Documentation of pyworkforce 0.1.0 (pypi.org/project/pyworkforce/0.1.0): 100 calls in 30 minutes of 3 minutes each,
  // 80 % within 20 s: raw_positions 14, service_level 0.8883500191794669, waiting_probability 0.1741319335950498.
  const hundredInHalfAnHour: Demand = { arrivalsAnHour: 200, talkSeconds: 180 };

  test('10 Erlang and 14 agents: 17.41 % wait', () => {
    expect(erlangC(14, 10)).toBeCloseTo(0.1741319335950498, 12);
  });

  test('answered for certain, the share reached in time is that of the published example', () => {
    expect(reachedShare(14, hundredInHalfAnHour, certain)).toBeCloseTo(0.8883500191794669, 6);
  });

  test('the published example asks for 14: one fewer does not keep the promise', () => {
    expect(staffingFor(hundredInHalfAnHour, certain)?.onDuty).toBe(14);
  });

  // Table C with a worked example of an 8-channel trunked system (scribd.com/document/831962299): where 5 % wait, 8 channels
  // carry 3.87 Erlang; where 1 % wait, 10 carry 4.08.
  test.each([
    [8, 3.87, 0.05],
    [10, 4.08, 0.01],
  ])('%i channels carry %d Erlang where %d of all wait', (channels, load, share) => {
    expect(erlangC(channels, load - 0.005)).toBeLessThan(share);
    expect(erlangC(channels, load + 0.005)).toBeGreaterThan(share - 0.0002);
  });

  test('one server: the chance to wait is its load; and who cannot keep up lets everybody wait', () => {
    expect(erlangC(1, 0.3)).toBeCloseTo(0.3, 12);
    expect(erlangC(3, 3)).toBe(1);
    expect(erlangC(3, 0)).toBe(0);
    expect(erlangC(400, 380)).toBeGreaterThan(0);
  });
});

describe('phones that are not always answered', () => {
  const onePerDay: Demand = { arrivalsAnHour: 1e-9, talkSeconds: 900 };
  const ringing = (answerShare: number, reached: number): Answering => ({
    answerShare,
    ringSeconds: 20,
    waveSize: 50,
    reachedShare: reached,
    reachedSeconds: 60,
  });

  // How many rung give 95, 99 and 99.9 % of one answer at least: studies of volunteers on call; 1 - (1 - p)^n.
  test.each([
    [0.17, 0.95, 17],
    [0.17, 0.99, 25],
    [0.17, 0.999, 38],
    [0.35, 0.95, 7],
    [0.35, 0.99, 11],
    [0.35, 0.999, 17],
  ])('without load: %d answer, for %d reached %i are on duty', (share, reached, onDuty) => {
    expect(staffingFor(onePerDay, ringing(share, reached))?.onDuty).toBe(onDuty);
  });

  test('who can only be rung one after the other within the time counts alone', () => {
    const slow = { ...ringing(0.35, 0.9), waveSize: 1 };
    expect(reachedShare(50, onePerDay, slow)).toBeCloseTo(1 - 0.65 ** 3, 6);
    expect(staffingFor(onePerDay, slow)).toBeNull();
  });

  test('more on duty never reach fewer, and more requests never need fewer', () => {
    const answering = ringing(0.35, 0.9);
    let before = 0;
    for (let onDuty = 1; onDuty <= 40; onDuty += 1) {
      const share = reachedShare(onDuty, { arrivalsAnHour: 20, talkSeconds: 600 }, answering);
      expect(share).toBeGreaterThanOrEqual(before);
      before = share;
    }
    const needed = [0, 1, 5, 20, 60].map(
      arrivalsAnHour => staffingFor({ arrivalsAnHour, talkSeconds: 600 }, answering)?.onDuty ?? 0,
    );
    expect(needed).toEqual([...needed].sort((a, b) => a - b));
    expect(needed.at(-1)).toBeGreaterThan(needed[0] ?? 0);
  });

  test('a ring takes time of whoever is rung: longer rings need more people', () => {
    const demand: Demand = { arrivalsAnHour: 60, talkSeconds: 300 };
    const short = staffingFor(demand, { ...ringing(0.2, 0.9), ringSeconds: 10 })?.onDuty ?? 0;
    const long = staffingFor(demand, { ...ringing(0.2, 0.9), ringSeconds: 30 })?.onDuty ?? 0;
    expect(long).toBeGreaterThan(short);
  });
});
