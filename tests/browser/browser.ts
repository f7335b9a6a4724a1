// A real browser on real pages: Debian's Chromium, driven by Playwright. What a page logs as an error fails its test.
// Must never download a browser: where there is none, the files that need one say so and are passed over.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const places = [
  process.env['PANA_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const found = places.find(place => place !== undefined && existsSync(place));

/** True where a browser is; on the machine that judges a change there must be one. */
export const hasBrowser = found !== undefined;
if (!hasBrowser) {
  const words = 'No Chromium here: install it (apt-get install chromium), or name it as PANA_CHROMIUM=/path.';
  if (process.env['CI']) throw new Error(words);
  console.warn(words);
}

const PICTURES = 'dist/pictures';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function openBrowser(): Promise<Browser> {
  // As root, Chromium's own fence does not stand; the pages are ours.
  return chromium.launch({ executablePath: found ?? '', args: ['--no-sandbox'] });
}

export type OpenPage = { readonly page: Page; readonly complaints: readonly string[] };

/** `complaints`: what the page could not do, was not allowed to do, or threw. */
export async function openPage(
  browser: Browser,
  url: string,
  more: BrowserContextOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    ...more,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', error => complaints.push(error.message));
  page.on('request', request => {
    if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:)/.test(request.url()))
      complaints.push(`asks ${request.url()}`);
  });
  await page.goto(url);
  return { page, complaints };
}

/** Opens a page of the console and signs in with the local issuer, until `awaited` (a selector) is there. */
export async function openSignedIn(
  browser: Browser,
  url: string,
  role: string,
  awaited: string,
  more: BrowserContextOptions = {},
): Promise<OpenPage> {
  const opened = await openPage(browser, url, more);
  await opened.page.locator('.sign-in button').click();
  await opened.page.getByRole('link', { name: `Sign in as ${role}` }).click();
  await opened.page.locator(awaited).waitFor();
  return opened;
}

/** What the WCAG 2.2 rules of axe find, as sentences; none is wanted. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const run = `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`;
  const { violations } = (await page.evaluate(run)) as {
    violations: { id: string; help: string; nodes: { html: string }[] }[];
  };
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`,
  );
}

/** Elements that reach beyond the right edge of the page, outside of what scrolls by itself. */
export function overflowing(page: Page): Promise<readonly string[]> {
  return page.evaluate(`(() => {
    const width = document.documentElement.clientWidth;
    const scrolls = element => element !== null && element !== document.body &&
      (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement));
    return [...document.querySelectorAll('body *')]
      .filter(each => each.getBoundingClientRect().right > width + 1 && !scrolls(each.parentElement) && !each.matches('.skip, .hidden, option, optgroup'))
      .map(each => each.outerHTML.slice(0, 120));
  })()`) as Promise<readonly string[]>;
}

/** A picture of the run, for whoever looks at it; the run itself looks at none. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${name}.png` });
}
