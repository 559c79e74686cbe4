// The work goes on: to another status, into the archive and back.
import { card, column, plant, press, unique } from '../board';
import { expect, open, test } from '../fixtures';
import { ASTRA, COORDINATOR } from '../people';
import { en } from '../texts';

test('a moved item is found in its new status, also after the server lost its power', async ({ page, become, office, server, noise }) => {
  const number = await plant(office, unique('Moved'));
  await become(ASTRA);
  await open(page, `/board/items/${number}`);
  await page.getByLabel(en('item.move_to')).selectOption({ label: en('status.in_progress') });
  await press(page, en('item.do_move'));
  await expect(page.getByLabel(en('item.move_to')).locator('option')).toHaveText([en('status.planned'), en('status.done')]);

  noise.cut = true;
  await server.restart();
  await open(page, '/board');
  await expect(column(page, 'in-progress').getByTestId(`item-${number}`)).toBeVisible();
  await expect(column(page, 'planned').getByTestId(`item-${number}`)).toHaveCount(0);
});

test('what is no longer needed goes to the archive, and comes back from it', async ({ page, become, office, visitor }) => {
  const title = unique('Put away');
  const number = await plant(office, title);
  await become(COORDINATOR);
  await open(page, `/board/items/${number}`);
  await press(page, en('item.archive'));
  await expect(page.getByText(en('item.archived'))).toBeVisible();
  await expect(page.getByRole('link', { name: en('item.edit') })).toHaveCount(0);

  const anybody = await visitor();
  await open(anybody, '/board');
  await expect(card(anybody, 1)).toBeVisible();
  expect(await anybody.content()).not.toContain(title);

  await page.locator('main').getByRole('link', { name: en('board.back') }).click();
  await expect(page).toHaveURL('/board');
  await expect(card(page, 1)).toBeVisible();
  await expect(card(page, number)).toHaveCount(0);
  await page.getByRole('link', { name: en('board.archive'), exact: true }).click();
  await expect(page).toHaveURL('/board?archived=1');
  await expect(column(page, 'planned').getByTestId(`item-${number}`)).toContainText(title);
  await expect(card(page, 1)).toHaveCount(0);

  await card(page, number).getByRole('link').click();
  await expect(page).toHaveURL(`/board/items/${number}`);
  await press(page, en('item.restore'));
  await expect(page.getByText(en('item.published'))).toBeVisible();
  await open(anybody, '/board');
  await expect(column(anybody, 'planned').getByTestId(`item-${number}`)).toContainText(title);
});

test('whoever reads the archive is told so, and does not take it for the board', async ({ page, become }) => {
  await become(ASTRA);
  await open(page, '/board?archived=1');
  await expect(page.getByRole('heading', { level: 1, name: en('board.archive') })).toBeVisible();
  await expect(page).toHaveTitle(new RegExp(en('board.archive')));
});
