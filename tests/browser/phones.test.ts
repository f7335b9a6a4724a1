// The page of phones in a real browser, on the machine that npm start runs: the three stories at once, a call by hand
// with the keyboard alone, and the page itself in three languages, small, dark, and read by a machine.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoLines, demoVolunteers } from '../../infra/local/demo/demo-network.ts';
import { withStories } from '../../infra/local/demo/with-stories.ts';
import { type Machine, startMachine } from '../../infra/local/machine.ts';
import { type PhonesPage, startPhonesPage } from '../../infra/local/phones-page/serve.ts';
import { anyPorts } from '../../infra/local/ports-busy.ts';
import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';
import { seedVolunteers } from '../../infra/local/seed/volunteers.ts';
import { builtPage } from '../../infra/web/build.ts';
import {
  axeFindings,
  hasBrowser,
  type OpenPage,
  openBrowser,
  openPage,
  overflowing,
  picture,
} from './browser.ts';

const STORY_MS = 60_000;

describe.skipIf(!hasBrowser)('the page of phones', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pana-phones-'));
  let machine: Machine;
  let served: PhonesPage;
  let browser: Browser;
  let stories: OpenPage;
  const phone = (number: string): Locator => stories.page.locator(`[data-phone="${number}"]`);
  const ends = async (name: string) => {
    const told = stories.page.locator(`[data-story="${name}"]`);
    await told.locator('.good, .bad').waitFor({ timeout: STORY_MS });
    await expect.poll(() => told.innerText()).toContain('It ended as told');
  };

  beforeAll(async () => {
    const seed = withStories({ network: kazakhstan, volunteers: seedVolunteers });
    machine = await startMachine({ folder, keepsTable: false, ports: anyPorts, seed });
    served = await startPhonesPage(machine, await builtPage('phones', console.log), 0);
    browser = await openBrowser();
    stories = await openPage(browser, served.url);
    for (const button of await stories.page.locator('.stories button').all()) await button.click();
  });

  afterAll(async () => {
    await browser?.close();
    await served?.close();
    await machine?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('the language and the looks that were chosen are kept', async () => {
    const { page } = await openPage(browser, served.url);
    await page.getByLabel('Language').selectOption('kk');
    await page.getByLabel('Көрініс').selectOption('dark');
    await page.reload();
    await expect.poll(() => page.locator('h1').innerText()).toBe('Телефондар');
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
    await page.context().close();
  });

  it('a story plays a call: both talk, the display shows the line and nobody’s number', async () => {
    await ends('call');
    const numbers = [demoVolunteers.aigul.number, demoVolunteers.dana.number];
    const shown = await Promise.all(numbers.map(number => phone(number).innerText()));
    expect(shown.join()).toContain('Somebody would like to talk with you');
    const callers = machine.exchange
      .phones()
      .filter(({ number }) => /^\+779916|^\+779917|^\+779918/.test(number));
    expect(callers.length).toBeGreaterThan(0);
    for (const { number } of callers) expect(shown.join()).not.toContain(number.slice(-6));
    await picture(stories.page, 'phones-after-a-call');
  });

  it('by keyboard alone: a call is made, answered and taken, and the request beside it says who has it', async () => {
    const { page, complaints } = await openPage(browser, served.url);
    await page.keyboard.press('Tab');
    await expect.poll(() => page.locator(':focus').innerText()).toBe('Skip to the content');
    await page.getByRole('button', { name: 'A caller’s phone' }).press('Enter');
    const caller = page.locator('.handset').first();
    await caller.getByLabel('Line', { exact: true }).selectOption(demoLines.zhetisu.number);
    await caller.getByRole('button', { name: 'Call', exact: true }).press('Enter');
    await caller.getByText('press one').first().waitFor();
    await caller.getByRole('button', { name: 'Key 1', exact: true }).press('Enter');
    const story = { has: page.getByRole('heading', { name: /Aigul|Dana/ }) };
    const ringing = page.locator('.handset.ringing').filter(story);
    await ringing.getByRole('button', { name: 'Answer', exact: true }).press('Enter');
    const helper = page.locator('.handset.in-call').filter(story);
    await helper.getByText('To answer, press one').waitFor();
    await helper.getByRole('button', { name: 'Key 1', exact: true }).press('Enter');
    await caller.getByText('You talk with each other').waitFor();
    await expect.poll(() => helper.locator('.display').innerText()).toBe('You talk with each other');
    await page.locator('.replay').filter({ hasText: 'confirmed by vol_story-' }).waitFor();
    // What is left is the two of them, for the picture.
    const atRest = page.locator('.handset:not(.in-call)').getByRole('button', { name: 'Put away' });
    while ((await atRest.count()) > 0) await atRest.first().click();
    await page.evaluate(() => window.scrollTo(0, 0));
    await picture(page, 'phones-by-hand');
    await caller.getByRole('button', { name: 'Hang up' }).press('Enter');
    await page.locator('.replay').filter({ hasText: 'closed: talked' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('a phone without a signal gets neither calls nor texts, until it is answered by hand again', async () => {
    const { page } = await openPage(browser, served.url);
    const { madina } = demoVolunteers;
    await page.getByLabel('Or somebody’s').selectOption(madina.number);
    const handset = page.locator(`[data-phone="${madina.number}"]`);
    await handset.getByRole('button', { name: 'No signal' }).click();
    await handset.getByRole('button', { name: 'No signal', pressed: true }).waitFor();
    expect(machine.exchange.phone(madina.number)).toMatchObject({
      behaviour: { kind: 'unreachable' },
      textBehaviour: { failure: 30003 },
    });
    await handset.getByRole('button', { name: 'I answer' }).click();
    await handset.getByRole('button', { name: 'I answer', pressed: true }).waitFor();
    expect(machine.exchange.phone(madina.number).textBehaviour).toEqual({});
    await page.context().close();
  });

  it('a page of another origin, or under another name, is refused', async () => {
    const asked = await fetch(`${served.url}/phones/%2B77991500001/dial`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://example.org' },
      body: '{"to":"+77991000003"}',
    });
    expect(asked.status).toBe(403);
    const form = await fetch(`${served.url}/stories/call`, { method: 'POST', body: 'x' });
    expect(form.status).toBe(403);
  });

  it('stories play a text and a call that nobody takes', async () => {
    await ends('text');
    await ends('nobody');
    expect(stories.complaints).toEqual([]);
    expect(machine.exchange.errors).toEqual([]);
  });

  it('in three languages, on a phone and dark: nothing sticks out, and axe finds nothing', async () => {
    for (const locale of ['ru-RU', 'kk-KZ', 'en-GB']) {
      const small = { locale, viewport: { width: 360, height: 740 }, colorScheme: 'dark' } as const;
      const { page, complaints } = await openPage(browser, served.url, small);
      await expect.poll(() => page.locator('html').getAttribute('lang')).toBe(locale.slice(0, 2));
      await page.locator('.take button').click();
      await page.locator('.take select').selectOption(demoVolunteers.madina.number);
      await page.locator('.thread').waitFor();
      await expect.poll(() => overflowing(page)).toEqual([]);
      // Its rules are about the page, not about the words.
      if (locale === 'en-GB') expect(await axeFindings(page)).toEqual([]);
      await picture(page, `phones-${locale}`);
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });
});
