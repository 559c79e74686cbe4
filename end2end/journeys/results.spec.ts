// A quarter's readings: entered by a partner, reviewed by a coordinator, and then they count.
import { type Page } from '@playwright/test';
import { extractText, getDocumentProxy } from 'unpdf';
import { button, menu } from '../board';
import { expect, open, test } from '../fixtures';
import { ASTRA, COORDINATOR, DONOR } from '../people';
import { numbered, reading, send, state, wrong } from '../results';
import { en } from '../texts';

/** A quarter of which nothing has been read yet. */
const QUARTER = '/results/readings?period=2027Q1';

test.use({ scene: 'journeys-results' });
test.describe.configure({ mode: 'serial' });

test('a partner enters a reading, a coordinator returns it, and approves it in the end', async ({ page, become, visitor }) => {
  await become(ASTRA);
  await open(page, QUARTER);
  const code = await numbered(page);
  const own = reading(page, code);
  await own.locator('[name=value]').fill('7');
  await own.locator('[name=narrative]').fill('Counted from the minutes');
  await own.locator('[name=evidence]').fill('Minutes of the call, June');
  await send(page, own.locator('button[value=save]'));
  await state(own, 'reading.draft');
  await expect(own.locator('[name=value]')).toHaveValue('7');

  const donor = await visitor(DONOR);
  await open(donor, '/results?period=2027Q1');
  expect(await donor.content()).not.toContain('Counted from the minutes');

  await send(page, own.locator('button[value=submit]'));
  await state(own, 'reading.submitted');
  await expect(own.locator('[name=value]')).toHaveCount(0);

  const office = await visitor(COORDINATOR);
  await open(office, QUARTER);
  const theirs = reading(office, code);
  await theirs.locator('[name=why]').fill('Please add the June minutes');
  await send(office, theirs.locator('button[value=return]'));
  await state(theirs, 'reading.returned');

  await open(page, QUARTER);
  await own.locator('[name=value]').fill('8');
  await send(page, own.locator('button[value=submit]'));
  await open(office, QUARTER);
  await send(office, theirs.locator('button[value=approve]'));
  await state(theirs, 'reading.approved');

  await open(donor, '/results?period=2027Q1');
  const row = donor.locator('tr', { has: donor.locator('.code', { hasText: new RegExp(`^${code}$`) }) }).first();
  await expect(row).toContainText(en('results.quarter', { year: '2027', number: '1' }));
  await expect(row).toContainText('Minutes of the call, June');
});

test('a coordinator returns one reading of a quarter, and approves the rest at once', async ({ page, become, visitor }) => {
  const quarter = '/results/readings?period=2027Q4';
  await become(ASTRA);
  await open(page, quarter);
  const inputs = page.locator('li.reading', { has: page.locator('input[name=value][inputmode=decimal]') });
  const codes = (await inputs.locator('h2 .code').allTextContents()).slice(0, 3);
  for (const code of codes) {
    const own = reading(page, code);
    await own.locator('[name=value]').fill('5');
    await send(page, own.locator('button[value=submit]'));
    await state(own, 'reading.submitted');
  }
  const office = await visitor(COORDINATOR);
  await open(office, quarter);
  const [first = '', ...others] = codes;
  const returned = reading(office, first);
  await returned.locator('[name=why]').fill('Which five were they?');
  await send(office, returned.locator('button[value=return]'));
  await state(returned, 'reading.returned');
  await send(office, button(office, en('reading.approve_rest', { n: others.length })));
  for (const code of others) await state(reading(office, code), 'reading.approved');
  await state(returned, 'reading.returned');
  await expect(office.locator('button[value=approve-rest]')).toHaveCount(0);
  await open(page, quarter);
  await expect(reading(page, first)).toContainText('Which five were they?');
  await open(page, '/results?period=2027Q4');
  const row = (code: string) => page.locator('tr', { has: page.locator('.code', { hasText: new RegExp(`^${code}$`) }) }).first();
  for (const code of others) await expect(row(code)).toContainText(en('results.quarter', { year: '2027', number: '4' }));
});

test('what is wrong is told beside the field, and nothing typed is lost', async ({ page, become, refused }) => {
  await become(ASTRA);
  await open(page, '/results/readings?period=2027Q2');
  const own = reading(page, await numbered(page));
  await own.locator('[name=value]').fill('seven');
  await own.locator('[name=narrative]').fill('Still here');
  await wrong(page, refused, own.locator('button[value=save]'));
  await expect(own.locator('.error')).toHaveText(en('problem.not_a_number'));
  await expect(own.locator('[name=value]')).toHaveValue('seven');
  await expect(own.locator('[name=narrative]')).toHaveValue('Still here');
});

test('a closed quarter takes nothing, and says so', async ({ page, become, visitor }) => {
  await become(COORDINATOR);
  await open(page, '/results/readings?period=2027Q3');
  await send(page, button(page, en('reading.lock')));
  await expect(page.getByText(en('reading.is_closed'))).toBeVisible();
  const partner = await visitor(ASTRA);
  await open(partner, '/results/readings?period=2027Q3');
  await expect(partner.getByText(en('reading.is_closed'))).toBeVisible();
  await expect(partner.locator('li.reading form')).toHaveCount(0);
  await send(page, button(page, en('reading.unlock')));
  await partner.reload();
  await expect(partner.locator('li.reading form').first()).toBeVisible();
});

test('the framework prints on A4 landscape, its head on each sheet, without what can only be pressed', async ({ page, become }) => {
  await become(COORDINATOR);
  await open(page, '/results?period=2026Q4');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('nav.quarters')).toBeHidden();
  await expect(page.getByRole('link', { name: en('results.enter') })).toBeHidden();
  const printed = await page.pdf({ preferCSSPageSize: true });
  const pdf = printed.toString('latin1');
  const sheets = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map((box) => [Number(box[1]), Number(box[2])]);
  expect(sheets.length).toBeGreaterThan(2);
  // In points: 297 by 210 mm.
  expect(sheets.filter(([wide, high]) => Math.round(wide ?? 0) === 842 && Math.round(high ?? 0) === 595).length).toBeGreaterThan(2);

  // Everything that the table says is on paper, in its order, with the columns' heads on each of its sheets.
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(printed)), { mergePages: false });
  const plain = (words: string) => words.replace(/\s+/g, '');
  const paper = plain(text.join(''));
  expect(paper, 'what is invented says so on paper, too').toContain(plain(en('frame.demo')));
  const statements = await page.locator('.framework .statement').allTextContents();
  expect(statements.length).toBe(16);
  const places = statements.map((statement) => paper.indexOf(plain(statement)));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  for (const number of await page.locator('.framework td.number strong').allTextContents()) expect(paper).toContain(plain(number));
  expect(paper).toContain(plain((await page.locator('.results .rule').textContent()) ?? ''));
  const heads = text.filter((sheet) => plain(sheet).includes(plain(en('results.verification'))));
  expect(heads.length).toBeGreaterThanOrEqual(sheets.length - 1);
  expect(paper).not.toContain(plain(en('results.enter')));
});

test('on a phone the results are in the menu', async ({ page, become }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await become(ASTRA);
  await open(page, '/board');
  await menu(page, en('frame.account')).click();
  await arriveByLink(page, en('frame.results'));
  await expect(page.getByRole('heading', { level: 1, name: en('results.title') })).toBeVisible();
});

async function arriveByLink(page: Page, name: string): Promise<void> {
  await page.locator('.menu[open]').getByRole('link', { name }).click();
  await expect(page).toHaveURL(/\/results$/);
}
