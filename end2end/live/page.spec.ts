// The page itself while it is alive: taken over without a jolt, spoken in another language, signed out elsewhere, broken.
import { violations } from '../axe';
import { act, card, menu, plant, unique } from '../board';
import { arrive, expect, open, test } from '../fixtures';
import { ASTRA, COORDINATOR } from '../people';
import { en, text } from '../texts';
import { join } from 'node:path';
import { focusCard, goLive } from './hands';

/** Another program, as far as a page can tell. */
const DEBUG_SITE = join(__dirname, '../../target/site-debug');

test.use({ scene: 'live-page' });

test('nothing jumps when the page begins to listen, and what was typed before stays', async ({ page, become }) => {
  await become(COORDINATOR);
  // A slow line: the program comes after the reader has begun to type.
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.addInitScript(() => {
    (window as unknown as { jumps: number }).jumps = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) (window as unknown as { jumps: number }).jumps += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto('/board', { waitUntil: 'domcontentloaded' });
  await expect(card(page, 6)).toBeVisible();
  await page.getByLabel(en('filter.search')).fill('lawyers');
  await page.evaluate(() => document.fonts.ready);
  const before = await page.evaluate(() => (window as unknown as { jumps: number }).jumps);
  letGo();
  await expect(page.locator('[data-live]')).toHaveAttribute('data-live', 'online');
  await expect(page.getByLabel(en('filter.search'))).toHaveValue('lawyers');
  expect((await page.evaluate(() => (window as unknown as { jumps: number }).jumps)) - before).toBeLessThan(0.01);
});

test('another language and another look come without a reload, and nothing typed is lost', async ({ page, become }) => {
  await become(COORDINATOR);
  await goLive(page);
  await page.evaluate(() => ((window as unknown as { same: boolean }).same = true));
  await menu(page, en('frame.language')).click();
  await page.locator('button[value="sr-Cyrl"]').click();
  await expect(page.getByRole('heading', { name: text('sr-Cyrl', 'status.planned') })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'sr-Cyrl');
  await expect(page.locator('[data-live]')).toHaveAttribute('data-live', 'online');
  await expect(card(page, 6)).toBeVisible();
  await menu(page, text('sr-Cyrl', 'frame.theme')).click();
  await page.locator('button[value="dark"]').click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await page.evaluate(() => (window as unknown as { same?: boolean }).same)).toBe(true);
  await open(page, '/board/new');
  await expect(page.locator('html')).toHaveAttribute('lang', 'sr-Cyrl');
  await page.locator('#title').fill('Пола наслова');
  await menu(page, text('sr-Cyrl', 'frame.language')).click();
  await page.locator('button[value="en"]').click();
  await expect(page.getByText(en('form.create'))).toBeVisible();
  await expect(page.locator('#title')).toHaveValue('Пола наслова');
});

test('signed out in one tab is signed out in all', async ({ page, context, server }) => {
  const signIn = await page.request.post('/sign-in', { form: { email: ASTRA, password: 'demo-password' } });
  expect(signIn.ok()).toBe(true);
  await goLive(page);
  const other = await context.newPage();
  await goLive(other);
  await menu(other, en('frame.account')).click();
  await arrive(other, () => other.getByRole('button', { name: en('frame.sign_out') }).click());
  await expect(page.getByRole('link', { name: en('frame.sign_in') })).toBeVisible();
  await expect(page.locator('[data-live]')).toHaveCount(0);
  expect(page.url()).toContain(server.url);
});

test('the dialog of an item: by its own address, over the board, and back', async ({ page, become, office }) => {
  const number = await plant(office, unique('In a dialog'));
  await become(COORDINATOR);
  await goLive(page, `/board/items/${number}`);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await expect(card(page, 6)).toBeAttached();
  expect(await page.evaluate(() => document.querySelector('dialog.item-dialog')?.matches(':modal'))).toBe(true);
  await expect(page.getByTestId('saved')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL('/board');
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveTitle(/Action plan/);
  await card(page, number).getByRole('link').click();
  await expect(page.locator('dialog.item-dialog')).toBeVisible();
  await expect(page).toHaveTitle(new RegExp(`#${number} `));
  await page.goBack();
  await expect(page.locator('dialog.item-dialog')).toHaveCount(0);
  await page.goForward();
  await expect(page.locator('dialog.item-dialog')).toBeVisible();
  // Tab never leaves an open dialog for the board behind it.
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    const outside = await page.evaluate(() => document.activeElement?.closest('dialog') === null && document.activeElement !== document.body);
    expect(outside).toBe(false);
  }
});

test('keys pressed at once after an item was closed go to the card that has the focus by then', async ({ page, become, office }) => {
  const [closed, next] = [await plant(office, unique('Closed')), await plant(office, unique('Next'))];
  await become(COORDINATOR);
  await goLive(page);
  await card(page, closed).getByRole('link').click();
  await expect(page.locator('#title')).toBeVisible();
  // In the very moment in which the item is gone, somebody is on another card.
  await page.evaluate((next) => {
    const gone = new MutationObserver(() => {
      if (document.querySelector('dialog.item-dialog')) return;
      gone.disconnect();
      document.querySelector<HTMLElement>(`[data-testid="item-${next}"] a`)?.focus();
    });
    gone.observe(document.body, { childList: true, subtree: true });
  }, next);
  await page.keyboard.press('Escape');
  const focused = card(page, next).getByRole('link');
  await expect(focused).toBeFocused();
  // Longer than the card of the item would be waited for.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 60; frame += 1) await new Promise(requestAnimationFrame);
  });
  await expect(focused).toBeFocused();
});

test('fields save as they are typed, each mistake is told beside its field', async ({ page, become, office, visitor }) => {
  const number = await plant(office, unique('Typed'), { due: '2027-05-01' });
  await become(COORDINATOR);
  await goLive(page, `/board/items/${number}`);
  const saved = page.getByTestId('saved');
  await page.locator('#title').fill('A better title');
  await expect(saved).toHaveText(en('item.saved'));
  await page.locator('#start').fill('2027-06-01');
  await expect(page.locator('#due-error')).toHaveText(new RegExp(en('problem.before_start')));
  await expect(saved).toHaveText(en('item.not_saved'));
  await page.locator('#due').fill('2027-07-01');
  await expect(saved).toHaveText(en('item.saved'));
  const reader = await visitor();
  await open(reader, `/board/items/${number}`);
  await expect(reader.locator('h1#item-title')).toHaveText('A better title');
  await expect(reader.locator('.facts')).toContainText('1 July 2027');
});

test('what looks personal waits for a reason, which is sent by its button and not while it is typed', async ({ page, become, office, visitor }) => {
  const number = await plant(office, unique('Asked'), { description: 'Nothing yet' });
  await become(COORDINATOR);
  await goLive(page, `/board/items/${number}`);
  const saved = page.getByTestId('saved');
  const text = 'Write to office@example.org';
  await page.locator('textarea#description').fill(text);
  await expect(page.locator('#description-error')).toContainText(en('personal.email'));
  await expect(saved).toHaveText(en('item.not_saved'));
  await page.locator('#title').fill('All else is saved meanwhile');
  const reader = await visitor();
  const card = reader.getByTestId(`item-${number}`);
  // A visitor's page is not told of changes: it shows what there was when it was opened.
  await expect(async () => {
    await open(reader, '/board');
    await expect(card).toContainText('All else is saved meanwhile', { timeout: 500 });
  }).toPass();
  await page.locator('#reason').fill('The office of the ministry');
  await expect(saved).toHaveText(en('item.not_saved'));
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: en('form.confirm') }).click();
  await expect(saved).toHaveText(en('item.saved'));
  await expect(page.locator('#reason')).toHaveCount(0);
  await open(reader, `/board/items/${number}`);
  await expect(reader.locator('.prose')).toHaveText(text);
});

test('two people in one text: both versions stay side by side, and one is chosen', async ({ page, become, office, visitor, noise }) => {
  const number = await plant(office, unique('Fought over'));
  for (const who of [page]) who.on('response', (response) => response.status() === 409 && noise.expect(response));
  await become(COORDINATOR);
  await goLive(page, `/board/items/${number}`);
  const other = await visitor(ASTRA);
  await goLive(other, `/board/items/${number}`);
  await page.context().setOffline(true);
  noise.cut = true;
  await page.locator('textarea#description').fill('Mine');
  await other.locator('textarea#description').fill('Theirs');
  await expect(other.getByTestId('saved')).toHaveText(en('item.saved'));
  await page.context().setOffline(false);
  const merge = page.getByTestId('merge');
  await expect(merge).toContainText('Theirs');
  await expect(page.locator('textarea#description')).toHaveValue('Mine');
  expect(await violations(page)).toEqual([]);
  await merge.getByRole('button', { name: en('merge.keep_mine') }).click();
  await expect(page.getByTestId('saved')).toHaveText(en('item.saved'));
  await expect(other.locator('textarea#description')).toHaveValue('Mine');
});

test('a session that ended elsewhere is told, and what was typed is saved after signing in again', async ({ page, context, become, office, noise }) => {
  noise.cut = true;
  page.on('response', (response) => response.status() === 401 && noise.expect(response));
  const number = await plant(office, unique('Unsaved'));
  const again = () => page.request.post('/sign-in', { form: { email: ASTRA, password: 'demo-password' } });
  expect((await again()).ok()).toBe(true);
  await goLive(page, `/board/items/${number}`);
  await context.clearCookies();
  await page.locator('textarea#description').fill('Not lost');
  await expect(page.locator('.bar', { hasText: en('frame.signed_out') })).toBeVisible();
  await expect(page.locator('textarea#description')).toHaveValue('Not lost');
  await expect(page.locator('[data-live]')).toHaveAttribute('data-live', 'offline');
  expect((await again()).ok()).toBe(true);
  const other = await context.newPage();
  await goLive(other);
  await expect(page.locator('[data-live]')).toHaveAttribute('data-live', 'online');
  await page.locator('textarea#description').press('End');
  await page.keyboard.type('!');
  await expect(page.getByTestId('saved')).toHaveText(en('item.saved'));
});

test('a newer server asks for a reload, and what is being typed stays', async ({ page, become, office, server, noise }) => {
  noise.cut = true;
  const number = await plant(office, unique('Old page'));
  await become(COORDINATOR);
  await goLive(page, `/board/items/${number}`);
  await page.locator('textarea#description').fill('Half');
  await expect(page.getByTestId('saved')).toHaveText(en('item.saved'));
  await server.restart(DEBUG_SITE);
  await expect(page.getByText(en('frame.newer')).last()).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('textarea#description')).toHaveValue('Half');
  await server.restart();
});

test('what was chosen before the page listened is kept, and takes effect', async ({ page, become }) => {
  await become(COORDINATOR);
  let release = (): void => undefined;
  const gate = new Promise<void>((done) => (release = done));
  await page.route('**/assets/*.wasm', async (route) => {
    await gate;
    await route.continue();
  });
  await page.goto('/board', { waitUntil: 'commit' });
  await page.locator('select[name=objective]').selectOption('O4');
  release();
  await expect(page.locator('body[data-hydrated]')).toBeAttached();
  await expect(page.locator('select[name=objective]')).toHaveValue('O4');
  await expect(page).toHaveURL(/objective=O4/);
});

test('a tab that nobody touches says nothing but that it is there', async ({ page, become }) => {
  await become(COORDINATOR);
  const frames: string[] = [];
  page.on('websocket', (socket) => socket.on('framesent', (frame) => frames.push(String(frame.payload))));
  await goLive(page);
  // What is kept for the time without a connection is fetched once.
  await page.waitForTimeout(6_000);
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.waitForTimeout(22_000);
  expect(requests).toEqual([]);
  expect(new Set(frames)).toEqual(new Set(['"pong"']));
});

test('a search that was cleared stays cleared', async ({ page, become }) => {
  await become(COORDINATOR);
  await goLive(page);
  const search = page.getByLabel(en('filter.search'));
  await search.fill('lawyers');
  await search.press('Enter');
  await page.getByRole('link', { name: en('filter.clear') }).click();
  await expect(search).toHaveValue('');
  await expect(card(page, 6)).toBeVisible();
  await page.waitForTimeout(400);
  await expect(page).toHaveURL('/board');
});

test('the keys are told on ?, and shortcuts rest while somebody types', async ({ page, become }) => {
  await become(COORDINATOR);
  await goLive(page);
  await page.getByLabel(en('filter.search')).click();
  await page.keyboard.type('n?/');
  await expect(page).toHaveURL(/\/board/);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByLabel(en('filter.search')).fill('');
  await focusCard(page, 6);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: en('help.title') })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await expect(page.getByLabel(en('filter.search'))).toBeFocused();
  await focusCard(page, 6);
  await page.keyboard.press('m');
  await expect(page.getByRole('dialog', { name: en('card.move_to') })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  await expect(page).toHaveURL('/board/new');
});

test('the filters of a phone are a sheet without faults', async ({ visitor }) => {
  const page = await visitor(COORDINATOR, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await goLive(page);
  await page.locator('.fold-label').tap();
  await expect(page.getByRole('search')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.getByLabel(en('filter.objective')).selectOption('O2');
  await expect(page.getByText(/\d+ of \d+ items/)).toBeVisible();
  await page.locator('.fold-close').tap();
  await expect(page.getByRole('search')).toBeHidden();
});

test.describe('after a long while', () => {
  test('a laptop that slept for ten minutes is right again at once', async ({ page, become, office, noise }) => {
    noise.cut = true;
    const number = await plant(office, unique('Overslept'));
    await become(COORDINATOR);
    await goLive(page);
    await page.clock.install();
    await page.context().setOffline(true);
    for (const what of ['hide', 'publish', 'hide']) await act(office, number, what);
    await page.clock.fastForward('10:00');
    await expect(page.locator('[data-live]')).toHaveAttribute('data-live', 'offline');
    await page.context().setOffline(false);
    await expect(page.locator('[data-live]')).toHaveAttribute('data-live', 'online');
    await expect(card(page, number)).toContainText(en('card.draft'));
  });

  test('changes are not lost with the line: a move made without one arrives', async ({ page, become, office, visitor, noise }) => {
    noise.cut = true;
    const number = await plant(office, unique('In a tunnel'));
    await become(COORDINATOR);
    await goLive(page);
    const other = await visitor(ASTRA);
    await goLive(other);
    await page.context().setOffline(true);
    await focusCard(page, number);
    await page.keyboard.press('m');
    await page.getByRole('dialog').getByRole('button', { name: en('status.done') }).click();
    await expect(page.locator('[data-pending]')).toHaveAttribute('data-pending', '1');
    await expect(page.locator('.waiting')).toHaveText(en('line.waiting_one', { count: 1 }));
    await page.context().setOffline(false);
    await expect(other.getByTestId('status-done').getByTestId(`item-${number}`)).toBeAttached();
    await expect(page.locator('[data-pending]')).toHaveAttribute('data-pending', '0');
  });
});
