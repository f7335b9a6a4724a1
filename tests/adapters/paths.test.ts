import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { firstPath, nextPath, parseCounter, paths, routes } from '../../shared/app/paths.ts';
import { requestId } from './adapter-values.ts';

// `again` stands before any of them, and `audio` is named by the prompts.
const examples: { readonly [Name in Exclude<keyof typeof routes, 'again' | 'audio'>]: string } = {
  voiceIncoming: paths.voiceIncoming,
  textIncoming: paths.textIncoming,
  callStatus: paths.callStatus,
  canarySurvivor: paths.canarySurvivor,
  canaryContact: paths.canaryContact,
  menu: paths.menu(requestId, 1),
  wait: paths.wait(requestId, 2),
  screen: paths.screen(requestId, 3, 4),
  called: paths.called(requestId, 3, 0),
  calledStatus: paths.calledStatus(requestId, 3),
  survivorRoom: paths.survivorRoom(requestId, 4),
  helperRoom: paths.helperRoom(requestId, 5),
  survivorRedirected: paths.survivorRedirected(requestId, 8, 1),
  helperRedirected: paths.helperRedirected(requestId, 5, 9, 0),
  told: paths.told(requestId, 5, 0),
  offerStatus: paths.offerStatus(requestId, 6),
  textStatus: paths.textStatus(requestId, 7),
};

describe('the paths', () => {
  it.each(Object.entries(examples))('of %s is matched by its route and by no other', async (name, path) => {
    const app = new Hono();
    for (const [route, pattern] of Object.entries(routes))
      app.post(pattern, c => c.json([route, c.req.param()]));
    const response = await app.request(path, { method: 'POST' });
    const [matched, params] = (await response.json()) as [string, Record<string, string>];
    expect(matched).toBe(name);
    if (path.includes(requestId)) expect(params['requestId']).toBe(requestId);
  });

  it('of the next question is the one that the reply names', () => {
    expect(nextPath(requestId, { to: 'menu', turn: 1 })).toBe(paths.menu(requestId, 1));
    expect(nextPath(requestId, { to: 'wait', turn: 2 })).toBe(paths.wait(requestId, 2));
    expect(nextPath(requestId, { to: 'screen', seq: 3, turn: 4 })).toBe(paths.screen(requestId, 3, 4));
    expect(nextPath(requestId, { to: 'called', seq: 3, turn: 1 })).toBe(paths.called(requestId, 3, 1));
  });

  it('of a webhook that failed here leads back to the first', () => {
    const path = paths.wait(requestId, 2);
    expect(firstPath(paths.again(1, null, path))).toBe(path);
    expect(firstPath(paths.again(2, '9', path))).toBe(path);
    expect(firstPath(path)).toBe(path);
  });

  it('have one form of each counter', () => {
    expect(['0', '7', '120'].map(parseCounter)).toEqual([0, 7, 120]);
    for (const text of ['', '-1', '01', '1.5', '1e3', ' 1', '1\n', '9'.repeat(20)]) {
      expect(parseCounter(text)).toBeNull();
    }
  });
});
