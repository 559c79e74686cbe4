// What hands do on the live board.
import { type Locator, type Page, expect } from '@playwright/test';
import { type Slug, card, column } from '../board';
import { open } from '../fixtures';
import { DONOR } from '../people';

/** Opens the board and waits until every card is there; members also until they are online. */
export async function goLive(page: Page, path = '/board', member = true): Promise<void> {
  await open(page, path);
  if (member) await expect(page.locator('[data-live]')).toHaveAttribute('data-live', 'online');
  await expect(page.locator('.pager')).toHaveCount(0);
}

/** Opens the board and waits until it would open without a line, too. */
export async function goOnline(page: Page, path = '/board'): Promise<void> {
  await page.goto(path);
  await expect(page.locator('[data-live]')).toHaveAttribute('data-live', 'online');
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const shell = await caches.match('/shell');
        const opened = indexedDB.open('act-board');
        await new Promise((done) => (opened.onsuccess = done));
        const kept = opened.result.transaction('kept').objectStore('kept').getAllKeys();
        await new Promise((done) => (kept.onsuccess = done));
        opened.result.close();
        return Boolean(shell && navigator.serviceWorker.controller) && ['board ', 'texts '].every((name) => kept.result.some((key) => String(key).startsWith(name)));
      }),
    )
    .toBe(true);
}

/** Nothing waits to be sent any more. */
export async function sent(page: Page): Promise<void> {
  await expect(page.locator('[data-pending]')).toHaveAttribute('data-pending', '0');
}

export const place = (page: Page, slug: Slug, number: number): Locator => column(page, slug).getByTestId(`item-${number}`);

/** The middle of an element. */
export async function middle(target: Locator): Promise<{ x: number; y: number }> {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (!box) throw new Error('it is not on the screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Lifts a card by mouse and carries it over another place, without letting go. */
export async function carry(page: Page, number: number, to: Locator): Promise<void> {
  const from = await middle(card(page, number));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 12, from.y + 6);
  const { x, y } = await middle(to);
  await page.mouse.move(x, y, { steps: 8 });
  await expect(page.locator('.drop-place')).toHaveCount(1);
}

type Visit = (email?: string) => Promise<Page>;

/** A reader of another role sees the card there now, and anybody finds it there after the server was killed. */
export async function stays(visitor: Visit, server: { restart: () => Promise<void> }, slug: Slug, number: number): Promise<void> {
  const donor = await visitor(DONOR);
  await goLive(donor);
  await expect(place(donor, slug, number)).toBeAttached();
  await server.restart();
  const later = await visitor();
  await goLive(later, '/board', false);
  await expect(place(later, slug, number)).toBeAttached();
}

/** The card that has the focus. */
export const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.closest('article')?.getAttribute('data-testid') ?? null);

/** Puts the focus on a card without scrolling by mouse. */
export async function focusCard(page: Page, number: number): Promise<void> {
  await card(page, number).getByRole('link').focus();
}

/** Numbers of a column's drawn cards in their order. */
export async function order(page: Page, slug: Slug): Promise<number[]> {
  const ids = await column(page, slug).locator('[data-testid^="item-"]').evaluateAll((all) => all.map((one) => one.getAttribute('data-testid')));
  return ids.map((id) => Number(id?.slice(5)));
}
