// A plan of 4,000 items: all of it can be reached, and little of it is drawn.
import { card, column } from '../board';
import { expect, test } from '../fixtures';
import { COORDINATOR } from '../people';
import { en } from '../texts';
import { carry, focusCard, focused, goLive, order, sent } from './hands';

test.use({ demoItems: 4000, scene: 'live-size' });
test.slow();

test('it is scrolled to its end, searched and moved, and never drawn whole', async ({ page, become, visitor }) => {
  await become(COORDINATOR);
  await goLive(page);
  const elements = () => page.evaluate(() => document.querySelectorAll('*').length);
  expect(await elements()).toBeLessThan(3000);
  const planned = column(page, 'planned');
  const total = Number(await planned.locator('.column-head .count').innerText());
  expect(total).toBeGreaterThan(1000);
  await expect(planned.locator('li[aria-setsize]').first()).toHaveAttribute('aria-setsize', String(total));
  await planned.evaluate((column) => (column.scrollTop = column.scrollHeight));
  await expect(planned.locator(`li[aria-posinset="${total}"]`)).toBeInViewport();
  expect(await elements()).toBeLessThan(3000);

  await page.getByLabel(en('filter.search')).fill('#3999');
  await expect(card(page, 3999)).toBeVisible();
  await expect(page.locator('.filter-count')).toContainText('1 of 4,000 items'.replace(',', ''));
  const other = await visitor(COORDINATOR);
  await goLive(other, '/board?q=%233999');
  await focusCard(page, 3999);
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { disabled: false }).first().click();
  await sent(page);
  const where = (on: typeof page) => on.locator('.column', { has: card(on, 3999) }).getAttribute('data-testid');
  await expect.poll(() => where(other)).toBe(await where(page));
});

test('the keyboard reaches the last card of a long column, and comes back', async ({ page, become }) => {
  await become(COORDINATOR);
  await goLive(page);
  const first = Number((await order(page, 'planned'))[0]);
  await focusCard(page, first);
  await page.keyboard.press('End');
  const total = await column(page, 'planned').locator('.column-head .count').innerText();
  const place = () => page.evaluate(() => document.activeElement?.closest('li')?.getAttribute('aria-posinset') ?? '');
  await expect.poll(place).toBe(total);
  await page.keyboard.press('ArrowUp');
  await expect.poll(place).toBe(String(Number(total) - 1));
  await page.keyboard.press('Home');
  await expect.poll(() => focused(page)).toBe(`item-${first}`);
});

test('a card is dropped far below where it was lifted', async ({ page, become }) => {
  await become(COORDINATOR);
  await goLive(page);
  const first = Number((await order(page, 'planned'))[0]);
  await carry(page, first, column(page, 'done').locator('li[aria-posinset="2"]'));
  const done = await column(page, 'done').boundingBox();
  // Near the lower edge the column scrolls by itself.
  await page.mouse.move((done?.x ?? 0) + 100, (done?.y ?? 0) + (done?.height ?? 0) - 8);
  await expect.poll(() => column(page, 'done').evaluate((column) => column.scrollTop)).toBeGreaterThan(2000);
  await page.mouse.up();
  await expect(column(page, 'done').getByTestId(`item-${first}`)).toBeVisible();
  await sent(page);
});
