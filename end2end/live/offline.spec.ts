// Without a connection: what was done is kept, shown, sent once the line is back, and never as somebody else.
import { join } from 'node:path';
import { type APIRequestContext, type Page } from '@playwright/test';
import { violations } from '../axe';
import { type Slug, act, card, column, menu, plant, unique } from '../board';
import { ASTRA, CLCI, COORDINATOR } from '../people';
import { en } from '../texts';
import { enter, expect, test } from './devices';
import { focusCard, goOnline, place } from './hands';

test.use({ scene: 'live-offline' });
test.slow();

async function moveByMenu(page: Page, number: number, status: 'planned' | 'in_progress' | 'done'): Promise<void> {
  await focusCard(page, number);
  await page.keyboard.press('m');
  await page.getByRole('dialog').getByRole('button', { name: en(`status.${status}`) }).click();
}

const pending = (page: Page) => page.locator('[data-pending]');
const drained = (page: Page) => expect(pending(page)).toHaveAttribute('data-pending', '0', { timeout: 20_000 });

test('a card moved offline lies there after a reload, and for everybody once the line is back', async ({ device, line, office, visitor }) => {
  const number = await plant(office, unique('In the train'));
  const { page } = await device(COORDINATOR);
  await expect(card(page, number)).toBeVisible();
  line.cut();
  await moveByMenu(page, number, 'done');
  await expect(pending(page)).toHaveAttribute('data-pending', '1');
  await page.reload();
  await expect(page.getByTestId('from-device')).toBeVisible();
  await expect(place(page, 'done', number)).toBeAttached();
  await expect(pending(page)).toHaveAttribute('data-pending', '1');
  expect(await violations(page)).toEqual([]);
  line.heal();
  await drained(page);
  await expect(page.getByTestId('from-device')).toHaveCount(0);
  const other = await visitor(ASTRA);
  await other.goto('/board');
  await expect(place(other, 'done', number)).toBeAttached();
});

test('a browser that is closed offline opens offline, edits, creates, and sends all of it later', async ({ device, line, office }) => {
  const number = await plant(office, unique('Closed'), { description: 'As it was.' });
  const { context, page } = await device(COORDINATOR);
  line.cut();
  await page.close();
  const again = await context.newPage();
  await again.goto(`/board/items/${number}`);
  await expect(again.locator('textarea#description')).toHaveValue('As it was.');
  await again.locator('textarea#description').fill('Written in a tunnel.');
  await expect(again.getByTestId('saved')).toHaveText(en('item.waiting'));
  await again.keyboard.press('Escape');
  await expect(again.locator('dialog.item-dialog')).toHaveCount(0);
  const title = unique('Thought of offline');
  await again.keyboard.press('n');
  await again.locator('#title').fill(title);
  await again.locator('#objective').selectOption({ index: 1 });
  await again.getByRole('button', { name: en('form.create') }).click();
  await expect(column(again, 'planned')).toContainText(title);
  await expect(pending(again)).toHaveAttribute('data-pending', '2');
  await again.close();
  const third = await context.newPage();
  await third.goto('/board');
  await expect(column(third, 'planned')).toContainText(title);
  line.heal();
  await drained(third);
  await third.goto(`/board/items/${number}`);
  await expect(third.locator('textarea#description')).toHaveValue('Written in a tunnel.');
});

test('two tabs share one outbox; what waits is listed and can be taken back', async ({ device, line, office }) => {
  const [first, second] = [await plant(office, unique('Tab one')), await plant(office, unique('Tab two'))];
  const { context, page } = await device(COORDINATOR);
  const other = await context.newPage();
  await goOnline(other);
  line.cut();
  await moveByMenu(page, first, 'done');
  await expect(pending(other)).toHaveAttribute('data-pending', '1');
  await expect(place(other, 'done', first)).toBeAttached();
  await moveByMenu(other, second, 'done');
  await expect(pending(page)).toHaveAttribute('data-pending', '2');
  await page.locator('button.waiting').click();
  const list = page.getByTestId('waiting-list');
  await expect(list.getByRole('listitem')).toHaveCount(2);
  expect(await violations(page)).toEqual([]);
  await list.getByRole('listitem').nth(1).getByRole('button', { name: en('waiting.withdraw') }).click();
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(place(other, 'planned', second)).toBeAttached();
  line.heal();
  await drained(page);
  await drained(other);
  await expect(place(other, 'done', first)).toBeAttached();
  await expect(place(page, 'planned', second)).toBeAttached();
});

for (const way of ['keep_mine', 'keep_theirs', 'edit'] as const) {
  test(`a text that both wrote is decided: ${way}`, async ({ device, line, office, visitor }) => {
    const number = await plant(office, unique('Both wrote'), { description: 'One line.\n\nSame.\n\nAnother line.' });
    const { page } = await device(COORDINATOR);
    await page.goto(`/board/items/${number}`);
    await expect(page.locator('textarea#description')).toHaveValue(/One line/);
    line.cut();
    await page.locator('textarea#description').fill('My line.\n\nSame.\n\nAnother line.');
    await expect(page.getByTestId('saved')).toHaveText(en('item.waiting'));
    const other = await visitor(ASTRA);
    await other.goto(`/board/items/${number}`);
    await other.locator('textarea#description').fill('One line.\n\nSame.\n\nTheir line.');
    await expect(other.getByTestId('saved')).toHaveText(en('item.saved'));
    line.heal();
    const merge = page.getByTestId('merge');
    await expect(merge).toBeVisible({ timeout: 20_000 });
    await expect(merge.locator('ins').first()).toBeVisible();
    await expect(merge).toContainText('Their');
    await merge.getByRole('button', { name: en(`merge.${way}`) }).press('Enter');
    if (way === 'edit') {
      await expect(merge.locator('textarea')).toHaveValue('My line.\n\nSame.\n\nTheir line.');
      await merge.getByRole('button', { name: en('merge.save') }).press('Enter');
    }
    await expect(merge).toHaveCount(0);
    await expect(page.getByTestId('saved')).toHaveText(en('item.saved'));
    const text = { keep_mine: 'My line.\n\nSame.\n\nAnother line.', keep_theirs: 'One line.\n\nSame.\n\nTheir line.', edit: 'My line.\n\nSame.\n\nTheir line.' }[way];
    await expect(page.locator('textarea#description')).toHaveValue(text);
    await expect(other.locator('textarea#description')).toHaveValue(text);
  });
}

test('title and description in conflict are decided one after the other, and nothing is called saved before', async ({ device, line, office, visitor }) => {
  const [mine, theirs] = [unique('My title'), unique('Their title')];
  const number = await plant(office, unique('Both fields'), { description: 'Before.' });
  const { page } = await device(COORDINATOR);
  await page.goto(`/board/items/${number}`);
  await expect(page.locator('textarea#description')).toHaveValue('Before.');
  line.cut();
  await page.locator('#title').fill(mine);
  await page.locator('textarea#description').fill('My words.');
  await expect(page.getByTestId('saved')).toHaveText(en('item.waiting'));
  const other = await visitor(ASTRA);
  await other.goto(`/board/items/${number}`);
  await other.locator('#title').fill(theirs);
  await other.locator('textarea#description').fill('Their words.');
  await expect(other.getByTestId('saved')).toHaveText(en('item.saved'));
  line.heal();
  const merge = page.getByTestId('merge');
  for (const words of [mine, 'My words.']) {
    await expect(merge).toContainText(words, { timeout: 20_000 });
    await expect(page.getByTestId('saved')).toHaveText(en('item.not_saved'));
    await merge.getByRole('button', { name: en('merge.keep_mine') }).click();
  }
  await expect(merge).toHaveCount(0);
  await expect(page.getByTestId('saved')).toHaveText(en('item.saved'));
  await expect(other.locator('#title')).toHaveValue(mine);
  await expect(other.locator('textarea#description')).toHaveValue('My words.');
  await expect(page.locator('button.waiting')).toHaveCount(0);
});

test('two tabs write the same text offline: both texts are there to be decided', async ({ device, line, office }) => {
  const number = await plant(office, unique('Two hands'), { description: 'Before.' });
  const { context, page } = await device(COORDINATOR);
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto(`/board/items/${number}`);
    await expect(tab.locator('textarea#description')).toHaveValue('Before.');
  }
  line.cut();
  // The second tab has said something before it writes, so it does not take over what the first wrote.
  await other.locator('#due').fill('2027-03-31');
  await expect(other.getByTestId('saved')).toHaveText(en('item.waiting'));
  await page.locator('textarea#description').fill('Of the first tab.');
  await expect(page.getByTestId('saved')).toHaveText(en('item.waiting'));
  await other.locator('textarea#description').fill('Of the second tab.');
  await expect(other.getByTestId('saved')).toHaveText(en('item.waiting'));
  line.heal();
  const merge = other.getByTestId('merge');
  await expect(merge).toContainText('Of the first tab.', { timeout: 20_000 });
  await expect(merge).toContainText('Of the second tab.');
  await merge.getByRole('button', { name: en('merge.keep_mine') }).click();
  await drained(other);
  await expect(page.locator('textarea#description')).toHaveValue('Of the second tab.');
});

test('a conflict of a closed page is kept in the list, and decided there', async ({ device, line, office, visitor }) => {
  const number = await plant(office, unique('Left behind'), { description: 'Before.' });
  const { context, page } = await device(COORDINATOR);
  await page.goto(`/board/items/${number}`);
  line.cut();
  await page.locator('textarea#description').fill('Mine, and the laptop is shut.');
  await expect(page.getByTestId('saved')).toHaveText(en('item.waiting'));
  await page.close();
  const other = await visitor(ASTRA);
  await other.goto(`/board/items/${number}`);
  await other.locator('textarea#description').fill('Theirs.');
  await expect(other.getByTestId('saved')).toHaveText(en('item.saved'));
  line.heal();
  const later = await context.newPage();
  await later.goto('/board');
  await later.locator('button.waiting.bad').click();
  await later.getByRole('button', { name: en('waiting.compare') }).click();
  await later.getByTestId('merge').getByRole('button', { name: en('merge.keep_mine') }).click();
  await expect(other.locator('textarea#description')).toHaveValue('Mine, and the laptop is shut.');
  await expect(later.locator('button.waiting')).toHaveCount(0);
});

test('a right that was withdrawn meanwhile: the text is offered for copying, not dropped', async ({ device, line, office }) => {
  const number = await plant(office, unique('Put away'), { description: 'Before.' });
  const { page } = await device(COORDINATOR);
  await page.goto(`/board/items/${number}`);
  line.cut();
  await page.locator('textarea#description').fill('An hour of writing.');
  await expect(page.getByTestId('saved')).toHaveText(en('item.waiting'));
  await act(office, number, 'archive');
  line.heal();
  await expect(page.locator('.note.bad', { hasText: en('error.archived') })).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('textarea#description')).toHaveValue('An hour of writing.');
  await page.keyboard.press('Escape');
  await page.locator('button.waiting.bad').click();
  const list = page.getByTestId('waiting-list');
  await expect(list.locator('textarea')).toHaveValue('An hour of writing.');
  await list.getByRole('button', { name: en('waiting.let_go') }).click();
  await expect(list).toContainText(en('waiting.nothing'));
});

test('a right that was taken away meanwhile: the text stays where its author can copy it', async ({ device, line, office }) => {
  const number = await plant(office, unique('Handed over'), { description: 'Before.' });
  const { page } = await device(ASTRA);
  await page.goto(`/board/items/${number}`);
  line.cut();
  await page.locator('textarea#description').fill('An hour of a partner.');
  await expect(page.getByTestId('saved')).toHaveText(en('item.waiting'));
  const view = (await (await office.post('/rpc/item', { data: { number } })).json()) as {
    item: { id: string };
    frame: { organisations: { id: string; short_name: string }[] };
  };
  const lead = view.frame.organisations.find((org) => org.short_name === 'NHC')?.id;
  const command = { item: { edit: { item: view.item.id, edit: { lead } } } };
  expect((await office.post('/rpc/submit', { data: { op: crypto.randomUUID(), command } })).ok()).toBe(true);
  line.heal();
  await expect(page.locator('.note.bad', { hasText: en('error.forbidden') })).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('textarea#description')).toHaveValue('An hour of a partner.');
  await page.goto('/board');
  await page.locator('button.waiting.bad').click();
  await expect(page.getByTestId('waiting-list').locator('textarea')).toHaveValue('An hour of a partner.');
});

test('signing out with a full queue warns first, and then nothing is left on the device', async ({ device, line, office }) => {
  const number = await plant(office, unique('Not sent'));
  const { page } = await device(COORDINATOR);
  await expect(card(page, number)).toBeVisible();
  line.cut();
  await moveByMenu(page, number, 'done');
  await expect(pending(page)).toHaveAttribute('data-pending', '1');
  const signOut = async () => {
    await page.keyboard.press('Escape');
    await menu(page, en('frame.account')).click();
    await page.getByRole('button', { name: en('frame.sign_out') }).click();
  };
  page.once('dialog', (dialog) => void dialog.dismiss());
  await signOut();
  await expect(pending(page)).toHaveAttribute('data-pending', '1');
  page.once('dialog', (dialog) => void dialog.accept());
  await signOut();
  // The session could not be ended, and that is said.
  await expect(page.getByText(en('waiting.sign_out_offline'))).toBeVisible();
  await expect.poll(() => kept(page)).toEqual([]);
  await expect(place(page, 'planned', number)).toBeAttached();
  line.heal();
  await expect(page.locator('[data-live]')).toHaveAttribute('data-live', 'online', { timeout: 20_000 });
  await signOut();
  await expect(page.getByRole('link', { name: en('frame.sign_in') })).toBeVisible();
  await expect.poll(() => kept(page)).toEqual([]);
});

/** What the browser keeps under our names. */
const kept = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const opened = indexedDB.open('act-board');
    await new Promise((done) => (opened.onsuccess = done));
    const all = opened.result.transaction('kept').objectStore('kept').getAllKeys();
    await new Promise((done) => (all.onsuccess = done));
    opened.result.close();
    return all.result.map(String);
  });

test('whoever else signs in sends and sees nothing of it; it waits until its author is back', async ({ device, line, office, visitor }) => {
  const number = await plant(office, unique('Belongs to one'));
  const { context, page } = await device(COORDINATOR);
  await expect(card(page, number)).toBeVisible();
  line.cut();
  await moveByMenu(page, number, 'done');
  await expect(pending(page)).toHaveAttribute('data-pending', '1');
  await page.close();
  await context.clearCookies();
  line.heal();
  const other = await context.newPage();
  await enter(other, CLCI);
  await drained(other);
  await expect(place(other, 'planned', number)).toBeAttached();
  expect((await kept(other)).filter((name) => name.startsWith('outbox'))).toHaveLength(1);
  const watcher = await visitor(ASTRA);
  await watcher.goto('/board');
  await expect(place(watcher, 'planned', number)).toBeAttached();
  await context.clearCookies();
  await enter(other, COORDINATOR);
  await drained(other);
  await expect(place(other, 'done', number)).toBeAttached();
  await expect(place(watcher, 'done', number)).toBeAttached();
});

test('a line that dies without a word is noticed, and nothing is sent twice', async ({ device, line, office, visitor }) => {
  const number = await plant(office, unique('Half open'));
  const { page } = await device(COORDINATOR);
  const other = await visitor(ASTRA);
  await other.goto('/board');
  await expect(place(other, 'planned', number)).toBeAttached();
  line.deafen();
  await moveByMenu(page, number, 'done');
  await expect(pending(page)).toHaveAttribute('data-pending', '1');
  line.heal();
  await drained(page);
  await expect(place(other, 'done', number)).toBeAttached();
});

test('a proxy that closes idle connections costs nothing', async ({ device, line, office, visitor }) => {
  const [theirs, mine] = [await plant(office, unique('Moved meanwhile')), await plant(office, unique('Moved here'))];
  const { page } = await device(COORDINATOR);
  const other = await visitor(ASTRA);
  await other.goto('/board');
  const [sockets, asked] = [listen(page), [] as string[]];
  page.on('request', (request) => {
    // A font comes when its letters are first drawn, whatever the line does.
    if (request.resourceType() !== 'font') asked.push(new URL(request.url()).pathname);
  });
  const words = await lineWords(page);
  // Shorter than the server is ever silent, so every socket is closed again and again.
  line.tire(2_000);
  for (const slug of ['in-progress', 'done', 'planned'] as const) {
    await closed(page);
    await moveWithout(office, theirs, slug);
    await expect(place(page, slug, theirs)).toBeAttached();
  }
  await closed(page);
  await moveByMenu(page, mine, 'done');
  await drained(page);
  await expect(place(other, 'done', mine)).toBeAttached();
  await expect(place(page, 'done', mine)).toBeAttached();
  expect(sockets.missed, 'changes that only the next socket could tell').toBeGreaterThan(0);
  expect(asked, 'nothing is loaded anew').toEqual(['/rpc/submit']);
  await expect(page.locator('[data-live]')).toHaveAttribute('data-live', 'online');
  expect(await words(), 'nobody is told that they are offline').not.toContain('offline');
});

/** Waits until the page's next socket is closed. */
async function closed(page: Page): Promise<void> {
  const socket = await page.waitForEvent('websocket');
  await socket.waitForEvent('close');
}

/** Counts the changes that a page's new sockets tell of the time before they were opened. */
function listen(page: Page): { missed: number } {
  const heard = { missed: 0 };
  page.on('websocket', (socket) => {
    let opened = 0;
    socket.on('framereceived', ({ payload }) => {
      const message = JSON.parse(String(payload)) as { hello?: { revision: number }; changed?: { entry: { revision: number } } };
      opened = message.hello?.revision ?? opened;
      if (message.changed && message.changed.entry.revision <= opened) heard.missed += 1;
    });
  });
  return heard;
}

/** Notes from now on what the page says of its line; answers how to read it. */
async function lineWords(page: Page): Promise<() => Promise<string[]>> {
  const words = await page.evaluateHandle(() => {
    const said: string[] = [];
    const note = () => said.push(document.querySelector('[data-live]')?.getAttribute('data-live') ?? 'nothing');
    new MutationObserver(note).observe(document.body, { subtree: true, attributeFilter: ['data-live'], childList: true });
    return said;
  });
  return () => words.jsonValue();
}

/** Moves a card without a browser. */
async function moveWithout(office: APIRequestContext, number: number, slug: Slug): Promise<void> {
  const view = (await (await office.post('/rpc/item', { data: { number } })).json()) as { frame: { statuses: { id: string; slug: string }[] } };
  const to = view.frame.statuses.find((status) => status.slug === slug)?.id ?? '';
  const done = await office.post(`/board/items/${number}`, { form: { do: 'move', to } });
  expect(done.status(), `moving item ${number} to ${slug}`).toBe(200);
}

test('a hidden tab rests when its line is cut, and is right as soon as it is seen', async ({ device, line, office }) => {
  const number = await plant(office, unique('Behind'));
  const { page } = await device(COORDINATOR);
  await expect(place(page, 'planned', number)).toBeAttached();
  const see = (state: 'hidden' | 'visible') =>
    page.evaluate((state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await see('hidden');
  let tries = 0;
  page.on('websocket', () => (tries += 1));
  line.cut();
  await page.waitForTimeout(6_000);
  expect(tries).toBeLessThanOrEqual(1);
  await act(office, number, 'archive');
  line.heal();
  const start = Date.now();
  await see('visible');
  await expect(page.getByTestId(`item-${number}`)).toHaveCount(0);
  console.log(`right again ${Date.now() - start} ms after it was seen`);
});

test('after the limit of a session the board is locked, and the queue waits for its author', async ({ device, line, office }) => {
  const number = await plant(office, unique('A month in a drawer'));
  const { context, page } = await device(COORDINATOR);
  await expect(place(page, 'planned', number)).toBeAttached();
  line.cut();
  await moveByMenu(page, number, 'done');
  await expect(pending(page)).toHaveAttribute('data-pending', '1');
  await page.close();
  const later = await context.newPage();
  await later.clock.setFixedTime(Date.now() + 31 * 24 * 60 * 60 * 1000);
  await later.goto('/board');
  await expect(later.getByText(en('error.offline')).first()).toBeVisible();
  await expect(later.getByTestId(`item-${number}`)).toHaveCount(0);
  expect((await kept(later)).map((name) => name.split(' ')[0])).toEqual(['outbox']);
  await later.close();
  line.heal();
  const again = await context.newPage();
  await enter(again, COORDINATOR);
  await drained(again);
  await expect(place(again, 'done', number)).toBeAttached();
});

test('a page that is open when the session is over shows nothing of the plan any more', async ({ device, line, office }) => {
  const number = await plant(office, unique('Left open on a table'));
  const { page } = await device(COORDINATOR);
  await expect(place(page, 'planned', number)).toBeAttached();
  line.cut();
  await page.clock.setFixedTime(Date.now() + 31 * 24 * 60 * 60 * 1000);
  // As when somebody comes back to it.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(page.getByText(en('error.offline')).first()).toBeVisible();
  await expect(card(page, number)).toHaveCount(0);
});

test('a new version takes the place of the old one whole', async ({ device, line, server }) => {
  const { page } = await device(COORDINATOR);
  const program = () =>
    page.evaluate(async () => {
      const shell = await (await caches.match('/shell'))?.text();
      const files = [...new Set(shell?.match(/\/assets\/[\w.-]+/g))];
      const all = await Promise.all(files.map((file) => caches.match(file)));
      return { files: files.sort(), whole: all.every(Boolean), workers: (await caches.keys()).length };
    });
  const before = await program();
  expect(before.whole).toBe(true);
  await server.restart(join(__dirname, '../../target/site-debug'));
  await page.goto('/board');
  await expect(page.locator('body[data-hydrated]')).toBeAttached();
  await expect.poll(async () => (await program()).files.join()).not.toBe(before.files.join());
  await expect.poll(program).toMatchObject({ whole: true, workers: 1 });
  const after = (await program()).files;
  const shown = await page.evaluate(() => [...document.querySelectorAll('link[rel=stylesheet]')].map((one) => one.getAttribute('href')));
  for (const file of shown) expect(after).toContain(file);
  line.cut();
  await page.reload();
  await expect(page.getByTestId('from-device')).toBeVisible();
  line.heal();
  await server.restart();
});

test('the kept page holds nothing of anybody', async ({ page, office, server }) => {
  const title = unique('Secret draft');
  await plant(office, title, { published: false });
  const answer = await page.request.get('/shell');
  expect(answer.ok()).toBe(true);
  const html = await answer.text();
  for (const word of [title, 'ASTRA', 'coordinator', 'Action plan']) expect(html).not.toContain(word);
  expect(answer.headers()['content-security-policy']).toContain("script-src 'nonce-");
  const worker = await page.request.get('/sw.js');
  expect(worker.headers()['cache-control']).toBe('no-cache');
  expect(await worker.text()).not.toContain('__BUILD__');
  expect(server.url).toBeTruthy();
});

test('somebody who was faster is told on the card itself', async ({ device, visitor, office }) => {
  const number = await plant(office, unique('Overtaken'));
  const { page } = await device(COORDINATOR);
  const other = await visitor(ASTRA);
  await other.goto('/board');
  await expect(place(other, 'planned', number)).toBeAttached();
  await moveByMenu(page, number, 'in_progress');
  await expect(place(other, 'in-progress', number)).toBeAttached();
  await moveByMenu(other, number, 'done');
  const note = page.locator('li', { has: page.getByTestId(`item-${number}`) }).getByTestId('overtaken');
  await expect(note).toContainText('ASTRA');
  await expect(note).toContainText(en('status.done'));
});
