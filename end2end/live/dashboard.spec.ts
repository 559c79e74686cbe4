// The dashboard on a screen that stays open.
import { plant, unique } from '../board';
import { open } from '../fixtures';
import { COORDINATOR, DONOR } from '../people';
import { counted } from '../texts';
import { expect, test } from './devices';

test.use({ scene: 'live-dashboard' });

for (const [who, email] of [['a coordinator', COORDINATOR], ['a donor', DONOR]] as const) {
  test(`${who} sees what becomes late elsewhere, without a reload`, async ({ page, become, office }) => {
    await become(email);
    await open(page, '/dashboard');
    await expect(page.locator('[data-live]')).toHaveAttribute('data-live', 'online');
    const late = Number(await page.locator('.figure .number').nth(1).textContent());
    const number = await plant(office, unique('Late elsewhere'), { due: '2026-12-01' });
    await expect(page.locator('#late-title')).toHaveText(counted('en', 'dashboard.late', late + 1));
    await expect(page.locator(`a[href="/board/items/${number}"]`).first()).toBeVisible();
  });
}
