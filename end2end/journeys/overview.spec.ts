// How many indicators stand how: whatever they are grouped by, the same ones are counted, and as the framework shows them.
import { type Page } from '@playwright/test';
import { expect, open, test } from '../fixtures';
import { COORDINATOR, DONOR } from '../people';
import { en } from '../texts';

test.use({ scene: 'journeys-overview' });

const FRAMEWORK = '/results?period=2026Q4';
const overview = (by: string) => `/results/overview?period=2026Q4&by=${by}`;

/** Of each row: all, on track, behind, far behind, nothing to say, with data. */
const counts = (page: Page, rows: 'tbody tr' | 'tfoot tr'): Promise<number[][]> =>
  page.locator(`table.overview ${rows}`).evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent))));

/** Column by column. */
const sum = (rows: number[][]): number[] => rows.reduce((sum, row) => sum.map((count, column) => count + (row[column] ?? 0)));

/** What there is a row each of. */
const grouping = (page: Page) => page.locator('table.overview thead th').first();

const quarter = (number: number) => en('results.quarter', { year: 2026, number });

test('every grouping counts every indicator once, also before a donor', async ({ page, become }) => {
  await become(DONOR);
  const totals: number[][] = [];
  for (const by of ['objective', 'partner', 'country']) {
    await open(page, overview(by));
    const [total = []] = await counts(page, 'tfoot tr');
    const rows = await counts(page, 'tbody tr');
    expect(rows.length, by).toBeGreaterThan(4);
    expect(sum(rows), by).toEqual(total);
    totals.push(total);
  }
  await open(page, overview('period'));
  await expect(page.locator('table.overview tbody th')).toHaveText([1, 2, 3, 4].map(quarter));
  const [total = []] = await counts(page, 'tfoot tr');
  expect((await counts(page, 'tbody tr')).at(-1), 'the chosen quarter is the last').toEqual(total);
  for (const other of totals) expect(other).toEqual(total);
  const [all = 0, ...lights] = total;
  expect(all).toBeGreaterThan(0);
  expect(sum(lights.slice(0, 4).map((count) => [count]))).toEqual([all]);
});

test('what is counted is what the framework shows for the quarter', async ({ page, become }) => {
  await become(COORDINATOR);
  await open(page, FRAMEWORK);
  const shown = (what: string) => page.locator(`table.framework ${what}`).count();
  const all = await shown('.light');
  const lights = [await shown('.light.green'), await shown('.light.amber'), await shown('.light.red'), await shown('.light.grey')];
  const withData = await shown('td:has(> .light):has(> strong)');
  await page.locator('.title-row').getByRole('link', { name: en('overview.title') }).click();
  await expect(page).toHaveURL(/\/results\/overview\?period=2026Q4$/);
  await expect(page.getByRole('heading', { level: 1, name: en('overview.title') })).toBeVisible();
  await expect(page.getByText(en('overview.about'))).toBeVisible();
  expect(await counts(page, 'tfoot tr')).toEqual([[all, ...lights, withData]]);
});

test('grouping and quarter are chosen by links, and stand in the address', async ({ page, become }) => {
  await become(DONOR);
  await open(page, overview('nothing-known'));
  await expect(grouping(page)).toHaveText(en('filter.objective'));
  await expect(page.locator('table.overview tbody')).toContainText('O1');

  await page.locator('nav.groupings').getByRole('link', { name: en('filter.partner') }).click();
  await expect(page).toHaveURL(/period=2026Q4&by=partner$/);
  await expect(grouping(page)).toHaveText(en('filter.partner'));
  await expect(page.locator('table.overview tbody')).toContainText('OPENGATE');

  await page.locator('nav.quarters a', { hasText: quarter(3) }).click();
  await expect(page).toHaveURL(/period=2026Q3&by=partner$/);
  await expect(page.locator('nav.quarters [aria-current=page]')).toContainText(quarter(3));
  await expect(grouping(page)).toHaveText(en('filter.partner'));

  await page.locator('nav.groupings').getByRole('link', { name: en('filter.country') }).click();
  await expect(page).toHaveURL(/period=2026Q3&by=country$/);
  await expect(page.locator('table.overview tbody')).toContainText(en('country.rs'));
});
