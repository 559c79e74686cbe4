// Results on a screen that stays open: what is approved elsewhere comes by itself, and nothing before.
import { type Locator, type Page } from '@playwright/test';
import { open } from '../fixtures';
import { ASTRA, COORDINATOR, DONOR } from '../people';
import { send, state } from '../results';
import { counted, en } from '../texts';
import { expect, test } from './devices';
import { goLive } from './hands';

test.use({ scene: 'live-results' });

/** An indicator on the page that wants a number: the first, if no other is asked for. */
const numbered = (page: Page, nth = 0): Locator =>
  page.locator('li.reading', { has: page.locator('input[name=value][inputmode=decimal]') }).nth(nth);

test('what others approve shows on a screen that is open, without a reload', async ({ page, become, visitor }) => {
  await become(DONOR);
  await open(page, '/results?period=2027Q4');
  await expect(page.locator('[data-live]')).toHaveAttribute('data-live', 'online');
  const office = await visitor(COORDINATOR);
  const form = '/results/readings?period=2027Q4';
  await open(office, form);
  const id = await numbered(office).getAttribute('id');
  const card = office.locator(`[id="${id}"]`);
  await card.locator('[name=value]').fill('999.5');
  await card.locator('button[value=submit]').click();
  await expect(page.getByText('999.5')).toHaveCount(0);
  await card.locator('button[value=approve]').click();
  await expect(page.getByText('999.5').first()).toBeVisible();
});

test('a light that a coordinator sets by hand shows in the framework, is counted anew in the overview and on the dashboard, without a reload', async ({ page, become, visitor }) => {
  await become(ASTRA);
  await goLive(page, '/results?period=2026Q4');
  const green = page.locator('table.framework tr', { has: page.locator('.light.green') }).first();
  const code = (await green.locator('td .code').first().textContent()) ?? '';
  const row = page.locator('table.framework tr', { has: page.locator('td .code', { hasText: new RegExp(`^${code}$`) }) });
  const overview = await visitor(DONOR);
  await goLive(overview, '/results/overview?period=2026Q4');
  const total = overview.locator('table.overview tfoot td');
  const [all = 0, onTrack = 0, behind = 0, farBehind = 0, ...others] = (await total.allTextContents()).map(Number);
  const dashboard = await visitor(DONOR);
  await goLive(dashboard, '/dashboard?period=2026Q4');
  await expect(dashboard.locator('#bullets-title')).toHaveText(counted('en', 'dashboard.behind_target', behind + farBehind));

  const office = await visitor(COORDINATOR);
  await open(office, '/results/framework');
  const indicator = office.locator('.tree ul.lines li', { has: office.locator('.code', { hasText: new RegExp(`^${code}$`) }) });
  await open(office, (await indicator.locator('a').getAttribute('href')) ?? '');
  const form = office.locator('main form:has([value=light])');
  await form.locator('[name=period]').selectOption('2026Q4');
  await form.locator('[name=light]').selectOption('red');
  await form.locator('[name=why]').fill('The source has been withdrawn');
  await send(office, form.locator('button'));

  await expect(row.locator('.light.red')).toContainText('The source has been withdrawn');
  await expect(row.locator('.light.green')).toHaveCount(0);
  await expect(total).toHaveText([all, onTrack - 1, behind, farBehind + 1, ...others].map(String));
  await expect(dashboard.locator('#bullets-title')).toHaveText(counted('en', 'dashboard.behind_target', behind + farBehind + 1));
});

test('nothing of a reading that nobody approved reaches a donor: not the page, not its data, not the socket', async ({ visitor }) => {
  const donor = await visitor(DONOR);
  const frames: string[] = [];
  const answers: Promise<string>[] = [];
  donor.on('websocket', (socket) => socket.on('framereceived', (frame) => frames.push(String(frame.payload))));
  donor.on('response', (response) => {
    if (response.url().includes('/rpc/')) answers.push(response.text().catch(() => ''));
  });
  await goLive(donor, '/results?period=2027Q1');
  const heard = () => frames.filter((frame) => frame.includes('results_touched')).length;

  const office = await visitor(COORDINATOR);
  await open(office, '/results/readings?period=2027Q1');
  const id = await numbered(office, 3).getAttribute('id');
  const card = office.locator(`[id="${id}"]`);
  await card.locator('[name=value]').fill('31');
  await card.locator('[name=narrative]').fill('Secret-draft-narrative');
  await card.locator('[name=evidence]').fill('Secret-draft-evidence');
  await send(office, card.locator('button[value=submit]'));
  await state(card, 'reading.submitted');
  await card.locator('[name=why]').fill('Secret-draft-reason');
  await send(office, card.locator('button[value=return]'));
  await state(card, 'reading.returned');
  await expect.poll(heard).toBeGreaterThanOrEqual(3);

  const pages = [await donor.content()];
  for (const address of ['results?', 'results/overview?', 'dashboard?']) {
    await goLive(donor, `/${address}period=2027Q1`);
    pages.push(await donor.content());
  }
  const seen = [...pages, ...frames, ...(await Promise.all(answers))].join();
  expect(seen).not.toContain('Secret-draft');
});

test('a reading is saved as it is typed, also without a line, and Enter leads to the next', async ({ device, line }) => {
  const { page } = await device(ASTRA);
  await open(page, '/results/readings?period=2027Q2');
  const first = numbered(page);
  await first.locator('[name=value]').fill('12');
  await expect(first.getByTestId('saved')).toHaveText(en('item.saved'));
  await expect(first.locator('.state')).toHaveText(en('reading.draft'));
  line.cut();
  await first.locator('[name=narrative]').fill('Counted in the train');
  await expect(page.locator('[data-pending]')).toHaveAttribute('data-pending', '1');
  await first.locator('[name=value]').press('Enter');
  await expect(page.locator('li.reading').nth(1).locator(':focus')).toHaveCount(1);
  line.heal();
  await expect(page.locator('[data-pending]')).toHaveAttribute('data-pending', '0');
  await page.reload();
  await expect(first.locator('[name=value]')).toHaveValue('12');
  await expect(first.locator('[name=narrative]')).toHaveValue('Counted in the train');
});

test('two who write one reading see both versions, and choose', async ({ device, line, visitor }) => {
  const { page } = await device(ASTRA);
  const address = '/results/readings?period=2027Q3';
  await open(page, address);
  const mine = numbered(page);
  const id = await mine.getAttribute('id');
  line.cut();
  await mine.locator('[name=value]').fill('21');
  await expect(page.locator('[data-pending]')).toHaveAttribute('data-pending', '1');
  const other = await visitor(COORDINATOR);
  await open(other, address);
  const theirs = other.locator(`[id="${id}"]`);
  await theirs.locator('[name=value]').fill('20');
  await expect(theirs.locator('.state')).toHaveText(en('reading.draft'));
  line.heal();
  await expect(mine.getByTestId('theirs')).toContainText('20');
  await expect(mine.locator('[name=value]')).toHaveValue('21');
  await mine.locator('button[value=submit]').click();
  await expect(mine.getByTestId('theirs')).toBeVisible();
  await open(other, address);
  await expect(theirs.locator('.state'), 'nobody hands in numbers of somebody else').toHaveText(en('reading.draft'));
  await mine.getByRole('button', { name: en('merge.keep_mine') }).click();
  await expect(mine.getByTestId('theirs')).toHaveCount(0);
  await expect(mine.getByTestId('saved')).toHaveText(en('item.saved'));
  await expect(theirs.locator('[name=value]')).toHaveValue('21');
});

test('words that cannot be saved yet are asked about before a link leads on', async ({ page, become }) => {
  await become(ASTRA);
  await open(page, '/results/readings?period=2027Q2');
  const mine = numbered(page, 3);
  await mine.locator('[name=narrative]').fill('Before the number is known');
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  await page.getByRole('banner').getByRole('link', { name: en('frame.dashboard') }).click();
  expect(asked).toEqual([en('report.leave')]);
  await expect(mine.locator('[name=narrative]')).toHaveValue('Before the number is known');
});

test('what was typed into a reading before the page listened is saved', async ({ page, become }) => {
  await become(ASTRA);
  let release = (): void => undefined;
  const gate = new Promise<void>((done) => (release = done));
  await page.route('**/assets/*.wasm', async (route) => {
    await gate;
    await route.continue();
  });
  await page.goto('/results/readings?period=2027Q4', { waitUntil: 'commit' });
  const mine = numbered(page, 1);
  await mine.locator('[name=value]').fill('5');
  release();
  await state(mine, 'reading.draft');
  await expect(mine.getByTestId('saved')).toHaveText(en('item.saved'));
  await open(page, '/results/readings?period=2027Q4');
  await expect(mine.locator('[name=value]')).toHaveValue('5');
});

test('what was sent before the page listened and came back refused is not called saved, and replaces theirs only when it is sent again', async ({ page, become, visitor, refused }) => {
  const address = '/results/readings?period=2027Q4';
  await become(ASTRA);
  // The program of the first page never comes; that of the next does.
  let pages = 0;
  await page.route('**/assets/*.wasm', async (route) => {
    pages += 1;
    if (pages > 1) await route.continue();
  });
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  const id = await numbered(page).getAttribute('id');
  const mine = page.locator(`[id="${id}"]`);
  const office = await visitor(COORDINATOR);
  await open(office, address);
  const theirs = office.locator(`[id="${id}"]`);
  await theirs.locator('[name=value]').fill('30');
  await state(theirs, 'reading.draft');
  await mine.locator('[name=value]').fill('31');
  await refused(page, 422, () => mine.locator('button[value=save]').click());
  await expect(mine.getByTestId('theirs')).toContainText('30');
  await expect(mine.getByTestId('saved')).toHaveText(en('item.not_saved'));
  await expect(mine.getByRole('alert')).toHaveCount(1);
  await mine.locator('button[value=save]').click();
  await expect(mine.getByTestId('saved')).toHaveText(en('item.saved'));
  await expect(theirs.locator('[name=value]')).toHaveValue('31');
});

test('what was typed and waits for a reason stays when the quarter is closed meanwhile', async ({ page, become, visitor }) => {
  const address = '/results/readings?period=2027Q1';
  await become(ASTRA);
  await open(page, address);
  const id = await numbered(page).getAttribute('id');
  const own = page.locator(`[id="${id}"]`);
  await own.locator('[name=value]').fill('3');
  await own.locator('[name=narrative]').fill('Ask +381 11 334 7817');
  await own.locator('button[value=save]').click();
  await expect(own.locator('[name=reason]')).toBeVisible();
  const office = await visitor(COORDINATOR);
  await open(office, address);
  await office.getByRole('button', { name: en('reading.lock') }).click();
  await expect(page.getByText(en('reading.is_closed'))).toBeVisible();
  await expect(page.locator('li.reading form')).toHaveCount(1);
  await expect(own.locator('[name=narrative]')).toHaveValue('Ask +381 11 334 7817');
  await office.getByRole('button', { name: en('reading.unlock') }).click();
  await expect(page.getByText(en('reading.is_closed'))).toHaveCount(0);
  await own.locator('[name=reason]').fill('The number of the office');
  await own.locator('button[value=save]').click();
  await expect(own.getByTestId('saved')).toHaveText(en('item.saved'));
});

test('a narrative in conflict is decided from the list of what waits, and its numbers go with it', async ({ device, line, visitor }) => {
  const address = '/results/readings?period=2027Q2';
  const { page } = await device(ASTRA);
  await open(page, address);
  const id = await numbered(page, 1).getAttribute('id');
  const mine = page.locator(`[id="${id}"]`);
  await mine.locator('[name=value]').fill('31');
  await expect(mine.getByTestId('saved')).toHaveText(en('item.saved'));
  line.cut();
  await mine.locator('[name=value]').fill('32');
  await mine.locator('[name=narrative]').fill('Counted in the train');
  await expect(mine.getByTestId('saved')).toHaveText(en('item.waiting'));
  await page.goto('about:blank');
  const other = await visitor(COORDINATOR);
  await open(other, address);
  const theirs = other.locator(`[id="${id}"]`);
  await theirs.locator('[name=narrative]').fill('Counted in the office');
  await expect(theirs.getByTestId('saved')).toHaveText(en('item.saved'));
  line.heal();
  await open(page, '/board');
  await page.locator('button.waiting.bad').click();
  const list = page.getByTestId('waiting-list');
  await expect(list.getByLabel(en('reading.narrative'))).toHaveValue('Counted in the train');
  await expect(list.getByLabel(en('reading.value'))).toHaveValue('32');
  await list.getByRole('button', { name: en('waiting.compare') }).click();
  await page.getByTestId('merge').getByRole('button', { name: en('merge.keep_mine') }).click();
  await expect(page.locator('button.waiting')).toHaveCount(0);
  await expect(theirs.locator('[name=narrative]')).toHaveValue('Counted in the train');
  await expect(theirs.locator('[name=value]')).toHaveValue('32');
});
