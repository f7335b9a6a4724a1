// The page of the rota in a real browser: a shift dragged over midnight, moved and stretched by keys alone, undone; one time
// of a weekly shift among its others; two managers at once; three languages on a phone and at double size.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Machine, startMachine } from '../../infra/local/machine.ts';
import { anyPorts } from '../../infra/local/ports-busy.ts';
import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';
import { volunteerId } from '../../infra/local/seed/seed-values.ts';
import { seedVolunteers } from '../../infra/local/seed/volunteers.ts';
import { builtPage } from '../../infra/web/build.ts';
import { axeFindings, hasBrowser, openBrowser, openSignedIn, overflowing, picture } from './browser.ts';

/** A week in which nothing of the seed differs from the pattern: Monday 11 January 2027. */
const WEEK = '2027-01-11';
const HOUR = 60;

describe.skipIf(!hasBrowser)('the rota', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pana-rota-'));
  let machine: Machine;
  let browser: Browser;

  beforeAll(async () => {
    await builtPage('console', console.log);
    const seed = { network: kazakhstan, volunteers: seedVolunteers };
    machine = await startMachine({ folder, keepsTable: false, ports: anyPorts, seed });
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await machine?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const rotaPage = async (region: string, more: BrowserContextOptions = {}, role = 'manager') => {
    const url = `${machine.managersUrl}/rota?region=${region}&week=${WEEK}`;
    return openSignedIn(browser, url, role, '.bar-button >> nth=0', more);
  };
  const stored = async (id: string) =>
    (await machine.stores.registry.volunteer(volunteerId(id)))?.volunteer.rota;
  const row = (page: Page, name: string) => page.locator('.rota tbody tr').filter({ hasText: name });
  const drag = async (page: Page, from: { x: number; y: number }, toX: number) => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    for (const share of [0.3, 0.7, 1])
      await page.mouse.move(from.x + (toX - from.x) * share, from.y, { steps: 3 });
    await page.mouse.up();
  };
  /** Pieces of times that are seen in part: each is on the bar whole, or is below its line and not seen. */
  const cutOnBars = (page: Page) =>
    page.locator('.bar-text > span').evaluateAll(pieces =>
      pieces.flatMap(piece => {
        const [own, line] = [piece, piece.parentElement ?? piece].map(each => each.getBoundingClientRect());
        const bar = piece.closest('.bar-button')?.getBoundingClientRect();
        if (!own || !line || !bar || own.top >= line.bottom - 1) return [];
        return own.left >= bar.left - 1 && own.right <= bar.right + 1 ? [] : [piece.textContent];
      }),
    );
  const saved = (page: Page, name: string) => page.getByText(`Saved: the rota of ${name}`).waitFor();

  it('a shift drawn and stretched over midnight is one bar with the right times, and undo takes each back', async () => {
    const { page, complaints } = await rotaPage('KZ-79');
    await expect.poll(() => cutOnBars(page)).toEqual([]);
    await picture(page, 'rota');
    const lane = await row(page, 'Andrey V.').locator('.lane').boundingBox();
    if (lane === null) throw new Error('the row is not seen');
    // Tuesday 22:00 to Wednesday 06:00, a hair beside the half hours.
    const x = (hours: number) => lane.x + (lane.width * (hours + 0.1)) / (7 * 24);
    const bars = row(page, 'Andrey V.').locator('.bar-button');
    const before = await bars.count();
    await drag(page, { x: x(46), y: lane.y + lane.height - 6 }, x(54));
    await page.getByText('Tue 12 Jan 22:00–06:00 the next day').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await saved(page, 'Andrey V.');
    await expect.poll(() => bars.count()).toBe(before + 1);
    const made = (await stored('vol_andrey-v'))?.dated.find(({ date }) => date === '2027-01-12');
    expect(made).toMatchObject({ from: 22 * HOUR, until: 6 * HOUR });

    const bar = page.getByRole('button', { name: /^22–06, Andrey V\., Tue 12 Jan, over midnight$/ });
    const box = await bar.boundingBox();
    if (box === null) throw new Error('the bar is not seen');
    const end = { x: box.x + box.width - 3, y: box.y + box.height / 2 };
    await drag(page, end, end.x + x(2) - x(0));
    await page.getByText('→ Tue 12 Jan 22:00–08:00 the next day').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: /^22–08, Andrey V\./ }).waitFor();
    // The bar stands there before it is stored: it is hers who drags it.
    const grown = async () => (await stored('vol_andrey-v'))?.dated.find(({ date }) => date === '2027-01-12');
    await expect.poll(grown).toEqual({ ...made, until: 8 * HOUR });
    await page.getByRole('button', { name: 'Save', exact: true }).waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Taken back, and as it was').waitFor();
    expect((await stored('vol_andrey-v'))?.dated.find(({ date }) => date === '2027-01-12')).toEqual(made);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('by keys alone one night of a weekly shift is moved and stretched; all others stay as they were', async () => {
    const { page } = await rotaPage('KZ-71');
    const before = await stored('vol_nurlan-a');
    // Into the grid by Tab, then from bar to bar by arrows.
    await page.locator('.weeks button').nth(2).focus();
    await page.keyboard.press('Tab');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('.rota') !== null))
      .toBe(true);
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    for (let tries = 0; tries < 12 && !(await focused()).includes('Nurlan A.'); tries += 1)
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await expect
      .poll(() => focused())
      .toMatch(/^22–06, Nurlan A\., Fri 15 Jan, over midnight, weekly Mon, Wed, Fri, Sun$/);
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    await expect.poll(() => focused()).toContain('Not saved yet');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused()).toMatch(/^22–06.*Sun$/);
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Enter');
    await saved(page, 'Nurlan A.');
    await expect.poll(() => focused()).toMatch(/^22:30–07, Nurlan A\., Fri 15 Jan/);
    const after = await stored('vol_nurlan-a');
    expect(after?.dated).toMatchObject([{ date: '2027-01-15', from: 22 * HOUR + 30, until: 7 * HOUR }]);
    expect(after?.weekly).toMatchObject([
      { weekdays: before?.weekly[0]?.weekdays, endsOn: null, startsOn: '2027-01-16' },
      { weekdays: before?.weekly[0]?.weekdays, endsOn: '2027-01-14', startsOn: null },
    ]);

    await page.keyboard.press('n');
    await expect.poll(() => focused()).toMatch(/^18–22, Nurlan A\., Fri 15 Jan, Not saved yet$/);
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Enter');
    await saved(page, 'Nurlan A.');
    await expect.poll(() => focused()).toMatch(/^17:30–21:30, Nurlan A\., Fri 15 Jan$/);
    await page.keyboard.press('Control+z');
    await page.getByText('Taken back, and as it was').waitFor();
    await expect.poll(() => stored('vol_nurlan-a')).toEqual(after);
    await page.context().close();
  });

  it('the form says what is odd, refuses what is wrong, and makes absences; a viewer only looks', async () => {
    const { page } = await rotaPage('KZ-61');
    await page.getByRole('button', { name: 'New shift or absence for Dana K.' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Day').fill('2027-01-12');
    await form.getByLabel('From').fill('23:00');
    await form.getByLabel('Until').fill('23:00');
    await form.getByText('two times that differ').waitFor();
    await expect.poll(() => form.getByRole('button', { name: 'Save', exact: true }).isEnabled()).toBe(false);
    await form.getByLabel('Until').fill('01:00');
    await form.getByText('Ends on Wed 13 Jan').waitFor();
    await form.getByText('overlaps another shift on Tue 12 Jan').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await form.getByLabel('Absence').check();
    await form.getByLabel('Last day').fill('2027-01-20');
    await form.getByRole('button', { name: 'Save', exact: true }).click();
    await saved(page, 'Dana K.');
    expect((await stored('vol_dana-k'))?.absences).toMatchObject([
      { from: '2027-01-12T23:00', until: '2027-01-20T01:00', note: null },
    ]);
    await page.getByRole('button', { name: /^22–06, Dana K\., Sat 16 Jan.*an absence covers it/ }).waitFor();
    await page.context().close();

    const viewer = await rotaPage('KZ-61', {}, 'viewer');
    await expect.poll(() => viewer.page.locator('.add').count()).toBe(0);
    await viewer.page.locator('.bar-button').first().click();
    await viewer.page.getByRole('dialog').waitFor();
    await expect.poll(() => viewer.page.getByRole('button', { name: /Save|Take|Offer/ }).count()).toBe(0);
    await viewer.page.context().close();
  });

  it('two managers at once: the second sees both, keeps theirs or saves hers on top, and nothing is lost unseen', async () => {
    const [first, second] = [await rotaPage('KZ-35'), await rotaPage('KZ-35')];
    const hold = async (page: Page, name: RegExp, ...keys: readonly string[]) => {
      await page.getByRole('button', { name }).focus();
      for (const key of keys) await page.keyboard.press(key);
      await page.keyboard.press('Enter');
    };
    const madina = /^16–00, Madina T\., Fri 15 Jan/;
    await hold(first.page, madina, 'Shift+ArrowUp');
    await saved(first.page, 'Madina T.');
    await hold(second.page, madina, 'Shift+ArrowLeft');
    const conflict = second.page.getByRole('dialog', { name: 'Madina T.: somebody else saved first' });
    await conflict.getByText('Fri 15 Jan 16:00–00:00 the next day → Fri 15 Jan 16:00–23:30').waitFor();
    expect(await axeFindings(second.page)).toEqual([]);
    await picture(second.page, 'rota-conflict');
    await conflict.getByRole('button', { name: 'Keep theirs' }).click();
    await second.page.getByRole('button', { name: /^16–23:30, Madina T\./ }).waitFor();

    await hold(first.page, /^16–00, Madina T\., Sat 16 Jan/, 'Shift+ArrowUp');
    await saved(first.page, 'Madina T.');
    await hold(second.page, /^16–00, Madina T\., Sun 17 Jan/, 'Shift+ArrowLeft');
    await conflict.getByRole('button', { name: 'Save mine on top' }).click();
    await saved(second.page, 'Madina T.');
    const dated = (await stored('vol_madina-t'))?.dated ?? [];
    expect(dated.map(({ date, from, until }) => [date, from / HOUR, until / HOUR])).toEqual([
      ['2027-01-15', 16, 23.5],
      ['2027-01-16', 16, 23.5],
      ['2027-01-17', 15.5, 23.5],
    ]);
    expect(first.complaints).toEqual([]);
    expect(second.complaints.filter(words => !words.includes('412'))).toEqual([]);
    await Promise.all([first, second].map(({ page }) => page.context().close()));
  });

  it('in each language, dark on a phone and at double size: nothing sticks out or is cut, and axe finds nothing', async () => {
    const sizes = [
      { languages: ['ru', 'kk', 'en'], viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
      // A window of 1280 at 200 % has 640 to give.
      { languages: ['ru', 'en'], viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
    ] as const;
    for (const { languages, ...size } of sizes) {
      const { page, complaints } = await rotaPage('KZ-75', size);
      for (const language of languages) {
        await page.locator('header select').first().selectOption(language);
        await expect.poll(() => overflowing(page)).toEqual([]);
        await expect.poll(() => cutOnBars(page)).toEqual([]);
        await page.locator('.add').first().click();
        await page.getByRole('dialog').waitFor();
        await expect.poll(() => overflowing(page)).toEqual([]);
        await page.keyboard.press('Escape');
      }
      const isPhone = size.viewport.width === 360;
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('button', { name: /^The week of Aigerim/ }).click();
      await page
        .getByRole('button', { name: /^22–06/ })
        .first()
        .waitFor();
      await expect.poll(() => overflowing(page)).toEqual([]);
      if (isPhone) expect(await axeFindings(page)).toEqual([]);
      await picture(page, `rota-${size.viewport.width}`);
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });
});
