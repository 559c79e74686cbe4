// Results on a screen that stays open: what is approved elsewhere comes by itself, and nothing before.
import { type Locator, type Page } from '@playwright/test';
import { arrive, expect, open, test } from '../fixtures';
import { COORDINATOR, DONOR } from '../people';

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
  await arrive(office, () => card.locator('button[value=submit]').click());
  await expect(page.getByText('999.5')).toHaveCount(0);
  await arrive(office, () => card.locator('button[value=approve]').click());
  await expect(page.getByText('999.5').first()).toBeVisible();
});
