// The framework is built: from nothing and by keyboard alone, moved, given lights by hand, and printed.
import { type Page } from '@playwright/test';
import { expect, hasScripts, open, test } from '../fixtures';
import { COORDINATOR } from '../people';
import { answered, send, wrong } from '../results';
import { Server } from '../server';
import { en } from '../texts';

test.use({ scene: 'journeys-framework' });
test.describe.configure({ mode: 'serial' });

const row = (page: Page, code: string) => page.locator(`.tree > li[data-code="${code}"]`);

/** The codes of the tree's rows, from above. */
const codes = (page: Page) => page.locator('.tree > li').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-code')));

/** Goes by the tabulator to what has this name. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let n = 0; n < 150; n += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    if (!(await focused.count())) continue;
    const words = await focused.evaluate((it) => {
      const label = it.id && document.querySelector(`label[for="${it.id}"]`);
      return (it.getAttribute('aria-label') ?? (label || it).textContent ?? '').trim();
    });
    if (typeof name === 'string' ? words === name : name.test(words)) return;
  }
  throw new Error(`no key leads to ${name}`);
}

/** Follows a link, or presses a button, and waits for the page that comes. */
async function enter(page: Page, address: RegExp): Promise<void> {
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(address);
  if (hasScripts()) await answered(page);
}

async function addByKeys(page: Page, link: string, fields: [string | RegExp, string][]): Promise<void> {
  await tabTo(page, link);
  await enter(page, /\/new/);
  for (const [label, text] of fields) {
    await tabTo(page, label);
    await page.keyboard.type(text);
  }
  await tabTo(page, en('framework.add'));
  await enter(page, /\/results\/framework/);
}

test('a framework is built from nothing by keyboard alone', async ({ visitor, noise }) => {
  test.setTimeout(120_000);
  const server = await Server.start({ empty: true });
  try {
    const page = await visitor(undefined, { baseURL: server.url });
    await open(page, '/setup');
    const token = /^ {2}([0-9a-f]{64})$/m.exec(server.said)?.[1] ?? '';
    const start = {
      token,
      network: 'A network',
      org_name: 'The first organisation',
      short_name: 'FIRST',
      name: 'Coordinator',
      plan_title: 'Our plan',
      objectives: 'One\nTwo',
      email: 'coordinator@network.example',
      password: 'wagon tulip seventeen gravel',
    };
    for (const [name, value] of Object.entries(start)) await page.locator(`main [name=${name}]`).first().fill(value);
    await page.locator('main form button').click();
    await expect(page).toHaveURL('/board');

    await open(page, '/results/framework');
    await addByKeys(page, en('framework.add_impact'), [[en('framework.statement'), 'Victims are assisted well']]);
    await addByKeys(page, en('framework.add_outcome'), [
      [en('framework.statement'), 'Referral works across borders'],
      [new RegExp(`^${en('framework.objective')}`), 'O1'],
    ]);
    await addByKeys(page, en('framework.add_output'), [[en('framework.statement'), 'Agreements are signed']]);
    await expect.poll(() => codes(page)).toEqual(['I 1', 'Oc 1', 'Op 1.1']);
    await addByKeys(page, en('framework.add_indicator'), [
      [en('framework.code'), 'a'],
      [en('framework.indicator_title'), 'Agreements in force'],
      [en('framework.unit'), 'agreements'],
      [en('framework.kind'), en('framework.number')],
      [en('framework.direction'), en('results.increase')],
      [en('framework.accumulation'), en('results.cumulative')],
      [new RegExp(`^${en('framework.baseline')} \\(`), '2'],
      [new RegExp(`^${en('framework.baseline_year')}`), '2025'],
      [en('framework.frequency'), en('framework.every_quarter')],
      [en('framework.responsible'), 'FIRST'],
    ]);
    await expect(page.locator('.tree').getByRole('link', { name: 'Agreements in force' })).toBeVisible();
    expect(server.log).toBe('');
  } finally {
    noise.cut = true;
    await server.stop();
  }
});

test('a result moves up and down by its buttons, and to another outcome', async ({ page, become }) => {
  await become(COORDINATOR);
  await open(page, '/results/framework');
  const before = await row(page, 'Op 1.1').locator('.statement').textContent();
  await send(page, row(page, 'Op 1.1').locator('button[value=down]'));
  await expect(row(page, 'Op 1.2').locator('.statement')).toHaveText(before ?? '');
  await send(page, row(page, 'Op 1.2').locator('button[value=down]'));
  await expect(row(page, 'Op 2.1').locator('.statement')).toHaveText(before ?? '');
  await send(page, row(page, 'Op 2.1').locator('button[value=up]'));
  await send(page, row(page, 'Op 1.2').locator('button[value=up]'));
  await expect(row(page, 'Op 1.1').locator('.statement')).toHaveText(before ?? '');
});

test('a statement that somebody else changed meanwhile is not overwritten', async ({ page, become, visitor, refused, noise }) => {
  await become(COORDINATOR);
  await open(page, '/results/framework');
  const address = (await row(page, 'Op 2.1').locator('.statement').getAttribute('href')) ?? '';
  await open(page, address);
  const other = await visitor(COORDINATOR);
  await open(other, address);
  await other.locator('[name=title]').fill('Theirs came first');
  await other.locator('button[value=edit-node]').click();
  await expect(other).toHaveURL(/\/results\/framework/);
  await page.locator('[name=title]').fill('Mine came second');
  const save = page.locator('button[value=edit-node]');
  if (hasScripts()) {
    // The page says so itself if it has heard of theirs, else the server does.
    page.on('response', (response) => response.status() === 409 && noise.expect(response));
    await expect(page.locator('[data-live]')).toHaveAttribute('data-live', 'online');
    await save.click();
  } else {
    await refused(page, 409, () => save.click());
  }
  await expect(page.locator('.theirs')).toContainText('Theirs came first');
  await expect(page.locator('[name=title]')).toHaveValue('Mine came second');
  await save.click();
  await expect(page).toHaveURL(/\/results\/framework/);
  await expect(page.getByText('Mine came second')).toBeVisible();
});

test('an output is given an action item, which gets its number', async ({ page, become, refused }) => {
  await become(COORDINATOR);
  await open(page, '/results/framework');
  await open(page, (await row(page, 'Op 5.2').locator('.statement').getAttribute('href')) ?? '');
  const form = page.locator('main form:has([value=link])');
  await form.locator('[name=item]').fill('9999');
  await wrong(page, refused, form.locator('button'));
  await expect(form.locator('.error')).toHaveText(en('problem.no_such_item'));
  await form.locator('[name=item]').fill('1');
  await send(page, form.locator('button'));
  const item = page.locator('section li', { hasText: '#1 ' });
  await expect(item).toBeVisible();
  await send(page, item.locator('button'));
  await expect(item).toHaveCount(0);
});

test('a light is set by hand for a reason only, and shows with it', async ({ page, become, refused }) => {
  await become(COORDINATOR);
  await open(page, '/results/framework');
  const link = page.locator('.tree a[href*="/indicators/"]:not([href*="/new"])').first();
  const title = (await link.textContent()) ?? '';
  await open(page, (await link.getAttribute('href')) ?? '');
  const form = page.locator('main form:has([value=light])');
  await form.locator('[name=period]').selectOption('2027Q2');
  await form.locator('[name=light]').selectOption('red');
  await wrong(page, refused, form.locator('button'));
  await expect(form.locator('[name=light]')).toHaveValue('red');
  await form.locator('[name=why]').fill('The law was withdrawn');
  await send(page, form.locator('button'));
  await expect(page.getByTestId('lights-by-hand')).toContainText('The law was withdrawn');
  await open(page, '/results?period=2027Q2');
  const cell = page.locator('tr', { hasText: title }).first();
  await expect(cell).toContainText(en('light.red'));
  await expect(cell).toContainText('The law was withdrawn');
});

test('a goal moves for a reason once a reading was approved', async ({ page, become, refused }) => {
  await become(COORDINATOR);
  await open(page, '/results?period=2026Q4');
  const read = page.locator('tr', { has: page.locator('.light.green') }).first();
  const code = (await read.locator('td .code').first().textContent()) ?? '';
  await open(page, '/results/framework');
  const indicator = page.locator('.tree ul.lines li', { has: page.locator('.code', { hasText: new RegExp(`^${code}$`) }) });
  await open(page, (await indicator.locator('a').getAttribute('href')) ?? '');
  await page.locator('[name=unit]').fill('another unit');
  await wrong(page, refused, page.locator('button[value=edit-indicator]'));
  await expect(page.locator('#indicator-why')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('[name=unit]')).toHaveValue('another unit');
  await page.locator('#indicator-why').fill('It was counted otherwise');
  const address = page.url();
  await page.locator('button[value=edit-indicator]').click();
  await expect(page).toHaveURL(/\/results\/framework/);
  await open(page, address);
  await expect(page.getByTestId('goals-moved').locator('li').last()).toContainText('It was counted otherwise');
  await expect(page.getByTestId('goals-moved').locator('li').last()).toContainText('another unit');
});
