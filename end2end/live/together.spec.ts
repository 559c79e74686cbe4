// Several people at once: each sees what the others do, once, and loses nothing of their own.
import { act, card, column, plant, unique } from '../board';
import { expect, test } from '../fixtures';
import { ASTRA, COORDINATOR, DONOR } from '../people';
import { en } from '../texts';
import { carry, focusCard, focused, goLive, order, place, sent } from './hands';

test.use({ scene: 'live-together' });

test('moves, edits and new items come by themselves; counts follow', async ({ page, become, visitor, office }) => {
  await become(ASTRA);
  await goLive(page);
  const count = column(page, 'planned').locator('.column-head .count');
  const before = Number(await count.innerText());
  const title = unique('From somewhere');
  const number = await plant(office, title, { published: false });
  await expect(card(page, number)).toContainText(title);
  await expect(count).toHaveText(String(before + 1));

  const other = await visitor(COORDINATOR);
  await goLive(other, `/board/items/${number}`);
  await other.locator('#title').fill(`${title}, better`);
  await expect(other.getByTestId('saved')).toHaveText(en('item.saved'));
  await expect(card(page, number)).toContainText('better');
  await act(office, number, 'archive');
  await expect(card(page, number)).toHaveCount(0);
  await expect(count).toHaveText(String(before));
});

test('a card that somebody else moves is the only one drawn anew, and glows once with their mark', async ({ page, become, visitor, office }) => {
  const number = await plant(office, unique('Watched'));
  await become(ASTRA);
  await goLive(page);
  const other = await visitor(COORDINATOR);
  await goLive(other);
  await page.evaluate(() => {
    const drawn = new Set<string>();
    const note = (node: Node): void => {
      const article = node instanceof Element ? (node.closest('article') ?? node.querySelector('article')) : node.parentElement?.closest('article');
      if (article) drawn.add(article.getAttribute('data-testid') ?? '');
    };
    const watch = new MutationObserver((changes) => {
      for (const change of changes) {
        if (change.target instanceof Element && change.target.closest('article')) note(change.target);
        change.addedNodes.forEach(note);
      }
    });
    watch.observe(document.querySelector('.columns') as Element, { subtree: true, childList: true, characterData: true });
    (window as unknown as { drawn: Set<string> }).drawn = drawn;
  });
  await focusCard(other, number);
  await other.keyboard.press('m');
  await other.getByRole('dialog').getByRole('button', { name: en('status.in_progress') }).click();
  const glowing = page.locator('li.glow');
  await expect(glowing.getByTestId(`item-${number}`)).toBeVisible();
  await expect(glowing.locator('.glow-mark')).toHaveText('ASTRA');
  await expect(page.locator('li.glow')).toHaveCount(0);
  expect(await page.evaluate(() => [...(window as unknown as { drawn: Set<string> }).drawn])).toEqual([`item-${number}`]);
});

test('focus, scroll place and a text being typed stay while others work', async ({ page, become, office }) => {
  const number = await plant(office, unique('Typed into'));
  await become(COORDINATOR);
  await goLive(page, `/board/items/${number}`);
  await page.locator('textarea#description').click();
  await page.keyboard.type('Half a sen');
  await act(office, 7, 'hide');
  await act(office, 7, 'publish');
  await page.keyboard.type('tence');
  await expect(page.locator('textarea#description')).toBeFocused();
  await expect(page.locator('textarea#description')).toHaveValue('Half a sentence');
  await expect(page.getByTestId('saved')).toHaveText(en('item.saved'));
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/board(\?|$)/);
  await expect.poll(() => focused(page)).toBe(`item-${number}`);
  await act(office, 7, 'hide');
  await act(office, 7, 'publish');
  expect(await focused(page)).toBe(`item-${number}`);
});

test('a card that has the focus keeps it when somebody else moves it to another column', async ({ page, become, visitor, office }) => {
  const number = await plant(office, unique('Looked at'));
  await become(COORDINATOR);
  await goLive(page);
  const other = await visitor(ASTRA);
  await goLive(other);
  await focusCard(page, number);
  for (const [status, slug] of [['in_progress', 'in-progress'], ['done', 'done'], ['planned', 'planned']] as const) {
    await focusCard(other, number);
    await other.keyboard.press('m');
    await other.getByRole('dialog').getByRole('button', { name: en(`status.${status}`) }).click();
    await expect(place(page, slug, number)).toBeAttached();
    await expect.poll(() => focused(page)).toBe(`item-${number}`);
  }
  // It is not only looked at: keys go on where it lies now.
  await page.keyboard.press('m');
  await page.getByRole('dialog').getByRole('button', { name: en('status.done') }).click();
  await expect(place(other, 'done', number)).toBeAttached();
});

test('a card in hand stays in hand while others move cards around it', async ({ page, become, visitor, office }) => {
  const [held, moved] = [await plant(office, unique('Held')), await plant(office, unique('Moved beside'))];
  await become(COORDINATOR);
  await goLive(page);
  const other = await visitor(COORDINATOR);
  await goLive(other);
  await carry(page, held, card(page, 4));
  await focusCard(other, moved);
  await other.keyboard.press('m');
  await other.getByRole('dialog').getByRole('button', { name: en('status.in_progress') }).click();
  await expect(place(page, 'in-progress', moved)).toBeAttached();
  await expect(page.locator('.drop-place')).toHaveCount(1);
  await page.mouse.up();
  await expect(place(page, 'in-progress', held)).toBeVisible();
  await sent(page);
  await expect.poll(async () => order(other, 'in-progress')).toEqual(await order(page, 'in-progress'));
});

test('a card that is archived while held leaves the hand, and it is told', async ({ page, become, office }) => {
  const number = await plant(office, unique('Taken away'));
  await become(COORDINATOR);
  await goLive(page);
  await carry(page, number, card(page, 4));
  await act(office, number, 'archive');
  await expect(page.locator('.notices')).toContainText(en('board.gone'));
  await expect(page.locator('.drop-place, .ghost')).toHaveCount(0);
  await page.mouse.up();
  await expect(card(page, number)).toHaveCount(0);
});

test('what the server refuses goes back, and it says why', async ({ page, become, office, noise }) => {
  noise.cut = true;
  page.on('response', (response) => response.status() === 409 && noise.expect(response));
  const title = unique('Refused');
  const number = await plant(office, title);
  await become(COORDINATOR);
  await goLive(page);
  await page.context().setOffline(true);
  await focusCard(page, number);
  await page.keyboard.press('m');
  await page.getByRole('dialog').getByRole('button', { name: en('status.done') }).click();
  await expect(place(page, 'done', number)).toBeVisible();
  await expect(page.locator('[data-pending]')).toHaveAttribute('data-pending', '1');
  await act(office, number, 'archive');
  await page.context().setOffline(false);
  await expect(page.locator('.notices')).toContainText(en('error.archived'));
  await expect(place(page, 'done', number)).toHaveCount(0);
  await sent(page);
});

test('nothing of a draft reaches a donor: not the page, not its data, not the socket', async ({ visitor, office }) => {
  const secret = unique('Secret-draft-title');
  const donor = await visitor(DONOR);
  const frames: string[] = [];
  const answers: Promise<string>[] = [];
  donor.on('websocket', (socket) => socket.on('framereceived', (frame) => frames.push(String(frame.payload))));
  donor.on('response', (response) => {
    if (response.url().includes('/rpc/')) answers.push(response.text().catch(() => ''));
  });
  await goLive(donor);
  const number = await plant(office, secret, { published: false, description: 'Secret-draft-text' });
  await act(office, number, 'archive');
  await act(office, number, 'restore');
  await expect.poll(() => frames.filter((frame) => frame.includes('passed')).length).toBeGreaterThanOrEqual(3);
  const seen = [await donor.content(), ...frames, ...(await Promise.all(answers))].join();
  expect(seen).not.toContain('Secret-draft');
  await act(office, number, 'publish');
  await expect(card(donor, number)).toContainText(secret);
  await act(office, number, 'hide');
  await expect(card(donor, number)).toHaveCount(0);
});

test('the same order everywhere when two people move at once', async ({ visitor, office }) => {
  const planted: number[] = [];
  for (let n = 0; n < 4; n += 1) planted.push(await plant(office, unique('Race')));
  const [a, b] = [await visitor(COORDINATOR), await visitor(ASTRA)];
  await goLive(a);
  await goLive(b);
  const move = async (page: typeof a, number: number) => {
    await focusCard(page, number);
    for (const key of [' ', 'ArrowRight', 'Home', ' ']) await page.keyboard.press(key);
  };
  await Promise.all([move(a, Number(planted[0])), move(b, Number(planted[1]))]);
  await Promise.all([move(b, Number(planted[2])), move(a, Number(planted[3]))]);
  await sent(a);
  await sent(b);
  await expect.poll(async () => order(b, 'in-progress')).toEqual(await order(a, 'in-progress'));
  expect((await order(a, 'in-progress')).filter((number) => planted.includes(number)).sort()).toEqual([...planted].sort());
});
