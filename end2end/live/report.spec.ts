// Writing a report on a page that stays open: nothing that was typed goes unasked.
import { expect, open, test } from '../fixtures';
import { COORDINATOR } from '../people';
import { en } from '../texts';

test.use({ scene: 'live-report' });

test('what was typed is asked about before a link leads on, and stays without a connection', async ({ page, become, noise, context }) => {
  await become(COORDINATOR);
  await open(page, '/report?period=2026Q3');
  const summary = page.locator('textarea[name=summary]');
  await summary.fill('Half a sentence');
  const asked: string[] = [];
  let answer: 'accept' | 'dismiss' = 'dismiss';
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog[answer]();
  });
  const link = page.getByRole('banner').getByRole('link', { name: en('frame.dashboard') });
  await link.click();
  expect(asked).toEqual([en('report.leave')]);
  await expect(page).toHaveURL(/\/report\?period=2026Q3$/);
  await expect(summary).toHaveValue('Half a sentence');

  noise.cut = true;
  await context.setOffline(true);
  await page.locator('button[value=save]').click();
  await expect(page.getByText(en('report.offline'))).toBeVisible();
  await expect(summary).toHaveValue('Half a sentence');
  await context.setOffline(false);

  answer = 'accept';
  await link.click();
  await expect(page).toHaveURL(/\/dashboard/);
  // Also for whoever comes back.
  await page.goBack();
  await expect(summary).toHaveValue('Half a sentence');
  await expect(page.getByText(en('report.still_here'))).toBeVisible();
});

test('what came back refused is asked about, too, and a step back in the browser loses nothing', async ({ page, become, refused }) => {
  await become(COORDINATOR);
  await open(page, '/dashboard');
  await page.getByRole('link', { name: en('report.of_quarter') }).click();
  const challenges = page.locator('textarea[name=challenges]');
  await challenges.fill('Call +381 11 334 7817');
  await page.goBack();
  await expect(page).toHaveURL(/\/dashboard/);
  await page.goForward();
  await expect(challenges).toHaveValue('Call +381 11 334 7817');
  await refused(page, 422, () => page.locator('button[value=save]').click());
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  await page.getByRole('banner').getByRole('link', { name: en('frame.dashboard') }).click();
  expect(asked).toEqual([en('report.leave')]);
  await expect(challenges).toHaveValue('Call +381 11 334 7817');
});
