// The framework under the hand: results follow keys and pointers, and what others do comes by itself.
import { type Page } from '@playwright/test';
import { expect, open, test } from '../fixtures';
import { COORDINATOR } from '../people';
import { answered, send } from '../results';
import { en } from '../texts';

test.use({ scene: 'live-framework' });
test.describe.configure({ mode: 'serial' });

const row = (page: Page, code: string) => page.locator(`.tree > li[data-code="${code}"]`);

test('a result in hand follows the arrow keys, says where it is, and can be put back', async ({ page, become }) => {
  await become(COORDINATOR);
  await open(page, '/results/framework');
  const moved = (await row(page, 'Op 1.1').locator('.statement').textContent()) ?? '';
  const grip = row(page, 'Op 1.1').locator('.grip');
  await grip.focus();
  await page.keyboard.press('Space');
  await expect(page.getByTestId('tree-said')).toContainText('Op 1.1');
  await page.keyboard.press('ArrowDown');
  await expect(row(page, 'Op 1.2')).toHaveClass(/lands-below/);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('tree-said')).toHaveText(en('framework.put_back'));
  await expect(grip).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(row(page, 'Op 1.2').locator('.statement')).toHaveText(moved);
  await answered(page);
  await expect(row(page, 'Op 1.2').locator('.grip')).toBeFocused();
  await page.reload();
  await expect(row(page, 'Op 1.2').locator('.statement')).toHaveText(moved);
});

test('a result is dragged to another place', async ({ page, become }) => {
  await become(COORDINATOR);
  await open(page, '/results/framework');
  const moved = (await row(page, 'Op 1.2').locator('.statement').textContent()) ?? '';
  const from = await row(page, 'Op 1.2').locator('.grip').boundingBox();
  const above = await row(page, 'Oc 1').locator('.tree-row').boundingBox();
  if (!from || !above) throw new Error('not drawn');
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2, above.y + above.height + 4, { steps: 8 });
  await expect(row(page, 'Oc 1')).toHaveClass(/lands-below/);
  await page.mouse.up();
  await expect(row(page, 'Op 1.1').locator('.statement')).toHaveText(moved);
  await answered(page);
});

test('what another coordinator adds comes by itself', async ({ page, become, visitor }) => {
  await become(COORDINATOR);
  await open(page, '/results/framework');
  await expect(page.locator('[data-live]')).toHaveAttribute('data-live', 'online');
  const other = await visitor(COORDINATOR);
  await open(other, '/results/nodes/new');
  await other.locator('[name=title]').fill('An impact from elsewhere');
  await other.locator('button[value=add-node]').click();
  await expect(page.getByText('An impact from elsewhere')).toBeVisible();
  await send(page, page.locator('.tree > li', { hasText: 'An impact from elsewhere' }).locator('button[value=remove-node]'));
  await expect(other.getByText('An impact from elsewhere')).toHaveCount(0);
});
