// A view of the board: narrowed, passed on, cleared. The sample's own items are counted, so the server is fresh.
import { type Locator, type Page } from '@playwright/test';
import { button, card, column, numbers } from '../board';
import { expect, hasScripts, open, settled, test } from '../fixtures';
import { CLCI } from '../people';
import { counted, en } from '../texts';

test.use({ scene: 'filters' });

/** With JavaScript a choice shows at once; without, the form's button shows it. */
async function choose(page: Page, action: () => Promise<unknown>): Promise<void> {
  await action();
  if (!hasScripts()) await button(page, en('filter.apply')).click();
}

const select = (page: Page, name: string): Locator => page.locator(`.filters select[name=${name}]`);

const count = (page: Page): Locator => page.locator('.filter-count');

async function expectItems(page: Page, expected: number[]): Promise<void> {
  await expect.poll(async () => (await numbers(page)).sort((a, b) => a - b)).toEqual(expected);
  await expect(count(page)).toContainText(counted('en', 'filter.count', 30, { shown: expected.length }));
}

for (const { what, name, value, items } of [
  { what: 'what a partner leads or takes part in', name: 'partner', value: 'CLCI', items: [1, 3, 4, 5, 7, 8, 11, 12, 13, 14, 15, 16, 20, 22, 23, 24, 25, 27, 28, 29] },
  { what: 'what concerns a country', name: 'country', value: 'NL', items: [1, 2, 3, 4, 5, 7, 9, 10, 12, 13, 15, 16, 19, 20, 26, 27, 30] },
  { what: 'one objective', name: 'objective', value: 'O2', items: [7, 8, 9, 10, 11, 12, 13] },
  { what: 'what is late', name: 'due', value: 'late', items: [8] },
  { what: 'what is due this quarter', name: 'due', value: 'quarter', items: [11, 14, 24, 27] },
]) {
  test(`a reader finds ${what}, with counts that follow`, async ({ page }) => {
    await open(page, '/board');
    await expect(count(page)).toContainText(counted('en', 'board.items', 30));
    await choose(page, () => select(page, name).selectOption(value));
    await expect(page).toHaveURL(new RegExp(`[?&]${name}=${value}(&|$)`));
    await expectItems(page, items);
    await expect(select(page, name)).toHaveValue(value);
    for (const slug of ['planned', 'in-progress', 'done'] as const) {
      const cards = await column(page, slug).getByTestId(/^item-/).count();
      await expect(column(page, slug).locator('.column-head .count')).toHaveText(String(cards));
    }
  });
}

test('a partner sees with one click what is its own', async ({ page, become }) => {
  await become(CLCI);
  await open(page, '/board');
  await choose(page, () => page.getByLabel(en('filter.ours')).check());
  await expect(page).toHaveURL(/[?&]ours=1(&|$)/);
  await expectItems(page, [1, 3, 4, 5, 7, 8, 11, 12, 13, 14, 15, 16, 20, 22, 23, 24, 25, 27, 28, 29]);
});

test('filters narrow each other, and one click clears them all', async ({ page }) => {
  await open(page, '/board');
  await choose(page, () => select(page, 'objective').selectOption('O3'));
  await expectItems(page, [14, 15, 16, 17, 18, 19, 20]);
  await choose(page, () => select(page, 'country').selectOption('NL'));
  await expectItems(page, [15, 16, 19, 20]);
  await page.getByLabel(en('filter.search')).fill('visit');
  await page.getByLabel(en('filter.search')).press('Enter');
  await expectItems(page, [16]);
  await page.getByRole('link', { name: en('filter.clear') }).click();
  await expect(page).toHaveURL('/board');
  await expect(count(page)).toHaveText(counted('en', 'board.items', 30));
  await expect(select(page, 'objective')).toHaveValue('');
  await expect(select(page, 'country')).toHaveValue('');
  await expect(page.getByLabel(en('filter.search'))).toHaveValue('');
});

test('a view sent to a colleague shows the same there', async ({ page, visitor }) => {
  await open(page, '/board');
  await choose(page, () => select(page, 'partner').selectOption('WRC'));
  await expect(page).toHaveURL(/partner=WRC/);
  await choose(page, () => select(page, 'due').selectOption('quarter'));
  await expectItems(page, [11, 14, 27]);
  const colleague = await visitor();
  await open(colleague, page.url());
  await expectItems(colleague, [11, 14, 27]);
  await expect(select(colleague, 'partner')).toHaveValue('WRC');
  await expect(select(colleague, 'due')).toHaveValue('quarter');
});

test('going back in the browser brings the wider view back', async ({ page }) => {
  await open(page, '/board');
  await choose(page, () => select(page, 'due').selectOption('late'));
  await expectItems(page, [8]);
  await page.goBack();
  await settled(page);
  await expect(count(page)).toHaveText(counted('en', 'board.items', 30));
  for (const number of [6, 8, 1]) await expect(card(page, number)).toBeVisible();
  await expect(select(page, 'due')).toHaveValue('');
});

test('whoever filters by keyboard stays at the filter that was chosen', async ({ page }) => {
  await open(page, '/board');
  await select(page, 'due').focus();
  await choose(page, () => select(page, 'due').selectOption('late'));
  await expectItems(page, [8]);
  if (hasScripts()) await expect(select(page, 'due')).toBeFocused();
});
