// The page of coverage in a real browser: a manager finds a hole with keys, asks two people by text, one says yes on her
// phone, and the hole is gone. Between asking and the yes: three languages, dark, a phone, double size, and a viewer.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stage } from '../../infra/local/demo/stage.ts';
import { type Machine, startMachine } from '../../infra/local/machine.ts';
import { anyPorts } from '../../infra/local/ports-busy.ts';
import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';
import { languageId, regionId } from '../../infra/local/seed/seed-values.ts';
import { seedVolunteers } from '../../infra/local/seed/volunteers.ts';
import { builtPage } from '../../infra/web/build.ts';
import type { Volunteer } from '../../shared/domain/volunteer.ts';
import { sure } from '../support/given.ts';
import { axeFindings, hasBrowser, openBrowser, openSignedIn, overflowing, picture } from './browser.ts';

const shymkent = regionId('KZ-79');
/** Each night until five somebody there should speak Kazakh; the seed has nobody. */
const floor = {
  region: shymkent,
  skill: null,
  language: languageId('kk'),
  atLeast: 1,
  hours: [{ weekdays: [1, 2, 3, 4, 5, 6, 7] as const, from: 0, until: 5 * 60 }],
};
const { coverage } = kazakhstan.settings;
const network = {
  ...kazakhstan,
  settings: { ...kazakhstan.settings, coverage: { ...coverage, floors: [floor] } },
};
const isFree = ({ name }: Volunteer) => ['Roza U.', 'Feruza Y.'].includes(name);
/** These two have no shifts, and so nothing that would speak against one, whatever day it is. */
const volunteers = seedVolunteers.map(each =>
  isFree(each) ? { ...each, rota: { ...each.rota, weekly: [], dated: [] } } : each,
);
const roza = sure(volunteers.find(({ name }) => name === 'Roza U.'));

describe.skipIf(!hasBrowser)('coverage', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pana-coverage-'));
  let machine: Machine;
  let browser: Browser;
  let stage: Stage;
  let page: Page;
  let complaints: readonly string[];
  let hole = '';

  const signedIn = async (role: string, more: BrowserContextOptions = {}) => {
    return openSignedIn(
      browser,
      `${machine.managersUrl}/coverage`,
      role,
      '.heat .hole button >> nth=0',
      more,
    );
  };
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  const holeLine = (words: string) => page.getByRole('button', { name: words, exact: true });

  beforeAll(async () => {
    await builtPage('console', console.log);
    machine = await startMachine({
      ...{ folder, keepsTable: false, ports: anyPorts },
      seed: { network, volunteers },
    });
    stage = new Stage(machine);
    browser = await openBrowser();
    ({ page, complaints } = await signedIn('manager'));
  });

  afterAll(async () => {
    await browser?.close();
    await machine?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('a hole is found with keys alone, with who could take it and what they would read; two are asked by text', async () => {
    // WhatsApp lets us write to her for a day after she has written: her own shifts, of which there are none.
    const [line] = kazakhstan.lines;
    const way = `whatsapp:${sure(line?.whatsappNumber ?? null)}`;
    await stage.phoneOf({ number: roza.number }).text(way, '74');

    await page.locator('.days button').last().focus();
    await page.keyboard.press('Tab');
    await expect.poll(() => focused()).toMatch(/^\d, Whole country, /);
    for (const _ of [1, 2, 3]) await page.keyboard.press('PageDown');
    // Into a week that is read only then, and back: the focus stays in the map.
    for (const key of [
      'PageDown',
      'PageDown',
      'PageDown',
      'PageDown',
      'PageUp',
      'PageUp',
      'PageUp',
      'PageUp',
    ]) {
      await page.keyboard.press(key);
      await expect.poll(focused).toMatch(/Whole country/);
    }
    for (let steps = 0; steps < 30 && !/Shymkent/.test(await focused()); steps += 1)
      await page.keyboard.press('ArrowDown');
    for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowRight');
    await expect
      .poll(() => focused())
      .toMatch(/^0\/1, Shymkent, .* 03:00: a hole, 0 on duty where 1 should be$/);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', {
      name: /^Shymkent: no Kazakh-speaking volunteer, .* 00:00-05:00$/,
    });
    await dialog.getByLabel('Roza U.').waitFor();
    hole = await dialog.getByRole('heading', { level: 3 }).innerText();
    await expect
      .poll(() => dialog.getByRole('button', { name: 'Choose whom to ask' }).isEnabled())
      .toBe(false);
    await dialog.getByLabel('Roza U.').check();
    await dialog.getByLabel('Feruza Y.').check();
    await dialog.getByRole('button', { name: 'Preview the text to 2' }).click();
    await dialog.getByText('Feruza Y.: has not written on WhatsApp for a day').waitFor();
    await dialog.locator('blockquote').getByText('00:00').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await picture(page, 'coverage-ask');
    expect(stage.textsOf(stage.phoneOf({ number: roza.number }))).toHaveLength(1);
    await dialog.getByRole('button', { name: 'Ask 1 by text' }).click();
    await dialog.getByText('Roza U.: gets her text within a minute or two').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Asked by text' }).waitFor();
    await holeLine(hole).waitFor();
  });

  it('in each language, dark on a phone and at double size: nothing sticks out, and axe finds nothing', async () => {
    const sizes = [
      { languages: ['ru', 'kk', 'en'], viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
      // A window of 1280 at 200 % has 640 to give.
      { languages: ['ru'], viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
    ] as const;
    for (const { languages, ...size } of sizes) {
      const small = await signedIn('viewer', size);
      for (const language of languages) {
        await small.page.locator('header select').first().selectOption(language);
        await small.page.locator('.hole-line').first().click();
        await small.page.locator('.candidates li').first().waitFor();
        await expect.poll(() => overflowing(small.page)).toEqual([]);
        await small.page.keyboard.press('Escape');
        await expect.poll(() => overflowing(small.page)).toEqual([]);
      }
      // Once dark, once light.
      expect(await axeFindings(small.page)).toEqual([]);
      await picture(small.page, `coverage-${size.viewport.width}`);
      // She looks: nobody can be chosen or written to.
      await small.page.locator('.hole-line').first().click();
      await small.page.locator('.candidates li').first().waitFor();
      await expect.poll(() => small.page.locator('.candidates input, .ask').count()).toBe(0);
      expect(small.complaints).toEqual([]);
      await small.page.context().close();
    }
  });

  it('the figures follow the language and the skill, and a figure tells who stands behind it', async () => {
    const country = page.locator('.heat tbody tr').first().locator('td button');
    const before = await country.allInnerTexts();
    await page.getByLabel('Skill').selectOption('legal');
    // While others are counted no figure stands there: those of one wish are not shown for another.
    await expect
      .poll(async () => ['', before.join()].includes((await country.allInnerTexts()).join()))
      .toBe(false);
    const fewer = await country.allInnerTexts();
    expect(fewer.every((figure, hour) => Number(figure) <= Number(before[hour]))).toBe(true);
    const busiest = fewer.indexOf(String(Math.max(...fewer.map(Number))));
    await country.nth(busiest).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('li').first().waitFor();
    await expect.poll(() => dialog.locator('li').count()).toBeGreaterThanOrEqual(Number(fewer[busiest]));
    for (const who of await dialog.locator('li').allInnerTexts()) expect(who).toMatch(/Kazakh.*My rights/);
    await page.keyboard.press('Escape');
    await page.getByLabel('Skill').selectOption('');
  });

  it('she says yes by answering; the page says who, and the hole is gone without a reload', async () => {
    const phone = stage.phoneOf({ number: roza.number });
    await machine.upkeep();
    await stage.until('she reads that a shift is to be had', 15, () => stage.textsOf(phone).length > 1);
    await page.getByText('Roza U.: has been asked, no yes yet').waitFor();
    await page.getByText('Feruza Y.: could not be written to').waitFor();
    const text = sure(stage.textsOf(phone)[1]);
    const answer = sure(/76\s+\d+/.exec(text.body)?.[0]);
    await phone.text(text.from, answer);
    await page.getByText('Roza U.: has taken it').waitFor();
    await holeLine(hole).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^1, Shymkent, .* 03:00: 1 on duty$/ }).waitFor();
    const kept = (await machine.stores.registry.volunteer(roza.id))?.volunteer.rota;
    expect(kept?.dated).toMatchObject([{ from: 0, until: 5 * 60, regions: null }]);
    await picture(page, 'coverage');
    expect(complaints).toEqual([]);
  });
});
