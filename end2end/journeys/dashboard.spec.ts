// The picture of the region: each figure leads to what it counts, the map says what its table says, and drafts stay out.
import { type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { inflateSync } from 'node:zlib';
import { plant, unique } from '../board';
import { expect, open, test } from '../fixtures';
import { COORDINATOR, DONOR } from '../people';
import { numbered, reading, send, state } from '../results';
import { counted, en } from '../texts';

test.use({ scene: 'journeys-dashboard' });

const DASHBOARD = '/dashboard?period=2026Q4';

/** The number that a figure shows, found by the address that it leads to. */
async function figure(page: Page, href: string): Promise<number> {
  const figure = page.locator('.figure', { has: page.locator(`a[href="${href}"]`) });
  return Number(await figure.locator('.number').textContent());
}

/** How many cards the board shows through the filter of an address. */
async function cards(page: Page, address: string): Promise<number> {
  await open(page, address);
  return page.locator('article.card').count();
}

/** Actions, done and late of each country in the table, by the country's address. */
async function tallies(page: Page): Promise<Map<string, number[]>> {
  const rows = await page.locator('[aria-labelledby="map-title"] tbody tr').evaluateAll((rows) =>
    rows.map((row): [string, number[]] => [
      row.querySelector('a')?.getAttribute('href') ?? '',
      [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent)),
    ]),
  );
  return new Map(rows);
}

test('what is late or due soon is what the board shows through the same filter', async ({ page, become }) => {
  await become(COORDINATOR);
  await open(page, DASHBOARD);
  const [late, near] = [await figure(page, '/board?due=late'), await figure(page, '/board?due=near')];
  expect(late).toBeGreaterThan(0);
  await expect(page.locator('#late-title')).toHaveText(counted('en', 'dashboard.late', late));
  expect(await page.locator('[aria-labelledby="late-title"] tbody tr').count()).toBe(late);
  expect(await cards(page, '/board?due=late')).toBe(late);
  expect(await cards(page, '/board?due=near')).toBe(near);
});

test('the countries of the table and of the map have as many actions as the board shows of each', async ({ page }) => {
  await open(page, DASHBOARD);
  const table = await tallies(page);
  expect(table.size).toBe(6);
  const labels = await page.locator('.region .land').evaluateAll((lands) => lands.map((land) => land.getAttribute('aria-label') ?? ''));
  expect(labels.length).toBe(6);
  for (const [address, [all = 0, done = 0, late = 0]] of table) {
    const land = page.locator(`.region .land[href="${address}"]`);
    await expect(land).toHaveAttribute('aria-label', new RegExp(`${done} of ${all} done, late: ${late}$`));
  }
  const [[address, [all]]] = [...table] as [[string, number[]]];
  expect(await cards(page, address)).toBe(all);
});

test('a country is chosen on the map by keyboard', async ({ page }) => {
  await open(page, DASHBOARD);
  const land = page.locator('.region .land[data-country=ME]');
  const isThere = () => land.evaluate((land) => land === document.activeElement);
  for (let stops = 0; stops < 100 && !(await isThere()); stops += 1) await page.keyboard.press('Tab');
  await expect(land).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/board?country=ME');
  await expect(page.locator('article.card').first()).toBeVisible();
});

test('a country is chosen on the map by touch', async ({ visitor }) => {
  const page = await visitor(undefined, { hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });
  await open(page, DASHBOARD);
  await page.locator('.region .land[data-country=RS] path').first().tap();
  await expect(page).toHaveURL('/board?country=RS');
});

/** What a link of a chart brings. */
async function download(page: Page, chart: string, format: string): Promise<{ name: string; bytes: Buffer }> {
  const link = page.locator(`a[href^="/export/dashboard/${chart}.${format}?"]`);
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** The width of a picture that can be read to its last point. */
function opened(png: Buffer): number {
  const [width, height, kind] = [png.readUInt32BE(16), png.readUInt32BE(20), png.readUInt8(25)];
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const data = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(data);
  }
  // Of each point red, green, blue and how far it covers; before each row how it is packed.
  expect(kind).toBe(6);
  expect(inflateSync(Buffer.concat(parts)).length, 'all of its points').toBe((width * 4 + 1) * height);
  return width;
}

test('charts are taken along as table, drawing and picture, each saying what the page says', async ({ page }) => {
  await open(page, DASHBOARD);
  const shown = [...(await tallies(page)).values()];
  const { name, bytes } = await download(page, 'map', 'csv');
  expect(name).toBe('act-board-map-2026-12-15.csv');
  const rows = bytes.toString('utf8').replace('\ufeff', '').trim().split('\n').map((row) => row.split(','));
  expect(rows.slice(1, 7).map((row) => row.slice(1).map(Number))).toEqual(shown);

  const finding = await page.locator('#map-title').innerText();
  const drawing = (await download(page, 'map', 'svg')).bytes.toString('utf8');
  expect(drawing).toContain('<style>');
  expect(drawing.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')).toContain(finding);

  for (const chart of ['map', 'heat', 'steps']) {
    const { bytes: png } = await download(page, chart, 'png');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(opened(png), `width of ${chart}`).toBe(1360);
  }
});

test('a coordinator looks with the eyes of a donor and of everybody', async ({ page, become, office }) => {
  const title = unique('Draft of the preview');
  await plant(office, title, { due: '2026-12-20', published: false });
  await become(COORDINATOR);
  await open(page, DASHBOARD);
  const own = await figure(page, '/board?due=near');
  for (const eyes of ['as_donor', 'as_public']) {
    await page.getByRole('link', { name: en(`dashboard.${eyes}`), exact: true }).click();
    await expect(page.getByRole('link', { name: en(`dashboard.${eyes}`), exact: true })).toHaveAttribute('aria-current', 'page');
    expect(await figure(page, '/board?due=near')).toBeLessThan(own);
    await expect(page.locator('main')).not.toContainText(title);
    await expect(page.locator('#bullets-title')).toHaveCount(eyes === 'as_donor' ? 1 : 0);
  }
  await page.getByRole('link', { name: en('dashboard.public_page') }).click();
  await expect(page).toHaveURL('/');
});

test('the whole plan is one more choice beside its quarters', async ({ page }) => {
  await open(page, '/dashboard?period=plan&measure=late');
  await expect(page.getByRole('link', { name: en('dashboard.whole_plan') })).toHaveAttribute('aria-current', 'page');
  await expect(page.locator('.figures')).toContainText(en('dashboard.of_plan'));
  await expect(page.locator('#latest-title')).toBeVisible();
});

test('another measure and another quarter are in the address', async ({ page }) => {
  await open(page, DASHBOARD);
  await page.getByRole('link', { name: en('dashboard.by_late') }).click();
  await expect(page).toHaveURL('/dashboard?period=2026Q4&measure=late');
  await expect(page.locator('#map-title')).toHaveText(/Actions are late in \d of 6 countries/);
  await page.getByRole('link', { name: en('results.quarter', { year: 2026, number: 2 }) }).click();
  await expect(page).toHaveURL(/period=2026Q2/);
  await expect(page.locator('.figures')).toContainText(en('results.quarter', { year: 2026, number: 1 }));
  await expect(page.getByText(en('report.as_of', { day: '30 June 2026' }))).toBeVisible();
  // What was so then the board does not show.
  await expect(page.locator('.figures a[href^="/board"]')).toHaveCount(0);
  await expect(page.getByRole('link', { name: en('results.quarter', { year: 2027, number: 1 }) })).toHaveCount(0);
});

test('what is done, and what stands in each status, is in the column that the figure leads to', async ({ page }) => {
  await open(page, DASHBOARD);
  for (const status of ['planned', 'in-progress', 'done']) {
    await open(page, DASHBOARD);
    const entry = page.locator('.figures li li', { has: page.locator(`a[href="/board#status-${status}"]`) });
    const count = Number(await entry.locator('strong').textContent());
    await entry.locator('a').click();
    await expect(page).toHaveURL(`/board#status-${status}`);
    await expect(page.getByTestId(`status-${status}`).locator('article.card')).toHaveCount(count);
  }
  await open(page, DASHBOARD);
  await expect(page.locator('.figure > a[href="/board#status-done"]')).toHaveCount(1);
});

test('on a map of what is late, a country leads to what is late there, and each chart says what its marks mean', async ({ page, become }) => {
  await become(DONOR);
  await open(page, `${DASHBOARD}&measure=late`);
  await expect(page.locator('.region .land[data-country=ME]')).toHaveAttribute('href', '/board?country=ME&due=late');
  for (const title of ['map-title', 'heat-title', 'bullets-title']) {
    await expect(page.locator(`[aria-labelledby="${title}"] .legend li`).first()).toBeVisible();
  }
  // What has no reading is hatched, and no bar says 0.
  const empty = page.locator('.bullets tbody tr', { has: page.locator('td', { hasText: en('results.no_data') }) });
  for (const row of await empty.all()) {
    await expect(row.locator('.hatch')).toHaveCount(1);
    await expect(row.locator('.reached')).toHaveCount(0);
  }
});

test('nobody learns of a draft from a figure, and a donor sees how indicators stand', async ({ page, become, office, visitor }) => {
  const number = await plant(office, unique('Draft of the dashboard'), { due: '2026-12-20', published: false });
  await become(COORDINATOR);
  await open(page, DASHBOARD);
  await expect(page.locator(`a[href="/board/items/${number}"]`).first()).toBeVisible();
  const all = await figure(page, '/board?due=near');
  for (const who of [undefined, DONOR]) {
    const reader = await visitor(who);
    await open(reader, DASHBOARD);
    expect(await figure(reader, '/board?due=near')).toBeLessThan(all);
    expect(await reader.content()).not.toContain('Draft of the dashboard');
    await expect(reader.locator('.figure', { hasText: 'on track' })).toHaveCount(who ? 1 : 0);
  }
});

test('no file that a donor or anybody takes along knows of a draft', async ({ office, visitor }) => {
  const charts = (who?: string) => ['map', 'heat', 'steps', ...(who ? ['indicators'] : [])];
  const names = (who?: string) => charts(who).flatMap((chart) => ['csv', 'svg', 'png'].map((format) => `${chart}.${format}`));
  const readers = [[undefined, await visitor()], [DONOR, await visitor(DONOR)]] as const;
  const files = async () => {
    const all = new Map<string, string>();
    for (const [who, reader] of readers) {
      for (const name of names(who)) {
        const answer = await reader.request.get(`/export/dashboard/${name}?period=2026Q4`);
        expect(answer.status(), `${name} for ${who}`).toBe(200);
        all.set(`${name} for ${who}`, (await answer.body()).toString('base64'));
      }
    }
    return all;
  };
  const before = await files();

  await plant(office, unique('Draft in no file'), { due: '2026-12-20', published: false });
  const page = await visitor(COORDINATOR);
  const readings = '/results/readings?period=2026Q4';
  await open(page, readings);
  const code = await numbered(page);
  await reading(page, code).locator('[name=value]').fill('977.25');
  await send(page, reading(page, code).locator('button[value=save]'));
  await open(page, readings);
  await state(reading(page, code), 'reading.draft');
  await expect(reading(page, code).locator('[name=value]')).toHaveValue('977.25');

  const after = await files();
  expect([...after.keys()].filter((name) => after.get(name) !== before.get(name))).toEqual([]);
  const [, anybody] = readers[0];
  expect((await anybody.request.get('/export/dashboard/indicators.csv?period=2026Q4')).status()).toBe(404);
});
