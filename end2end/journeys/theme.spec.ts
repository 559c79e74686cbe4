// Light, dark, or as the device.
import { type Page } from '@playwright/test';
import { choose as chooseIn, menu } from '../board';
import { expect, open, settled, test } from '../fixtures';
import { en } from '../texts';

const paper = (page: Page): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

const choose = (page: Page, theme: string): Promise<void> => chooseIn(page, en('frame.theme'), theme);

test('whoever chooses dark keeps it, on every page and after coming back', async ({ page }) => {
  await open(page, '/board');
  const light = await paper(page);
  await choose(page, 'dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const dark = await paper(page);
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await paper(page)).toBe(dark);
  await open(page, '/sign-in');
  expect(await paper(page)).toBe(dark);
  await menu(page, en('frame.theme')).click();
  await expect(page.locator('button[value=dark]')).toHaveAttribute('aria-pressed', 'true');
});

test('without a choice the page is as dark as the device', async ({ visitor }) => {
  const [light, dark] = [await visitor(undefined, { colorScheme: 'light' }), await visitor(undefined, { colorScheme: 'dark' })];
  await open(light, '/board');
  await open(dark, '/board');
  expect(await paper(light)).not.toBe(await paper(dark));
  const chosen = await paper(light);
  await choose(dark, 'light');
  expect(await paper(dark), 'a choice wins over the device').toBe(chosen);
  await choose(dark, 'system');
  expect(await paper(dark)).not.toBe(chosen);
});

test('choosing an appearance leaves one where one was, filter and all', async ({ page }) => {
  await open(page, '/board?objective=O2&q=brief');
  await choose(page, 'dark');
  await expect(page).toHaveURL('/board?objective=O2&q=brief');
});

test('an appearance chosen after following a link does not lead back to where one came from', async ({ page }) => {
  await open(page, '/board');
  await page.getByRole('link', { name: en('frame.sign_in'), exact: true }).click();
  await expect(page).toHaveURL('/sign-in');
  await settled(page);
  await choose(page, 'dark');
  await expect(page).toHaveURL('/sign-in');
});
