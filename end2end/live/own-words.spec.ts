// Without a connection: whoever writes on in a text of their own finds it as they left it.
import { type Page } from '@playwright/test';
import { card, plant, unique } from '../board';
import { COORDINATOR } from '../people';
import { type Proxy } from '../proxy';
import { en } from '../texts';
import { expect, test } from './devices';
import { focusCard, goOnline } from './hands';

test.use({ scene: 'live-own-words' });
test.slow();

const drained = (page: Page) => expect(page.locator('[data-pending]')).toHaveAttribute('data-pending', '0', { timeout: 30_000 });

async function openCard(page: Page, number: number): Promise<void> {
  await focusCard(page, number);
  await page.keyboard.press('Enter');
  await expect(page.locator('#title')).toBeVisible();
}

async function closeCard(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog.item-dialog')).toHaveCount(0);
}

/** Without a line, the item says what was saved last, and whoever writes on is in conflict with nobody. */
async function goesOn(page: Page, line: Proxy, number: number, first: string): Promise<void> {
  line.cut();
  await openCard(page, number);
  await expect(page.locator('#title')).toHaveValue(first);
  await page.locator('#title').fill(`${first}, and on`);
  await expect(page.getByTestId('saved')).toHaveText(en('item.waiting'));
  line.heal();
  await drained(page);
  await expect(page.getByTestId('saved')).toHaveText(en('item.saved'));
  await expect(page.getByTestId('merge')).toHaveCount(0);
  await expect(page.locator('button.waiting')).toHaveCount(0);
}

test('what was saved a moment before the line was cut is there, and can be written on', async ({ device, line, office }) => {
  const [number, first] = [await plant(office, unique('A moment before')), unique('Just saved')];
  const { page } = await device(COORDINATOR);
  await openCard(page, number);
  await page.locator('#title').fill(first);
  await expect(page.getByTestId('saved')).toHaveText(en('item.saved'));
  await closeCard(page);
  await goesOn(page, line, number, first);
});

test('what was saved while there was no socket is kept, and can be written on', async ({ device, line, office }) => {
  const [number, first] = [await plant(office, unique('No socket')), unique('Saved by its answer')];
  const { context, page } = await device(COORDINATOR);
  let refuses = false;
  await context.routeWebSocket(/\/live/, (socket) => void (refuses ? socket.close() : socket.connectToServer()));
  await goOnline(page);
  // From now on the page goes by what it is told, and asks for no texts any more.
  const seen = unique('Seen');
  await plant(office, seen);
  await expect.poll(() => keptTexts(page)).toContain(seen);
  await openCard(page, number);
  refuses = true;
  line.cut();
  await page.locator('#title').fill(first);
  await expect(page.getByTestId('saved')).toHaveText(en('item.waiting'));
  line.heal();
  await drained(page);
  await expect(page.getByTestId('saved')).toHaveText(en('item.saved'));
  await closeCard(page);
  refuses = false;
  await expect(page.locator('[data-live]')).toHaveAttribute('data-live', 'online', { timeout: 40_000 });
  // A later change has the board kept once more.
  const later = await plant(office, unique('Later'));
  await expect(card(page, later)).toBeAttached();
  await expect.poll(() => keptTexts(page), { timeout: 20_000 }).toContain(first);
  await goesOn(page, line, number, first);
});

test('what was saved is not forgotten when the texts could not be asked for', async ({ device, line, office }) => {
  const [number, first] = [await plant(office, unique('No texts')), unique('Saved all the same')];
  const { context, page } = await device(COORDINATOR);
  let asked = 0;
  await context.route('**/rpc/texts', (route) => {
    asked += 1;
    return route.abort();
  });
  // A board that was loaded anew has its texts asked for.
  await page.reload();
  await expect(page.locator('[data-live]')).toHaveAttribute('data-live', 'online');
  await openCard(page, number);
  await page.locator('#title').fill(first);
  await expect(page.getByTestId('saved')).toHaveText(en('item.saved'));
  await closeCard(page);
  const before = asked;
  await plant(office, unique('Has the board kept once more'));
  await expect.poll(() => asked, { timeout: 20_000 }).toBeGreaterThan(before);
  await goesOn(page, line, number, first);
});

/** The texts that the browser keeps. */
const keptTexts = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const opened = indexedDB.open('act-board');
    await new Promise((done) => (opened.onsuccess = done));
    const store = opened.result.transaction('kept').objectStore('kept');
    const keys = store.getAllKeys();
    await new Promise((done) => (keys.onsuccess = done));
    const key = keys.result.find((name) => String(name).startsWith('texts '));
    const texts = store.get(key as IDBValidKey);
    await new Promise((done) => (texts.onsuccess = done));
    opened.result.close();
    return JSON.stringify(texts.result);
  });
