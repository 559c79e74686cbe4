// Results on a screen that stays open: what is approved elsewhere comes by itself, and nothing before.
import { type Locator, type Page } from '@playwright/test';
import { open } from '../fixtures';
import { ASTRA, COORDINATOR, DONOR } from '../people';
import { en } from '../texts';
import { expect, test } from './devices';

test.use({ scene: 'live-results' });

/** The first indicator on the page that wants a number. */
const numbered = (page: Page): Locator => page.locator('li.reading', { has: page.locator('input[name=value][inputmode=decimal]') }).first();

test('what others approve shows on a screen that is open, without a reload', async ({ page, become, visitor }) => {
  await become(DONOR);
  await open(page, '/results?period=2027Q4');
  await expect(page.locator('[data-live]')).toHaveAttribute('data-live', 'online');
  const office = await visitor(COORDINATOR);
  const form = '/results/readings?period=2027Q4';
  await open(office, form);
  const id = await numbered(office).getAttribute('id');
  const card = office.locator(`[id="${id}"]`);
  await card.locator('[name=value]').fill('999.5');
  await card.locator('button[value=submit]').click();
  await expect(page.getByText('999.5')).toHaveCount(0);
  await card.locator('button[value=approve]').click();
  await expect(page.getByText('999.5').first()).toBeVisible();
});

test('a reading is saved as it is typed, also without a line, and Enter leads to the next', async ({ device, line }) => {
  const { page } = await device(ASTRA);
  await open(page, '/results/readings?period=2027Q2');
  const first = numbered(page);
  await first.locator('[name=value]').fill('12');
  await expect(first.getByTestId('saved')).toHaveText(en('item.saved'));
  await expect(first.locator('.state')).toHaveText(en('reading.draft'));
  line.cut();
  await first.locator('[name=narrative]').fill('Counted in the train');
  await expect(page.locator('[data-pending]')).toHaveAttribute('data-pending', '1');
  await first.locator('[name=value]').press('Enter');
  await expect(page.locator('li.reading').nth(1).locator(':focus')).toHaveCount(1);
  line.heal();
  await expect(page.locator('[data-pending]')).toHaveAttribute('data-pending', '0');
  await page.reload();
  await expect(first.locator('[name=value]')).toHaveValue('12');
  await expect(first.locator('[name=narrative]')).toHaveValue('Counted in the train');
});

test('two who write one reading see both versions, and choose', async ({ device, line, visitor }) => {
  const { page } = await device(ASTRA);
  const address = '/results/readings?period=2027Q3';
  await open(page, address);
  const mine = numbered(page);
  const id = await mine.getAttribute('id');
  line.cut();
  await mine.locator('[name=value]').fill('21');
  await expect(page.locator('[data-pending]')).toHaveAttribute('data-pending', '1');
  const other = await visitor(COORDINATOR);
  await open(other, address);
  const theirs = other.locator(`[id="${id}"]`);
  await theirs.locator('[name=value]').fill('20');
  await expect(theirs.locator('.state')).toHaveText(en('reading.draft'));
  line.heal();
  await expect(mine.getByTestId('theirs')).toContainText('20');
  await expect(mine.locator('[name=value]')).toHaveValue('21');
  await mine.locator('button[value=submit]').click();
  await expect(mine.getByTestId('theirs')).toBeVisible();
  await open(other, address);
  await expect(theirs.locator('.state'), 'nobody hands in numbers of somebody else').toHaveText(en('reading.draft'));
  await mine.getByRole('button', { name: en('merge.keep_mine') }).click();
  await expect(mine.getByTestId('theirs')).toHaveCount(0);
  await expect(mine.getByTestId('saved')).toHaveText(en('item.saved'));
  await expect(theirs.locator('[name=value]')).toHaveValue('21');
});
