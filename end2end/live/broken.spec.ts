// When the program breaks, people are told, and what they did is safe.
import { card, plant, unique } from '../board';
import { arrive, expect, test } from '../fixtures';
import { COORDINATOR } from '../people';
import { en } from '../texts';
import { goLive } from './hands';

test.use({ scene: 'live-broken' });

test('with an item open, the bar lies over the item, where it can be read and pressed', async ({ visitor, office, server, noise }) => {
  const number = await plant(office, unique('Open'));
  const page = await visitor(COORDINATOR);
  await goLive(page, `/board/items/${number}`);
  await expect(page.getByTestId('saved')).toBeVisible();
  noise.broken = true;
  await page.evaluate(() => setTimeout(() => { throw new WebAssembly.RuntimeError('as after a panic'); }));
  const reload = page.locator('#broken').getByRole('link', { name: en('frame.reload') });
  await expect(reload).toBeVisible();
  // Nothing covers it, and a dialog does not keep it from being pressed.
  await expect.poll(() => server.log).toContain('a page broke in somebody');
  server.log = '';
  noise.broken = false;
  await arrive(page, () => reload.click());
  await expect(page.getByTestId('saved')).toBeVisible();
});

test('a panic leaves a bar that says so and leads out, not a dead page', async ({ visitor, office, server, noise }) => {
  const number = await plant(office, unique('Survives'));
  const page = await visitor(COORDINATOR);
  await goLive(page);
  const bar = page.locator('#broken');
  await expect(bar).toBeHidden();
  const report = page.waitForRequest('**/trouble');
  noise.broken = true;
  // Taking over a page that has been taken over already is beyond what the program can do.
  await page.evaluate(async () => {
    const script = [...document.scripts].map((one) => /import\('([^']+)'\)/.exec(one.textContent ?? '')?.[1]).find(Boolean);
    const program = (await import(String(script))) as { hydrate: () => void };
    document.body.replaceChildren(document.getElementById('broken') as Element);
    setTimeout(() => program.hydrate());
  });
  await expect(bar).toBeVisible();
  await expect(bar).toContainText(en('frame.broken'));
  expect((await report).postDataJSON()).toHaveProperty('message');
  await expect.poll(() => server.log).toContain('a page broke in somebody');
  server.log = '';
  noise.broken = false;
  await arrive(page, () => bar.getByRole('link', { name: en('frame.reload') }).click());
  await expect(card(page, number)).toBeAttached();
  await expect(bar).toBeHidden();
});
