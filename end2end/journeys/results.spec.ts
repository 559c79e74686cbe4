// A quarter's readings: entered by a partner, reviewed by a coordinator, and then they count.
import { type Page } from '@playwright/test';
import { extractText, getDocumentProxy } from 'unpdf';
import { button, menu } from '../board';
import { expect, open, test } from '../fixtures';
import { ASTRA, COORDINATOR, DONOR } from '../people';
import { allNumbered, numbered, reading, send, state, values, wrong } from '../results';
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

test('a coordinator returns one reading of a quarter for a reason, approves the rest at once, and those alone count', async ({ page, become, visitor, refused }) => {
  const [readings, results] = ['/results/readings?period=2027Q4', '/results?period=2027Q4'];
  const why = 'Please count the second half of December, too';
  await become(ASTRA);
  await open(page, readings);
  const codes = (await allNumbered(page)).slice(0, 3);
  const [weak = '', ...good] = codes;
  expect(good.length).toBe(2);

  /** The current value of an indicator, with all that stands beside it. */
  const figure = (reader: Page, code: string) =>
    reader.locator('table.framework tr', { has: reader.locator('td .code', { hasText: new RegExp(`^${code}$`) }) }).locator('td.number').nth(1);
  const donor = await visitor(DONOR);
  await open(donor, results);
  const before = new Map<string, string>();
  for (const code of codes) before.set(code, (await figure(donor, code).textContent()) ?? '');

  for (const [place, code] of codes.entries()) {
    const own = reading(page, code);
    await own.locator('[name=value]').fill(String(641 + place));
    await own.locator('[name=narrative]').fill(`Counted for ${code}`);
    await send(page, own.locator('button[value=submit]'));
    await state(own, 'reading.submitted');
  }
  await open(donor, results);
  for (const code of codes) await expect(figure(donor, code), 'nobody has approved it').toHaveText(before.get(code) ?? '');

  const office = await visitor(COORDINATOR);
  await open(office, readings);
  await wrong(office, refused, reading(office, weak).locator('button[value=return]'));
  await state(reading(office, weak), 'reading.submitted');
  await reading(office, weak).locator('[name=why]').fill(why);
  await send(office, reading(office, weak).locator('button[value=return]'));
  await state(reading(office, weak), 'reading.returned');
  await send(office, button(office, en('reading.approve_rest', { n: good.length })));
  for (const code of good) await state(reading(office, code), 'reading.approved');
  await state(reading(office, weak), 'reading.returned');
  await expect(office.locator('button[value=approve-rest]')).toHaveCount(0);

  await open(page, readings);
  await state(reading(page, weak), 'reading.returned');
  await expect(reading(page, weak)).toContainText(en('reading.returned_because', { why }));
  await expect(reading(page, weak).locator('[name=value]')).toHaveValue('641');
  for (const code of good) {
    await state(reading(page, code), 'reading.approved');
    await expect(reading(page, code).locator('[name=value]')).toHaveCount(0);
  }

  await open(donor, results);
  await expect(figure(donor, weak)).toHaveText(before.get(weak) ?? '');
  for (const [place, code] of good.entries()) {
    await expect(figure(donor, code).locator('strong').first()).toHaveText(String(642 + place));
    await expect(figure(donor, code)).toContainText(en('results.quarter', { year: '2027', number: '4' }));
  }
  const seen = await donor.content();
  for (const words of [`Counted for ${weak}`, why]) expect(seen).not.toContain(words);
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

test('whoever was writing when a quarter was closed is refused, and every word comes back', async ({ page, become, office }) => {
  const closed = '/results/readings?period=2027Q3';
  await become(ASTRA);
  await open(page, closed);
  const code = await numbered(page);
  const form = reading(page, code).locator('form.form');
  const typed = { ...Object.fromEntries(await values(form)), value: '9', narrative: 'Typed before it was closed' };
  await office.post(closed, { form: { do: 'lock' } });
  for (const word of ['save', 'submit']) {
    const answer = await page.request.post(closed, { form: { ...typed, do: word }, headers: { 'accept-language': 'en' } });
    expect(answer.status(), word).toBe(422);
    const html = await answer.text();
    expect(html).toContain(en('problem.locked'));
    expect(html).toContain('Typed before it was closed');
  }
  await office.post(closed, { form: { do: 'unlock' } });
  await open(page, closed);
  await expect(form.locator('[name=narrative]')).toHaveValue('');
  await expect(reading(page, code).locator('.state')).toHaveCount(0);
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
