// Reports of a month that is over, as charts, as a table and as a file, from what is kept of requests; and the map of regions
// by who could be rung now.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Machine, startMachine } from '../../infra/local/machine.ts';
import { LOCAL_TABLE } from '../../infra/local/machine-table.ts';
import { anyPorts } from '../../infra/local/ports-busy.ts';
import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';
import { languageId, lineId, regionId, skillId } from '../../infra/local/seed/seed-values.ts';
import { seedVolunteers } from '../../infra/local/seed/volunteers.ts';
import { builtPage } from '../../infra/web/build.ts';
import { putInput } from '../../shared/adapters/dynamodb/attributes.ts';
import { connectLocally } from '../../shared/adapters/dynamodb/client.ts';
import { summaryItem } from '../../shared/adapters/dynamodb/summary-item.ts';
import type { RequestId } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/instant.ts';
import { addDays, type LocalDate } from '../../shared/domain/local-time.ts';
import type { Summary } from '../../shared/domain/report-summary.ts';
import { axeFindings, hasBrowser, openBrowser, openSignedIn, overflowing, picture } from './browser.ts';

/** The middle of the month before this one: in every zone of the country it is over. */
function lastMonth(): LocalDate {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 15))
    .toISOString()
    .slice(0, 10) as LocalDate;
}

const EVENINGS = [9, 11, 13, 15, 17, 18, 19, 20, 20, 21, 21, 21, 22, 22, 23, 0, 2];
const REGIONS = ['KZ-75', 'KZ-75', 'KZ-71', 'KZ-79', 'KZ-61', 'KZ-10'].map(regionId);

/** A request as it went: most are with a person within a minute, one in eleven gives up, one in five climbs. */
function ended(serial: number): Summary {
  const openedOn = addDays(lastMonth(), serial % 9);
  const openedHour = EVENINGS[serial % EVENINGS.length] ?? 0;
  const isLost = serial % 11 === 0;
  const rungs = serial % 5 === 0 ? 2 : 0;
  const closedAt = Date.parse(`${openedOn}T00:00Z`) + (openedHour * 60 + (serial % 50)) * 60_000;
  return {
    requestId: `req_${(serial * 2_654_435_761).toString(16).padStart(32, '0')}` as RequestId,
    lineId: lineId(serial % 4 === 0 ? 'line_almaty' : 'line_national'),
    channel: serial % 3 === 0 ? 'text' : 'voice',
    region: REGIONS[serial % REGIONS.length] ?? null,
    skill: skillId('crisis'),
    language: languageId(serial % 2 === 0 ? 'kk' : 'ru'),
    openedOn,
    openedHour,
    closedAt: instant(closedAt),
    because: isLost ? 'left-waiting' : 'talked',
    secondsToPerson: isLost ? null : 15 + rungs * 40 + (serial % 7) * 6,
    talkSeconds: isLost ? 0 : 600,
    person: isLost ? null : 'volunteer',
    rungs,
    rung: rungs === 0 ? 'region' : 'national',
    askedContacts: [],
    abandoned: isLost ? (serial % 2 === 0 ? 'at-once' : 'later') : null,
    calledBack: false,
  };
}

const REQUESTS = 330;

describe.skipIf(!hasBrowser)('reports and the map', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pana-reports-'));
  let machine: Machine;
  let browser: Browser;

  beforeAll(async () => {
    await builtPage('console', console.log);
    const seed = { network: kazakhstan, volunteers: seedVolunteers };
    machine = await startMachine({ folder, keepsTable: false, ports: anyPorts, seed });
    const client = connectLocally(machine.dynamoDb.endpoint);
    for (let serial = 1; serial <= REQUESTS; serial += 1)
      await client.send(new PutItemCommand(putInput(LOCAL_TABLE, summaryItem(ended(serial)))));
    client.destroy();
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await machine?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const openAt = async (path: string, role: string, more: BrowserContextOptions = {}) => {
    return openSignedIn(browser, `${machine.managersUrl}${path}`, role, 'main h2 >> nth=0', more);
  };

  it('a month is told as charts, as a table and as a file with the same figures; what few were is not', async () => {
    const { page, complaints } = await openAt('/reports', 'auditor');
    // Of what is not hers an auditor is offered nothing.
    await expect.poll(() => page.locator('.ways a').allInnerTexts()).not.toContain('Volunteers');
    const chart = page.getByRole('figure').filter({ hasText: 'How requests ended' });
    await chart.getByText('21:00').waitFor();
    const shown = Number(await page.locator('.totals dd').first().innerText());
    expect(Math.abs(shown - REQUESTS)).toBeLessThan(5);
    expect(shown % 5).toBe(0);
    const times = page.getByRole('figure').filter({ hasText: 'Time to a person' });
    // At four nobody called: that hour has no time, and no zero either.
    await times.getByRole('listitem').filter({ hasText: '04:00' }).getByText('fewer than ten').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await picture(page, 'reports');

    await page.getByText('The same as a table').click();
    const total = page.getByRole('row', { name: /^All/ });
    await expect.poll(() => total.getByRole('cell').first().innerText()).toBe(String(shown));
    await page.locator('search select').nth(2).selectOption('region');
    await chart.getByText('Almaty', { exact: true }).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'As a file (CSV)' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^pana-region-\d{4}-\d{2}\.csv$/);
    const rows = readFileSync(await file.path(), 'utf8')
      .trim()
      .split(/\r?\n/);
    expect(rows.at(-1)?.split(',')[1]).toBe(String(shown));
    expect(rows.map(row => row.split(',')[0])).toContain('KZ-75');

    const oldest = await page.getByLabel('First month').locator('option').last().getAttribute('value');
    await page.getByLabel('First month').selectOption(oldest);
    await page.getByText('No request has ended in these months').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('on the map each region has its place, its sign and its words; one is chosen by keyboard', async () => {
    const { page, complaints } = await openAt('/map', 'manager');
    const tile = page.getByRole('button', { name: /^Abai Region/ });
    await tile.waitFor();
    const roster = await fetch(`${machine.managersUrl}/v1/roster`, {
      headers: { authorization: `Bearer ${await machine.issuer.tokenFor('manager')}` },
    });
    const { regions } = (await roster.json()) as { regions: { region: string; onDuty: object[] }[] };
    const there = regions.find(({ region }) => region === 'KZ-10')?.onDuty.length;
    await page.getByRole('button', { name: new RegExp(`^Abai Region.*of ${there} free`, 's') }).waitFor();
    await expect.poll(() => page.locator('.tile').count()).toBe(kazakhstan.regions.length);
    const at = async (name: string) => page.getByRole('button', { name }).first().boundingBox();
    const [west, east] = [await at('West Kazakhstan Region'), await at('East Kazakhstan Region')];
    expect(west?.x).toBeLessThan(east?.x ?? 0);
    await tile.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('article').getByText('Neighbours, who are rung next').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await picture(page, 'map');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('in each language, on a phone and at double size, nothing sticks out', async () => {
    const small = { viewport: { width: 360, height: 740 }, colorScheme: 'dark' } as const;
    const { page } = await openAt('/reports', 'admin', small);
    for (const [path, whatIsThere] of [
      ['/reports', 'figure'],
      ['/map', '.tile'],
    ] as const) {
      await page.locator(`.ways a[href="${path}"]`).click();
      await page.locator(`main ${whatIsThere}`).first().waitFor();
      for (const width of [360, 640]) {
        await page.setViewportSize({ width, height: 740 });
        for (const language of ['ru', 'kk', 'en']) {
          await page.locator('header select').first().selectOption(language);
          await page.locator(`html[lang="${language}"]`).waitFor();
          await expect.poll(() => overflowing(page)).toEqual([]);
        }
      }
      expect(await axeFindings(page)).toEqual([]);
      await picture(page, `small${path.replace('/', '-')}`);
    }
    await page.context().close();
  });
});
