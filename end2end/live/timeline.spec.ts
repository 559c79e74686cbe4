// Bars of the timeline: moved by keyboard and mouse, seen by others, and kept.
import { plant, unique } from '../board';
import { open } from '../fixtures';
import { COORDINATOR } from '../people';
import { expect, test } from './devices';

test.use({ scene: 'live-timeline' });

test('a bar is moved and made longer by arrow keys, and others see it', async ({ page, become, office, visitor }) => {
  const title = unique('Bar by keys');
  await plant(office, title, { due: '2026-11-10' });
  await become(COORDINATOR);
  await open(page, '/board?view=timeline');
  const bar = page.getByRole('slider', { name: title });
  const other = await visitor(COORDINATOR);
  await open(other, '/board?view=timeline');
  await bar.focus();
  await page.keyboard.press('ArrowRight');
  await expect(bar).toHaveAttribute('aria-valuetext', /17 November 2026$/);
  await page.keyboard.press('Shift+ArrowRight');
  await expect(bar).toHaveAttribute('aria-valuetext', /24 November 2026$/);
  await expect(bar).toBeFocused();
  await expect(page.getByTestId('said')).toContainText('24 November 2026');
  await expect(other.getByRole('slider', { name: title })).toHaveAttribute('aria-valuetext', /24 November 2026$/);
  await open(page, '/board?view=timeline');
  await expect(bar).toHaveAttribute('aria-valuetext', /24 November 2026$/);
});

test('a bar is pulled by the mouse, and its end alone by its end', async ({ page, become, office }) => {
  const title = unique('Bar by mouse');
  await plant(office, title, { due: '2026-11-10' });
  await become(COORDINATOR);
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, '/board?view=timeline');
  const bar = page.getByRole('slider', { name: title });
  const day = async () => Number(await bar.getAttribute('aria-valuenow'));
  const start = async () => (await bar.getAttribute('aria-valuetext'))?.split(' to ')[0];
  const pull = async (at: number) => {
    await bar.scrollIntoViewIfNeeded();
    const box = await bar.locator('rect').boundingBox();
    if (!box) throw new Error('the bar is not drawn');
    const [x, y] = [box.x + box.width * at, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 20, y, { steps: 4 });
    await page.mouse.move(x + 60, y, { steps: 4 });
    await page.mouse.up();
  };
  const before = await day();
  await pull(0.3);
  await expect.poll(day).toBeGreaterThan(before + 20);
  const [moved, begins] = [await day(), await start()];
  await pull(0.98);
  await expect.poll(day).toBeGreaterThan(moved + 20);
  expect(await start(), 'it has become longer, and not later').toBe(begins);
});
