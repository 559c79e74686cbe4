// Without a mouse.
import { type Page } from '@playwright/test';
import { itemTitle } from '../board';
import { arrive, expect, hasScripts, open, settled, test } from '../fixtures';
import { COORDINATOR, PASSWORD } from '../people';
import { en } from '../texts';

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, selector: string): Promise<void> {
  const there = page.locator(selector);
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    if (await there.evaluateAll((found) => found.includes(document.activeElement as Element))) return;
  }
  throw new Error(`Tab never reaches ${selector}`);
}

test('a member signs in and opens an item by keyboard alone', async ({ page }) => {
  await open(page, '/board');
  await tabTo(page, 'a[href="/sign-in"]');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(en('sign_in.title'));
  await settled(page);
  await tabTo(page, '#email');
  await page.keyboard.type(COORDINATOR);
  await tabTo(page, '#password');
  await page.keyboard.type(PASSWORD);
  await arrive(page, () => page.keyboard.press('Enter'));
  if (hasScripts()) {
    // One stop a column; from there by arrows.
    await tabTo(page, '[data-testid="item-6"] a');
    await page.keyboard.press('ArrowDown');
  } else await tabTo(page, '[data-testid="item-12"] a');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/board/items/12');
  await expect(itemTitle(page)).toHaveText('Peer-review pilot reports');
});

test('the first Tab offers to skip the bar, and does', async ({ page }) => {
  await open(page, '/board');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: en('frame.skip') });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#main$/);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
});

test('a menu opens, chooses and closes by keyboard', async ({ page }) => {
  await open(page, '/board');
  await tabTo(page, '.menu summary');
  await page.keyboard.press('Enter');
  await tabTo(page, 'button[value="sr-Latn"]');
  await (hasScripts() ? page.keyboard.press('Enter') : arrive(page, () => page.keyboard.press('Enter')));
  await expect(page.locator('html')).toHaveAttribute('lang', 'sr-Latn');
  await expect(page.locator('.menu[open]')).toHaveCount(0);
});
