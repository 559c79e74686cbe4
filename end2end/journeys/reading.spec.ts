// What anybody reads, signed in or not.
import { button, card, column, itemTitle } from '../board';
import { expect, open, test } from '../fixtures';
import { counted, en } from '../texts';

test('a visitor sees at a glance what an item is, who leads it, and how late it is', async ({ page }) => {
  await open(page, '/board');
  const late = column(page, 'in-progress').getByTestId('item-8');
  await expect(late.getByRole('heading')).toHaveText('Adapt the tool to national law');
  await expect(late).toContainText('O2');
  await expect(late).toContainText('#8');
  await expect(late).toContainText(counted('en', 'due.late', 76));
  await expect(late).toContainText(en('card.progress', { current: 3, target: 5, unit: 'tools' }));
  await expect(late.locator('.partner').first()).toHaveText('CLCI');
  await expect(late).toContainText(en('card.lead', { name: 'Center for Legal Civic Initiatives' }));
  await expect(card(page, 24)).toContainText(counted('en', 'due.near', 16));
  await expect(column(page, 'planned').getByTestId('item-6')).not.toContainText(/late|due/i);
  await expect(column(page, 'done').getByTestId('item-1').locator('time')).toHaveCount(0);
});

test('a visitor opens an item and reads its description and facts', async ({ page }) => {
  await open(page, '/board');
  await card(page, 10).getByRole('link').click();
  await expect(page).toHaveURL('/board/items/10');
  await expect(itemTitle(page)).toHaveText('Data and privacy protocol');
  await expect(page).toHaveTitle(en('frame.title', { page: '#10 Data and privacy protocol' }));
  await expect(page.locator('.prose li')).toHaveCount(2);
  const facts = page.locator('.facts');
  await expect(facts).toContainText('O2 Shared monitoring instruments');
  await expect(facts).toContainText("Women's Rights Center, Montenegro");
  await expect(facts).toContainText('Netherlands Helsinki Committee, Netherlands');
  await expect(facts).toContainText('30 June 2026');
  await expect(facts).toContainText(en('card.percent', { percent: 100 }));
  await page.locator('main').getByRole('link', { name: en('board.back') }).click();
  await expect(page).toHaveURL('/board');
  await expect(card(page, 10)).toBeVisible();
});

test('a visitor is offered nothing that would be refused', async ({ page }) => {
  await open(page, '/board');
  await expect(page.getByRole('link', { name: en('board.new') })).toHaveCount(0);
  await expect(page.getByRole('link', { name: en('board.archive') })).toHaveCount(0);
  await expect(page.getByLabel(en('filter.ours'))).toHaveCount(0);
  await open(page, '/board/items/1');
  await expect(page.getByRole('link', { name: en('item.edit') })).toHaveCount(0);
  await expect(button(page, en('item.do_move'))).toHaveCount(0);
});

test('a column without items says so', async ({ page }) => {
  await open(page, '/board?q=nowhere-in-this-plan');
  for (const slug of ['planned', 'in-progress', 'done'] as const) {
    await expect(column(page, slug)).toContainText(en('board.empty_filtered'));
  }
});

test('a wrong address says what may be wrong and leads back to the board', async ({ page, refused }) => {
  for (const path of ['/board/items/99999', '/board/items/x', '/nowhere']) {
    await refused(page, 404, () => page.goto(path));
    await expect(page.getByRole('heading', { level: 1, name: en('error.not_found') })).toBeVisible();
    await expect(page).toHaveTitle(en('frame.title', { page: en('error.not_found') }));
  }
  await page.getByRole('link', { name: en('error.home') }).click();
  await expect(page).toHaveURL('/board');
  await expect(card(page, 1)).toBeVisible();
});

test('a demonstration says that it is one', async ({ page }) => {
  await open(page, '/board');
  await expect(page.getByText(en('frame.demo'))).toBeVisible();
});
