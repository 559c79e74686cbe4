// Words are found in every spelling of the region.
import { numbers, plant } from '../board';
import { expect, open, test } from '../fixtures';
import { COORDINATOR } from '../people';
import { en } from '../texts';

test('a title is found however its letters are written', async ({ page, become, office }) => {
  const latin = await plant(office, 'Plan za žetvu', { published: false });
  const cyrillic = await plant(office, 'Мала жетва', { published: false });
  await become(COORDINATOR);
  for (const written of ['zetv', 'žetv', 'жетв', 'ŽETV']) {
    await open(page, '/board');
    await page.getByLabel(en('filter.search')).fill(written);
    await page.getByLabel(en('filter.search')).press('Enter');
    await expect(page).toHaveURL(/[?&]q=/);
    await expect.poll(() => numbers(page)).toEqual([latin, cyrillic]);
    await expect(page.getByLabel(en('filter.search'))).toHaveValue(written);
  }
});

test('an item is found by its number and by who takes part', async ({ page }) => {
  for (const [written, number] of [['#24', 24], ['24', 24], ['clci lawyers', 24]] as const) {
    await open(page, `/board?q=${encodeURIComponent(written)}`);
    await expect(page.getByLabel(en('filter.search'))).toHaveValue(written);
    expect(await numbers(page)).toContain(number);
    await expect(page.getByTestId('item-1')).toHaveCount(0);
  }
});
