// A live call as a manager sees it: it appears by itself, is acted on, has its reasons, and hides what is sealed until she
// says why she looks. Phones ring for real, on the machine that npm start runs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCallers, demoLines, demoVolunteers } from '../../infra/local/demo/demo-network.ts';
import { Stage } from '../../infra/local/demo/stage.ts';
import { withStories } from '../../infra/local/demo/with-stories.ts';
import { type Machine, startMachine } from '../../infra/local/machine.ts';
import { anyPorts } from '../../infra/local/ports-busy.ts';
import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';
import { seedVolunteers } from '../../infra/local/seed/volunteers.ts';
import { builtPage } from '../../infra/web/build.ts';
import { axeFindings, hasBrowser, openBrowser, openSignedIn, overflowing, picture } from './browser.ts';

/** Far from where the calls are: nobody else asks her before the manager does, however slow the machine. */
const { madina } = demoVolunteers;
const HER = demoCallers.secondCaller;

describe.skipIf(!hasBrowser)('a call that goes on', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pana-now-'));
  let machine: Machine;
  let browser: Browser;
  let stage: Stage;
  let page: Page;
  let complaints: readonly string[];

  const signIn = async (role: string) => {
    return openSignedIn(browser, machine.managersUrl, role, '.who');
  };

  /** When it was not done, why not is what the test fails with. */
  const isDone = () =>
    expect
      .poll(() => page.locator('section[aria-labelledby="acts-title"] > [role]').innerText())
      .toMatch(/^Done/);

  /** axe once: its rules are about the page, not about the words. */
  const looksRight = async () => {
    for (const language of ['ru', 'kk', 'en']) {
      await page.locator('header select').first().selectOption(language);
      await expect.poll(() => overflowing(page)).toEqual([]);
    }
    expect(await axeFindings(page)).toEqual([]);
  };

  beforeAll(async () => {
    await builtPage('console', console.log);
    const seed = withStories({ network: kazakhstan, volunteers: seedVolunteers });
    machine = await startMachine({ folder, keepsTable: false, ports: anyPorts, seed });
    stage = new Stage(machine);
    browser = await openBrowser();
    ({ page, complaints } = await signIn('manager'));
  });

  afterAll(async () => {
    await browser?.close();
    await machine?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('appears by itself, with where it stands and who is being asked', async () => {
    await page.getByText('Nobody is waiting').waitFor();
    await stage.phone(HER).dial(demoLines.abai.number);
    const card = page.locator('[data-request]');
    await card.getByText('waits for a person').waitFor();
    await card.getByText(/Being asked: (Erlan|Saule|Timur)/).waitFor();
    await expect.poll(() => page.locator('body').innerText()).not.toContain(HER.slice(-6));
    await picture(page, 'now');
    await card.getByRole('link').click();
    await page.getByText('Step 1 of').first().waitFor();
  });

  it('cannot be closed while she waits, and the page says why', async () => {
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Close' });
    await expect.poll(() => dialog.getByRole('button', { name: 'Do it' }).isEnabled()).toBe(false);
    await dialog.getByRole('textbox').fill('a test of the page');
    await dialog.getByRole('button', { name: 'Do it' }).click();
    await page.getByText('It was not done').waitFor();
    expect(stage.phone(HER).call?.state).toBe('in-progress');
  });

  it('is given to whom the manager chooses: her phone rings, and she has it when she says yes', async () => {
    await page.getByLabel('Ask next').selectOption({ label: 'Madina' });
    await page.getByRole('button', { name: 'Ask next' }).click();
    await isDone();
    const phone = stage.phoneOf(madina);
    await stage.until('her phone rings', 15, () => phone.ringing !== undefined);
    await phone.answer();
    await stage.until('she hears the question', 5, () => stage.hears(phone, 'press one'));
    await phone.press('1');
    await stage.untilTheyTalk(stage.phone(HER), phone);
    await page.getByText('With her: Madina').waitFor();
    await page.getByText('Madina: has taken it').waitFor();
    await picture(page, 'request');
  });

  it('who is kept away by a manager may be asked again, and a talk is ended by force alone', async () => {
    await page.getByLabel('Do not ask').selectOption({ label: 'Timur' });
    await page.getByRole('button', { name: 'Do not ask' }).click();
    await page.getByLabel('May be asked again').selectOption({ label: 'Timur' });
    await page.getByRole('button', { name: 'May be asked again' }).click();
    await page.getByLabel('May be asked again').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Close' });
    await expect.poll(() => dialog.getByRole('checkbox').isChecked()).toBe(false);
    await dialog.getByRole('textbox').fill('a test of the page');
    await dialog.getByRole('button', { name: 'Do it' }).click();
    await page.getByText('It was not done').waitFor();
    expect(stage.phone(HER).call?.state).toBe('in-progress');
  });

  it('in each language on a phone nothing sticks out, and axe finds nothing', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await looksRight();
    await page.locator('.ways a').first().click();
    await page.locator('[data-request]').waitFor();
    await looksRight();
    await page.locator('[data-request] a').click();
  });

  it('shows her number only to whom she who looks says why, and it is on record', async () => {
    await page.getByRole('button', { name: 'Show what is sealed' }).click();
    await expect.poll(() => page.locator('body').innerText()).not.toContain(HER.slice(-6));
    const dialog = page.getByRole('dialog', { name: 'Show what is sealed' });
    await dialog.getByRole('textbox').fill('a test of the page');
    await dialog.getByRole('button', { name: 'Do it' }).click();
    await page.locator('.sealed').getByText(HER).waitFor();
    const token = await machine.issuer.tokenFor('auditor');
    const audit = await fetch(
      `${machine.managersUrl}/v1/audit?day=${new Date().toISOString().slice(0, 10)}`,
      {
        headers: { authorization: `Bearer ${token}` },
      },
    );
    const record = await audit.text();
    expect(record).toContain('revealRequest');
    expect(record).not.toContain(HER.slice(-6));
    await page.getByRole('button', { name: 'Hide' }).click();
    await expect.poll(() => page.locator('body').innerText()).not.toContain(HER.slice(-6));
  });

  it('a viewer sees it and can do nothing', async () => {
    const { page: hers } = await signIn('viewer');
    await hers.locator('[data-request] a').click();
    await hers.getByText('The way of the request').waitFor();
    await expect.poll(() => hers.locator('.acts, .sealed').count()).toBe(0);
    await hers.context().close();
  });

  it('is over when she hangs up, without a reload', async () => {
    await stage.phone(HER).hangUp();
    await page.getByText('is over').waitFor();
    await expect.poll(() => page.locator('.acts').count()).toBe(0);
    await page.getByRole('link', { name: 'All requests' }).click();
    await page.getByText('Nobody is waiting').waitFor();
    // Being told why it was not closed is what was asked for.
    expect(complaints.filter(words => !words.includes('409'))).toEqual([]);
  });

  it('a talk that only a manager can end is ended by force, with a second press and a reason', async () => {
    const caller = stage.phone(demoCallers.caller);
    await caller.dial(demoLines.abai.number);
    await page.locator('[data-request]').getByText('waits for a person').waitFor();
    await page.locator('[data-request] a').click();
    await page.getByLabel('Ask next').selectOption({ label: 'Madina' });
    await page.getByRole('button', { name: 'Ask next' }).click();
    await isDone();
    const phone = stage.phoneOf(madina);
    await stage.until('her phone rings', 15, () => phone.ringing !== undefined);
    await phone.answer();
    await stage.until('she hears the question', 5, () => stage.hears(phone, 'press one'));
    await phone.press('1');
    await stage.untilTheyTalk(caller, phone);
    await page.getByText('With her: Madina').waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Close' });
    await dialog.getByRole('checkbox').check();
    await dialog.getByRole('textbox').fill('a test of the page');
    await dialog.getByRole('button', { name: 'Do it' }).click();
    await page.getByText('is over').waitFor();
    await stage.until('her line is free', 10, () => caller.call?.state !== 'in-progress');
  });
});
