/**
 * The console in Chromium, against a running service that has at least one completed run with findings.
 *
 *   INSPECTOR_URL=http://127.0.0.1:8008 AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… npm run e2e
 *
 * Skipped aloud where these are not set. `CHROMIUM` names another browser than /usr/bin/chromium.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

const { INSPECTOR_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, CHROMIUM = '/usr/bin/chromium' } = process.env;
const ready = INSPECTOR_URL && AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY;
if (!ready) console.warn('skipped: INSPECTOR_URL, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY name no running service');

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** The number of a run's findings of one severity. */
const COUNTED = /\d+ (High|Medium|Low|Informational)/;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let context: BrowserContext;
let page: Page;
/** What the browser complained about. */
let complaints: string[];
/** Every request that left for somewhere else than the service. */
let strays: string[];

beforeAll(async () => {
  if (ready) browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
});

afterAll(async () => {
  await browser?.close();
});

beforeEach(async () => {
  if (!ready) return;
  // The accessibility checker is put into the page past its content security policy.
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true });
  page = await context.newPage();
  complaints = [];
  strays = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(INSPECTOR_URL ?? '').origin) strays.push(request.url());
  });
});

afterEach(async () => {
  await context?.close();
});

test.skipIf(!ready)('a wrong secret is refused in words', async () => {
  await open();
  await signIn(AWS_ACCESS_KEY_ID ?? '', 'x'.repeat(40));
  await page.getByText('does not belong to this access key ID').waitFor();
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  await accessible('sign-in with an error');
});

test.skipIf(!ready)('from signing in to the details of a finding', async () => {
  await open();
  await accessible('sign-in');
  await signIn(AWS_ACCESS_KEY_ID ?? '', AWS_SECRET_ACCESS_KEY ?? '');
  await page.getByRole('heading', { name: 'Assessment runs' }).waitFor();
  const kept = await page.evaluate(() => JSON.stringify(sessionStorage) + JSON.stringify(localStorage));
  expect(kept).not.toContain(AWS_SECRET_ACCESS_KEY);

  const run = completedRun();
  await run.getByText(/\d checks/).waitFor();
  await accessible('runs');
  await run.getByRole('link').click();

  const findings = page.getByRole('grid', { name: 'Findings' });
  const first = findings.getByRole('row').nth(1).getByRole('link');
  const title = (await first.textContent()) ?? '';
  expect(await page.getByText('Not assessed', { exact: true }).count()).toBeGreaterThan(0);
  await accessible('findings');

  await first.click();
  await details(title);
  await accessible('finding');
  expect(page.url()).toMatch(/finding=0-[A-Za-z0-9]{8}$/);

  await page.reload();
  await details(title);

  await page.getByRole('tab', { name: 'Exclusions' }).click();
  await page.getByRole('heading', { name: /^Exclusions/ }).waitFor();
  await accessible('exclusions');
  await page.getByRole('tab', { name: 'Coverage' }).click();
  await page.getByRole('grid', { name: 'Coverage' }).getByRole('row').nth(1).waitFor();
  await accessible('coverage');

  expect(complaints).toEqual([]);
  expect(strays).toEqual([]);
});

test.skipIf(!ready)('the service filters the findings, and a report opens', async () => {
  await open();
  await signIn(AWS_ACCESS_KEY_ID ?? '', AWS_SECRET_ACCESS_KEY ?? '');
  const run = completedRun();
  const badge = (await run.getByText(COUNTED).first().textContent()) ?? '';
  const severity = badge.replace(/^\d+ /, '');
  await run.getByRole('link').click();
  const findings = page.getByRole('grid', { name: 'Findings' });
  await findings.getByRole('row').nth(1).waitFor();

  const filter = page.getByRole('combobox', { name: 'Filter the findings' });
  await filter.fill(`Severity = ${severity}`);
  await filter.press('Enter');
  await page.getByText(/\d\+? match(es)?/).first().waitFor();
  const severities = await findings.getByText(/^(High|Medium|Low|Informational)$/).allTextContents();
  expect(new Set(severities)).toEqual(new Set([severity]));

  await page.getByRole('button', { name: 'Make a report' }).click();
  await page.getByRole('menuitem', { name: 'Findings report', exact: true }).click();
  const link = page.getByRole('link', { name: 'Open the report' });
  const [report] = await Promise.all([context.waitForEvent('page'), link.click({ timeout: 60_000 })]);
  await report.getByRole('heading', { name: 'Assessment Report' }).waitFor();
  expect(complaints).toEqual([]);
});

test.skipIf(!ready)('an identity provider is offered where there is one', async () => {
  await page.goto(`${INSPECTOR_URL}/console/`);
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  const provider = page.getByRole('link', { name: 'Sign in with your identity provider' });
  expect(await provider.count()).toBe(0);
  await page.route('**/signin/options', (route) => route.fulfill({ json: { identityProvider: true } }));
  await page.reload();
  await provider.waitFor();
  expect(await provider.getAttribute('href')).toBe('/signin/oidc');
  await accessible('sign-in with an identity provider');
});

test.skipIf(!ready)('signing out forgets the keys', async () => {
  await open();
  await signIn(AWS_ACCESS_KEY_ID ?? '', AWS_SECRET_ACCESS_KEY ?? '');
  await page.getByRole('heading', { name: 'Assessment runs' }).waitFor();
  await page.getByRole('button', { name: `Signed in with ${AWS_ACCESS_KEY_ID}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in to OpenInspector' }).waitFor();
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
});

async function open(): Promise<void> {
  await page.goto(new URL('/console/', INSPECTOR_URL).href);
  await page.getByRole('heading', { name: 'Sign in to OpenInspector' }).waitFor();
}

async function signIn(accessKeyId: string, secretAccessKey: string): Promise<void> {
  await page.getByLabel('Access key ID').fill(accessKeyId);
  await page.getByLabel('Secret access key').fill(secretAccessKey);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** The newest completed run with findings. */
function completedRun(): Locator {
  return page.getByRole('row').filter({ hasText: 'Analysis complete' }).filter({ hasText: COUNTED }).first();
}

/** Waits for the panel with the details of the finding called `title`. */
async function details(title: string): Promise<void> {
  await page.getByRole('heading', { name: title }).waitFor();
  for (const heading of ['Description', 'Recommendation']) await page.getByRole('heading', { name: heading }).waitFor();
  await page.getByRole('table', { name: /^(Path, hop by hop|Packages compared|Settings read)$/ }).waitFor();
}

/** Expects that the accessibility checker finds nothing on the page as it stands. */
async function accessible(name: string): Promise<void> {
  await page.evaluate(AXE);
  const results = await page.evaluate(() => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
  const violations = results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  expect(violations, name).toEqual([]);
}
