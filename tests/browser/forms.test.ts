// Forms in a real browser: what would strand somebody is refused at its field while it is typed, what is fine is saved, and
// two who change one thing see each other's. What is stored is asked of the store, not of the page.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Machine, startMachine } from '../../infra/local/machine.ts';
import { anyPorts } from '../../infra/local/ports-busy.ts';
import { kazakhstan } from '../../infra/local/seed/kazakhstan.ts';
import { regionId } from '../../infra/local/seed/seed-values.ts';
import { seedVolunteers } from '../../infra/local/seed/volunteers.ts';
import { builtPage } from '../../infra/web/build.ts';
import { axeFindings, hasBrowser, openBrowser, openSignedIn, overflowing, picture } from './browser.ts';

describe.skipIf(!hasBrowser)('forms', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pana-forms-'));
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

  const openAt = async (path: string, role = 'admin') => {
    return openSignedIn(browser, `${machine.managersUrl}${path}`, role, 'main h2 >> nth=0');
  };
  const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();
  /** As the API has it: a store may remember a network for some seconds. */
  const kept = async (path: string) => {
    const authorization = `Bearer ${await machine.issuer.tokenFor('admin')}`;
    return (await fetch(`${machine.managersUrl}${path}`, { headers: { authorization } })).json();
  };
  const ladder = () => kept('/v1/ladders/lad_regional');
  /** The reason that stands in place, below the field and tied to it for whoever hears the page; empty: none stands. */
  const reasonAt = async (page: Page, label: string) => {
    const field = page.getByLabel(label).first();
    if ((await field.getAttribute('aria-invalid')) !== 'true') return '';
    const ids = ((await field.getAttribute('aria-describedby')) ?? '').split(' ');
    return (await Promise.all(ids.map(id => page.locator(`[id="${id}"]`).innerText()))).join(' ');
  };

  it('a volunteer is added: a number without its country is refused at its field before anything is sent to be kept', async () => {
    const { page } = await openAt('/volunteers', 'manager');
    await page.getByRole('button', { name: 'Add a volunteer' }).click();
    const form = page.getByRole('form', { name: 'Add a volunteer' });
    await form.getByLabel('Name').fill('Madina Test');
    await form.getByLabel('Number').fill('8 701 555 11 22');
    await form.getByRole('checkbox', { name: 'Kazakh' }).check();
    await expect.poll(() => reasonAt(page, 'Number')).toContain('E.164');
    await form.getByLabel('Number').fill('+7 701 555 11 22');
    await form.getByText('Nothing speaks against it').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await save(page);
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.locator('search').getByLabel('Name').fill('Madina Test');
    await page.getByRole('button', { name: 'Change Madina Test' }).click();
    await page.getByText('No code was sent to her number yet').waitFor();
    // Her phone is lost: the second press alone shuts her page, and it is on record.
    await page.getByRole('button', { name: 'Shut her page' }).click();
    await page.getByRole('dialog', { name: 'Shut her page' }).getByRole('button', { name: 'Shut' }).click();
    await page.getByText('Her page is shut.').waitFor();
    const today = new Date().toISOString().slice(0, 10);
    const auditor = `Bearer ${await machine.issuer.tokenFor('auditor')}`;
    const audit = await fetch(`${machine.managersUrl}/v1/audit?day=${today}`, {
      headers: { authorization: auditor },
    });
    expect(await audit.text()).toContain('revokeOwnPage');
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog', { name: 'Remove it?' }).getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Nobody fits').waitFor();
    const { page: there } = await machine.stores.registry.volunteersAfter([regionId('KZ-10')], null, 200);
    expect(there.map(({ volunteer }) => volunteer.name)).not.toContain('Madina Test');
    await page.context().close();
  });

  it('the hours of the last manager who answers at night cannot be taken away: the form says what would break', async () => {
    const { page } = await openAt('/contacts');
    const managers = kazakhstan.contacts.filter(({ kind }) => kind === 'manager');
    for (const [place, { name }] of managers.entries()) {
      await page.getByRole('link', { name: `Change: ${name}` }).click();
      await page.getByRole('button', { name: 'Add hours' }).click();
      const isLast = place === managers.length - 1;
      if (!isLast) {
        await page.getByText('Nothing speaks against it').waitFor();
        await save(page);
        await page.getByRole('heading', { name: 'Contacts', exact: true }).waitFor();
      }
    }
    const alarm = page.getByRole('alert');
    await alarm.getByText('It would break something else').waitFor();
    await alarm
      .getByText(/no manager responsible everywhere/)
      .first()
      .waitFor();
    await save(page);
    await page.locator('header select').first().selectOption('ru');
    await alarm
      .getByText(/ни (одному|один) менеджер/)
      .first()
      .waitFor();
    await picture(page, 'form-refused');
    await expect.poll(() => kept(`/v1/contacts/${managers.at(-1)?.id}`)).toMatchObject({ hours: [] });
    await page.context().close();
  });

  it('a ladder that would strand somebody is refused at its field, and the picture follows what is typed', async () => {
    const { page, complaints } = await openAt('/ladders/lad_regional');
    const picture = page.getByRole('complementary');
    const seconds = page.getByRole('group', { name: 'Step 1', exact: true }).getByLabel('This step, s');
    await seconds.fill('45');
    await picture.getByText('0:45 to 1:05').waitFor();
    await page.getByText('Nothing speaks against it').waitFor();
    await seconds.fill('0');
    await expect.poll(() => reasonAt(page, 'This step, s')).toContain('from 5 to 900');
    await save(page);
    await page.getByText('It cannot be saved yet').waitFor();
    await expect.poll(() => seconds.evaluate(each => each === document.activeElement)).toBe(true);
    await expect.poll(() => ladder()).toMatchObject({ rungs: { 0: { rungSeconds: 30 } } });
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove it?' });
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await dialog.getByRole('alert').waitFor();
    await expect.poll(() => ladder()).toMatchObject({ id: 'lad_regional' });
    expect(complaints.filter(words => !words.includes('400'))).toEqual([]);
    await page.context().close();
  });

  it('two managers on one ladder: the second sees theirs and hers, and puts hers on top without undoing the first', async () => {
    const [first, second] = [await openAt('/ladders/lad_regional'), await openAt('/ladders/lad_regional')];
    const again = (page: Page) => page.getByRole('group', { name: /last step/ }).getByLabel('Again every, s');
    await again(second.page).waitFor();
    await first.page.getByRole('button', { name: 'Step 1: Later' }).click();
    await save(first.page);
    await first.page.getByRole('heading', { name: 'Ladders', exact: true }).waitFor();
    await again(second.page).fill('90');
    const conflict = second.page.getByRole('dialog', { name: 'Somebody was faster' });
    await conflict
      .getByRole('row', { name: /The last step/ })
      .getByText('90')
      .waitFor();
    expect(await axeFindings(second.page)).toEqual([]);
    await conflict.getByRole('button', { name: 'Put mine on top' }).click();
    await second.page.getByText('Nothing speaks against it').waitFor();
    await save(second.page);
    await second.page.getByRole('heading', { name: 'Ladders', exact: true }).waitFor();
    await expect
      .poll(() => ladder())
      .toMatchObject({
        last: { repeatSeconds: 90 },
        rungs: { 0: { scope: 'region', skill: 'preferred' } },
      });
    await Promise.all([first, second].map(({ page }) => page.context().close()));
  });

  it('a line, a region and the settings: saved when they are fine, with the reason in place when not', async () => {
    const { page } = await openAt('/lines/line_almaty');
    await page.getByLabel('Numbers she hears to dial herself').fill('');
    await expect
      .poll(() => reasonAt(page, 'Numbers she hears to dial herself'))
      .toContain('she must hear a number');
    await page.getByLabel('Numbers she hears to dial herself').fill('102, 112, 111');
    await page.getByLabel('WhatsApp number').fill('+7 700 000 09 99');
    const template = page.getByLabel('Is it a good time: Russian');
    await template.fill('HX1');
    await expect.poll(() => reasonAt(page, 'Is it a good time: Russian')).toContain('SID of a template');
    const question = `HX${'0a'.repeat(16)}`;
    await template.fill(question);
    await page.getByText('Nothing speaks against it').waitFor();
    await save(page);
    await page.getByRole('heading', { name: 'Lines', exact: true }).waitFor();
    await expect
      .poll(() => kept('/v1/lines/line_almaty'))
      .toMatchObject({
        emergencyNumbers: ['102', '112', '111'],
        whatsappTemplates: { ru: { question, offer: null } },
      });

    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByLabel('Between two rings, s').fill('-1');
    await expect.poll(() => reasonAt(page, 'Between two rings, s')).toContain('is not a whole number');
    await page.getByLabel('Between two rings, s').fill('2');
    await page.getByLabel('Nothing is sent from').fill('21:30');
    await page.getByLabel('Price of a text').fill('0,05');
    await expect.poll(() => reasonAt(page, 'Currency')).not.toBe('');
    await page.getByLabel('Currency').fill('USD');
    await page.getByText('None of your own yet').waitFor();
    await page.getByRole('button', { name: 'Add a floor' }).press('Enter');
    const floor = page.getByRole('group', { name: 'Floor 1', exact: true });
    const region = floor.getByLabel('Region', { exact: true });
    await expect.poll(() => region.evaluate(each => each === document.activeElement)).toBe(true);
    await region.selectOption('KZ-75');
    await floor.getByLabel('Skill').selectOption('crisis');
    await floor.getByLabel('Language').selectOption('kk');
    await floor.getByLabel('People, at least').fill('0');
    await expect.poll(() => reasonAt(page, 'People, at least')).toContain('from 1 to 1000');
    await floor.getByLabel('People, at least').fill('2');
    await floor.getByRole('button', { name: 'Add hours' }).click();
    await floor.getByLabel('Until').fill('09:00');
    await expect.poll(() => reasonAt(page, 'Until')).toContain('from equals until');
    await floor.getByLabel('From').fill('21:00');
    await page.getByText('Nothing speaks against it').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    for (const [language, name] of Object.entries({ kk: '1-норма', ru: 'Норма 1', en: 'Floor 1' })) {
      await page.locator('header select').first().selectOption(language);
      await page.getByRole('group', { name, exact: true }).scrollIntoViewIfNeeded();
      await picture(page, `form-floors-${language}`);
      await expect.poll(() => overflowing(page)).toEqual([]);
    }
    await save(page);
    await page.getByText('Saved.', { exact: true }).waitFor();
    const weekdays = [1, 2, 3, 4, 5, 6, 7];
    const hours = [{ weekdays, from: 21 * 60, until: 9 * 60 }];
    await expect
      .poll(() => kept('/v1/settings'))
      .toMatchObject({
        secondsBetweenOffers: 2,
        selfService: { quietFrom: 21 * 60 + 30, textPrice: { amount: 0.05, currency: 'USD' } },
        coverage: { floors: [{ region: 'KZ-75', skill: 'crisis', language: 'kk', atLeast: 2, hours }] },
      });
    await page.reload();
    await expect.poll(() => floor.getByLabel('People, at least').inputValue()).toBe('2');
    await expect.poll(() => floor.getByLabel('From').inputValue()).toBe('21:00');
    // Without the last of them the usual ones hold again, which is not the same as none.
    await page.getByRole('button', { name: 'Remove floor 1' }).press('Enter');
    await page.getByText('None of your own yet').waitFor();
    await page.getByText('Nothing speaks against it').waitFor();
    await save(page);
    await page.getByText('Saved.', { exact: true }).waitFor();
    await expect.poll(() => kept('/v1/settings')).toMatchObject({ coverage: { floors: null } });
    await page.setViewportSize({ width: 1280, height: 800 });

    await page.getByRole('link', { name: 'Regions' }).click();
    await page.getByRole('link', { name: 'Change: Abai Region' }).click();
    await page.getByLabel('Kyrgyz').fill('');
    await expect.poll(() => reasonAt(page, 'Kyrgyz')).toContain('the name is missing');
    await page.context().close();
  });

  it('whoever may not change the network sees it, and is offered nothing', async () => {
    const { page } = await openAt('/contacts', 'manager');
    await page.getByRole('article').first().waitFor();
    await expect.poll(() => page.getByRole('main').getByRole('link').count()).toBe(0);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByText('An admin can change these').waitFor();
    await expect.poll(() => page.getByLabel('Between two rings, s').isDisabled()).toBe(true);
    await expect.poll(() => page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    await expect.poll(() => overflowing(page)).toEqual([]);
    await page.context().close();
  });
});
