// The report of a quarter: written by a coordinator around what the plan knows, handed over, read by the donor, printed.
import { type Page } from '@playwright/test';
import { extractText, getDocumentProxy } from 'unpdf';
import { button, problem } from '../board';
import { arrive, expect, open, test } from '../fixtures';
import { ASTRA, COORDINATOR, DONOR } from '../people';
import { en } from '../texts';

test.use({ scene: 'journeys-report' });
test.describe.configure({ mode: 'serial' });

const report = (period: string) => `/report?period=${period}`;

const quarter = (year: number, number: number) => en('results.quarter', { year, number });

const field = (page: Page, name: string) => page.locator(`textarea[name=${name}]`);

/** Presses one of the ways to save, and waits until that is said. */
async function save(page: Page, way: 'save' | 'hand_over'): Promise<void> {
  await arrive(page, () => button(page, en(`report.${way}`)).click());
  await expect(page.getByText(en(way === 'save' ? 'report.saved' : 'report.was_handed_over'))).toBeVisible();
}

test('a coordinator writes a report and hands it over, and only then the donor reads it', async ({ page, become, visitor }) => {
  await become(COORDINATOR);
  await open(page, report('2026Q2'));
  await expect(page.getByRole('heading', { level: 1, name: en('report.title', { quarter: quarter(2026, 2) }) })).toBeVisible();
  await field(page, 'summary').fill('Two calls were **held**.');
  await save(page, 'save');
  await expect(field(page, 'summary')).toHaveValue('Two calls were **held**.');

  const donor = await visitor(DONOR);
  await open(donor, report('2026Q2'));
  await expect(donor.getByText(en('report.none_handed_over'))).toBeVisible();
  expect(await donor.content()).not.toContain('Two calls');
  const partner = await visitor(ASTRA);
  await open(partner, report('2026Q2'));
  await expect(partner.locator('.prose')).toHaveText('Two calls were held.');
  await expect(partner.locator('form.report-form')).toHaveCount(0);

  await field(page, 'challenges').fill('Offices changed hands.');
  await save(page, 'hand_over');
  await open(donor, report('2026Q2'));
  await expect(donor.locator('.prose')).toHaveText(['Two calls were held.', 'Offices changed hands.']);
  await expect(donor.locator('.prose strong')).toHaveText('held');
  await expect(donor.locator('.report-versions li')).toHaveCount(1);
  await expect(donor.locator('.report-versions')).not.toContainText('Coordinator');
  await expect(partner.locator('.report-versions')).toContainText('Coordinator, ASTRA');
  // All that the plan knows is there without anybody's writing it.
  await expect(donor.locator('.report-figures li')).toHaveCount(4);
  expect(await donor.locator('section:has(#activities) tbody.output td a').count()).toBeGreaterThan(5);
  expect(await donor.locator('.report-framework .light').count()).toBeGreaterThan(5);
});

test('an older version is read by its link, and the quarter is chosen by a form', async ({ page, become }) => {
  await become(COORDINATOR);
  await open(page, report('2026Q2'));
  await page.locator('.report-versions a').last().click();
  await expect(page).toHaveURL(/period=2026Q2&version=1$/);
  await expect(page.locator('.prose')).toHaveText(['Two calls were held.']);
  await expect(page.locator('form.report-form')).toHaveCount(0);
  await page.locator('#period').selectOption('2026Q1');
  await arrive(page, () => button(page, en('report.show')).click());
  await expect(page).toHaveURL(/\/report\?period=2026Q1$/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(quarter(2026, 1));
});

test('the slower of two who write one report gets both versions and loses nothing', async ({ page, become, visitor, refused }) => {
  await become(COORDINATOR);
  const quick = await visitor(COORDINATOR);
  await open(page, report('2026Q3'));
  await open(quick, report('2026Q3'));
  await field(quick, 'summary').fill('The quicker words');
  await field(quick, 'cooperation').fill('Nobody else wrote this');
  await save(quick, 'save');

  await field(page, 'summary').fill('The slower words');
  await refused(page, 409, () => button(page, en('report.save')).click());
  await expect(problem(page, 'text-summary')).toHaveText(en('problem.changed'));
  await expect(page.locator('details.theirs')).toHaveCount(1);
  await expect(page.locator('details.theirs')).toContainText('The quicker words');
  await expect(field(page, 'summary')).toHaveValue('The slower words');
  await expect(field(page, 'cooperation')).toHaveValue('Nobody else wrote this');

  // Having read theirs, one may decide.
  await save(page, 'save');
  await quick.reload();
  await expect(field(quick, 'summary')).toHaveValue('The slower words');
  await expect(field(quick, 'cooperation')).toHaveValue('Nobody else wrote this');
});

test('what looks personal is asked about beside its field, and withdrawn words are gone', async ({ page, become, visitor, refused }) => {
  await become(COORDINATOR);
  await open(page, report('2027Q1'));
  await field(page, 'challenges').fill('Call +381 11 334 7817');
  await field(page, 'summary').fill('Still here');
  await refused(page, 422, () => button(page, en('report.hand_over')).click());
  await expect(problem(page, 'text-challenges')).toHaveText(en('problem.personal', { what: en('personal.phone') }));
  await expect(field(page, 'summary')).toHaveValue('Still here');
  await page.locator('#reason').fill('It is the number of the ministry');
  await save(page, 'hand_over');
  const donor = await visitor(DONOR);
  await open(donor, report('2027Q1'));
  await expect(donor.locator('main')).toContainText('334 7817');

  await page.locator('.withdrawal summary').click();
  await arrive(page, () => button(page, en('item.do_withdraw')).click());
  await expect(page.getByText(en('report.withdrawn'))).toBeVisible();
  await donor.reload();
  expect(await donor.content()).not.toContain('334 7817');
});

test('results and dashboard lead to the report', async ({ page, become }) => {
  await become(DONOR);
  await open(page, '/results?period=2026Q4');
  await page.locator('.title-row').getByRole('link', { name: en('report.link'), exact: true }).click();
  await expect(page).toHaveURL(/\/report\?period=2026Q4$/);
  await open(page, '/dashboard?period=2026Q4');
  await page.getByRole('link', { name: en('report.of_quarter') }).click();
  await expect(page).toHaveURL(/\/report\?period=2026Q4$/);
});

test('the report prints on A4 portrait, with its head on every sheet and without what can only be pressed', async ({ page, become }) => {
  await become(COORDINATOR);
  await open(page, report('2026Q4'));
  await field(page, 'summary').fill('A summary for paper.');
  await save(page, 'save');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.report-choice')).toBeHidden();
  await expect(field(page, 'summary')).toBeHidden();
  await expect(button(page, en('report.save'))).toHaveCount(0);
  // Paper is white, whatever the screen is.
  const ink = () => page.locator('.paper h1').evaluate((heading) => getComputedStyle(heading).color);
  const onWhite = await ink();
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
  expect(await ink()).toBe(onWhite);
  const printed = await page.pdf({ preferCSSPageSize: true });
  const pdf = printed.toString('latin1');
  const sheets = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map((box) => [Number(box[1]), Number(box[2])]);
  expect(sheets.length).toBeGreaterThan(3);
  // In points: 210 by 297 mm.
  for (const [wide, high] of sheets) expect([Math.round(wide ?? 0), Math.round(high ?? 0)]).toEqual([595, 842]);

  const { text } = await extractText(await getDocumentProxy(new Uint8Array(printed)), { mergePages: false });
  const plain = (words: string) => words.replace(/\s+/g, '');
  const paper = plain(text.join(''));
  expect(paper, 'what is invented says so on paper, too').toContain(plain(en('frame.demo')));
  expect(paper).toContain(plain('A summary for paper.'));
  const head = plain((await page.locator('.paper > thead').textContent()) ?? '');
  expect(head).toContain(plain(quarter(2026, 4)));
  const withHead = text.filter((sheet) => plain(sheet).includes(head));
  expect(withHead.length, 'sheets with the running head').toBe(sheets.length);
  expect(plain(text[1] ?? ''), 'sheets are counted').toContain(`2/${sheets.length}`);

  // All parts in their order, and nothing of the tables is lost.
  const headings = await page.locator('.paper section > h2').allTextContents();
  expect(headings.length).toBe(8);
  const places = headings.map((heading) => paper.lastIndexOf(plain(heading)));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  for (const statement of await page.locator('.report-framework .statement').allTextContents()) expect(paper).toContain(plain(statement));
  for (const number of await page.locator('.report-framework td.number strong').allTextContents()) expect(paper).toContain(plain(number));
  for (const part of await page.locator('.report-framework .parts dt').allTextContents()) expect(paper).toContain(plain(part));
  expect(paper).toContain(plain((await page.locator('.report .rule').last().textContent()) ?? ''));
  expect(paper).not.toContain(plain(en('report.hand_over_hint')));
  expect(paper).not.toContain(plain(en('report.withdraw')));
});
