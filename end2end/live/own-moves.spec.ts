// An answer that came before its turn, and a board that was loaded over it: what others do afterwards is shown.
import { type APIRequestContext } from '@playwright/test';
import { type Slug, act, plant, unique } from '../board';
import { COORDINATOR } from '../people';
import { en } from '../texts';
import { expect, test } from './devices';
import { focusCard, goOnline, place } from './hands';

test.use({ scene: 'live-own-moves' });
test.slow();

test('a move that was answered while something was missed does not hide what others do later', async ({ device, line, office }) => {
  const [number, other] = [await plant(office, unique('Pulled by two')), await plant(office, unique('Missed'))];
  const { context, page } = await device(COORDINATOR);
  let refuses = false;
  await context.routeWebSocket(/\/live/, (socket) => void (refuses ? socket.close() : socket.connectToServer()));
  await goOnline(page);
  refuses = true;
  line.cut();
  await expect(page.locator('[data-live]')).not.toHaveAttribute('data-live', 'online');
  // Something that this page does not hear of.
  await act(office, other, 'hide');
  // The board that is asked for because of the gap comes after the answer is out of the outbox.
  await page.route('**/rpc/cards*', async (route) => {
    await expect(page.locator('[data-pending]')).toHaveAttribute('data-pending', '0');
    await route.continue();
  });
  line.heal();
  const loaded = page.waitForResponse('**/rpc/cards*');
  await focusCard(page, number);
  await page.keyboard.press('m');
  await page.getByRole('dialog').getByRole('button', { name: en('status.in_progress') }).click();
  await loaded;
  refuses = false;
  await expect(page.locator('[data-live]')).toHaveAttribute('data-live', 'online', { timeout: 40_000 });
  await expect(page.locator('[data-pending]')).toHaveAttribute('data-pending', '0');
  await moveWithout(office, number, 'done');
  await expect(place(page, 'done', number)).toBeAttached();
});

/** Moves a card without a browser. */
async function moveWithout(office: APIRequestContext, number: number, slug: Slug): Promise<void> {
  const view = (await (await office.post('/rpc/item', { data: { number } })).json()) as { frame: { statuses: { id: string; slug: string }[] } };
  const to = view.frame.statuses.find((status) => status.slug === slug)?.id ?? '';
  const done = await office.post(`/board/items/${number}`, { form: { do: 'move', to } });
  expect(done.status(), `moving item ${number} to ${slug}`).toBe(200);
}
