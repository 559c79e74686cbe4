// The public page: complete without scripts, the same to everybody, and nothing of a draft in it.
import { plant, unique } from '../board';
import { expect, open, test } from '../fixtures';
import { COORDINATOR } from '../people';
import { en } from '../texts';

test.use({ scene: 'journeys-public' });

test('anybody reads what the network is, what it plans, how far it is and who takes part', async ({ page }) => {
  await open(page, '/');
  await expect(page).toHaveTitle('Balkans ACT Now!');
  await expect(page.locator('h1')).toHaveText('Balkans ACT Now!');
  await expect(page.locator('.lead')).toContainText('6 organisations from 6 countries');
  await expect(page.locator('.objectives li')).toHaveCount(5);
  await expect(page.locator('.who li')).toHaveCount(6);
  await expect(page.locator('.region .land')).toHaveCount(6);
  for (const property of ['og:title', 'og:description', 'og:type']) {
    await expect(page.locator(`meta[property="${property}"]`)).toHaveAttribute('content', /\w/);
  }
  const image = await page.locator('meta[property="og:image"]').getAttribute('content');
  const picture = await page.request.get(new URL(image ?? '').pathname);
  expect([picture.headers()['content-type'], (await picture.body()).readUInt32BE(16)]).toEqual(['image/png', 1200]);
  await page.locator('.objectives a').first().click();
  await expect(page).toHaveURL('/board?objective=O1');
});

test('a draft is in no figure of it, whoever looks', async ({ page, become, office }) => {
  await open(page, '/');
  const figures = await page.locator('.figures').innerText();
  const title = unique('Draft of the public page');
  await plant(office, title, { due: '2026-12-20', published: false });
  for (const signsIn of [false, true]) {
    if (signsIn) await become(COORDINATOR);
    await open(page, '/');
    expect(await page.locator('.figures').innerText()).toBe(figures);
    expect(await page.content()).not.toContain(title);
  }
});

test('what is published shows in it', async ({ page, office }) => {
  await open(page, '/');
  const near = page.locator('.figure', { has: page.locator('a[href="/board?due=near"]') }).locator('.number');
  const before = Number(await near.textContent());
  await plant(office, unique('Published for all'), { due: '2026-12-20' });
  await open(page, '/');
  await expect(near).toHaveText(String(before + 1));
  await expect(page.locator('.figures')).not.toContainText(en('dashboard.no_indicators'));
});
