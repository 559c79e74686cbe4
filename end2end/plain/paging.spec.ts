// A plan of 400 items stays readable without scripts, which would load all of its cards.
import { card, column, numbers } from '../board';
import { expect, open, test } from '../fixtures';
import { en } from '../texts';

test.use({ demoItems: 400, scene: 'paging' });

test('a long column shows 50 items and leads to the next 50, until the last', async ({ page }) => {
  await open(page, '/board');
  const planned = column(page, 'planned');
  const total = Number(await planned.locator('.column-head .count').innerText());
  expect(total).toBeGreaterThan(100);
  const seen: number[] = [];
  for (let first = 1; first <= total; first += 50) {
    const last = Math.min(first + 49, total);
    await expect(planned.locator('.pager')).toContainText(en('board.range', { first, last, total }));
    await expect(planned.getByTestId(/^item-/)).toHaveCount(last - first + 1);
    const cards = await planned.getByTestId(/^item-/).evaluateAll((all) => all.map((one) => one.getAttribute('data-testid')));
    seen.push(...cards.map((id) => Number(id?.slice(5))));
    const next = planned.locator('a[rel=next]');
    if (last === total) await expect(next).toHaveCount(0);
    else {
      await expect(next).toHaveText(en('board.next', { count: Math.min(50, total - last) }));
      await next.click();
    }
  }
  expect(new Set(seen).size, 'every item is shown once').toBe(total);
  await expect(planned.locator('a[rel=prev]')).toHaveText(en('board.previous', { count: 50 }));
});

test('a page of one column leaves the others alone, and can be sent to a colleague', async ({ page, visitor }) => {
  await open(page, '/board');
  await column(page, 'done').locator('a[rel=next]').click();
  await expect(page).toHaveURL((url) => url.searchParams.get('page-done') === '2');
  await expect(column(page, 'done').locator('.pager')).toContainText('51–');
  await expect(column(page, 'planned').locator('.pager')).toContainText('1–50');
  const colleague = await visitor();
  await open(colleague, page.url());
  expect(await numbers(colleague)).toEqual(await numbers(page));
});

test('a filter begins at its first page, whatever page was read before', async ({ page }) => {
  await open(page, '/board?page-planned=3');
  await page.getByLabel(en('filter.search')).fill('lawyers');
  await page.getByLabel(en('filter.search')).press('Enter');
  await expect(page).toHaveURL(/q=lawyers/);
  await expect(card(page, 24)).toBeVisible();
  await expect(page).not.toHaveURL(/page-planned/);
});

test('a page that no longer exists says so and leads back, instead of looking empty', async ({ page }) => {
  await open(page, '/board?page-planned=99');
  await column(page, 'planned').locator('a[rel=prev]').click();
  await expect(column(page, 'planned').getByTestId(/^item-/).first()).toBeVisible();
});
