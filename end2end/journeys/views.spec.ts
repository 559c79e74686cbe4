// The board as a table and as a timeline: the same items through the same filter, and bars that are moved.
import { type Page } from '@playwright/test';
import { plant, unique } from '../board';
import { expect, open, test } from '../fixtures';
import { COORDINATOR } from '../people';
import { en } from '../texts';

test.use({ scene: 'journeys-views' });

const rows = (page: Page) => page.locator('tbody tr[data-row]');

test('table and timeline show what the board shows through the same filter', async ({ page }) => {
  await open(page, '/board?objective=O4');
  const titles = (await page.locator('article.card h3').allInnerTexts()).sort();
  expect(titles.length).toBeGreaterThan(3);
  for (const [name, view] of [['views.table', 'table'], ['views.timeline', 'timeline']] as const) {
    await page.getByRole('link', { name: en(name), exact: true }).click();
    await expect(page).toHaveURL(`/board?objective=O4&view=${view}`);
    await expect(rows(page)).toHaveCount(titles.length);
    expect((await page.locator('.item-link').allInnerTexts()).sort()).toEqual(titles);
    await expect(page.getByRole('link', { name: en(name), exact: true })).toHaveAttribute('aria-current', 'page');
  }
  await page.locator('.views').getByRole('link', { name: en('views.board') }).click();
  await expect(page.locator('article.card')).toHaveCount(titles.length);
});

test('a filter keeps the view, and an item opens from it', async ({ page }) => {
  await open(page, '/board?view=table');
  await page.locator('select[name=objective]').selectOption('O2');
  const apply = page.getByRole('button', { name: en('filter.apply') });
  if (await apply.isVisible()) await apply.click();
  await expect(page).toHaveURL(/objective=O2/);
  await expect(page).toHaveURL(/view=table/);
  await expect(rows(page)).toHaveCount(7);
  await page.locator('.item-link', { hasText: 'Train expert teams' }).click();
  await expect(page).toHaveURL('/board/items/9');
});

test('whoever may not write sees no draft, and nothing that can be moved', async ({ page, office }) => {
  const title = unique('Draft in a table');
  await plant(office, title, { due: '2026-12-20', published: false });
  for (const view of ['table', 'timeline']) {
    await open(page, `/board?view=${view}`);
    await expect(rows(page).first()).toBeVisible();
    expect(await page.content()).not.toContain(title);
    await expect(page.locator('[role=slider]')).toHaveCount(0);
  }
});

test('a late bar says so', async ({ page }) => {
  await open(page, '/board?view=timeline&due=late');
  await expect(page.locator('.timeline-row .work.late')).toHaveCount(await rows(page).count());
  await expect(page.locator('.timeline-row .work').first()).toHaveAttribute('aria-label', /\d{4} to \d.*\d{4}$/);
});
