// A card is moved by every kind of hand, and everybody sees it: now, and after the server was cut off.
import { card, column, plant, unique } from '../board';
import { arrive, expect, open, test } from '../fixtures';
import { ASTRA, COORDINATOR, DONOR } from '../people';
import { en } from '../texts';
import { carry, focusCard, focused, goLive, middle, order, place, sent, stays } from './hands';

test.use({ scene: 'live-moving' });

test('by mouse: it lies where it was dropped, for a donor too, and after a restart', async ({ page, become, office, visitor, server, noise }) => {
  noise.cut = true;
  const [first, moved] = [await plant(office, unique('Stays')), await plant(office, unique('Dragged'))];
  await become(COORDINATOR);
  await goLive(page);
  const donor = await visitor(DONOR);
  await goLive(donor);
  await carry(page, moved, card(page, 4));
  await page.mouse.up();
  await expect(place(page, 'in-progress', moved)).toBeVisible();
  await expect(place(donor, 'in-progress', moved)).toBeVisible();
  await expect(place(donor, 'planned', first)).toBeAttached();
  await sent(page);
  expect(await order(donor, 'in-progress')).toEqual(await order(page, 'in-progress'));
  const lying = await order(page, 'in-progress');
  await server.restart();
  const later = await visitor();
  await goLive(later, '/board', false);
  expect(await order(later, 'in-progress')).toEqual(lying);
});

test('within its column: the others make room, and the order holds', async ({ page, become }) => {
  await become(COORDINATOR);
  await goLive(page);
  const before = await order(page, 'done');
  const [a, b, c] = before as [number, number, number];
  await carry(page, a, card(page, c));
  await page.mouse.up();
  await expect.poll(() => order(page, 'done')).toEqual([b, c, a, ...before.slice(3)]);
  await sent(page);
  await goLive(page);
  expect(await order(page, 'done')).toEqual([b, c, a, ...before.slice(3)]);
});

test('by keyboard alone, and each step is told', async ({ page, become, office, visitor, server, noise }) => {
  noise.cut = true;
  const title = unique('By keys');
  const number = await plant(office, title);
  await become(COORDINATOR);
  await goLive(page);
  const donor = await visitor(DONOR);
  await goLive(donor);
  const said = page.getByTestId('said');
  await focusCard(page, number);
  await page.keyboard.press(' ');
  await expect(said).toContainText(title);
  await expect(page.locator('.drop-place')).toHaveText(title);
  await page.keyboard.press('ArrowRight');
  await expect(said).toContainText(en('status.in_progress'));
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(said).toContainText(/2/);
  await page.keyboard.press(' ');
  await expect.poll(() => order(page, 'in-progress').then((all) => all[1])).toBe(number);
  await expect.poll(() => focused(page)).toBe(`item-${number}`);
  await expect.poll(() => order(donor, 'in-progress').then((all) => all[1])).toBe(number);
  await sent(page);
  await stays(visitor, server, 'in-progress', number);
});

test('Escape puts a lifted card back, with the focus on it', async ({ page, become }) => {
  await become(COORDINATOR);
  await goLive(page);
  const before = await order(page, 'planned');
  await focusCard(page, 6);
  await page.keyboard.press(' ');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await expect(page.locator('.drop-place')).toHaveCount(0);
  expect(await order(page, 'planned')).toEqual(before);
  expect(await focused(page)).toBe('item-6');
});

test('arrows walk between the cards; each column is one stop of Tab', async ({ page, become }) => {
  await become(COORDINATOR);
  await goLive(page);
  const [planned, progress] = [await order(page, 'planned'), await order(page, 'in-progress')];
  await focusCard(page, Number(planned[0]));
  await page.keyboard.press('ArrowDown');
  expect(await focused(page)).toBe(`item-${planned[1]}`);
  await page.keyboard.press('ArrowRight');
  expect(await focused(page)).toBe(`item-${progress[1]}`);
  await page.keyboard.press('End');
  await expect.poll(() => focused(page)).toBe(`item-${progress.at(-1)}`);
  await page.keyboard.press('Shift+Tab');
  expect(await focused(page)).toBe(`item-${planned[1]}`);
});

test('by its menu: two taps', async ({ page, become, office, visitor, server, noise }) => {
  noise.cut = true;
  const number = await plant(office, unique('By menu'));
  await become(COORDINATOR);
  await goLive(page);
  const donor = await visitor(DONOR);
  await goLive(donor);
  await focusCard(page, number);
  await page.keyboard.press('m');
  await page.getByRole('dialog').getByRole('button', { name: en('status.done') }).click();
  await expect(place(page, 'done', number)).toBeVisible();
  await expect(place(donor, 'done', number)).toBeVisible();
  await expect.poll(() => focused(page)).toBe(`item-${number}`);
  await sent(page);
  await stays(visitor, server, 'done', number);
});

test('by a plain form of somebody without scripts', async ({ page, become, office, visitor, server, noise }) => {
  noise.cut = true;
  const number = await plant(office, unique('By form'));
  await become(ASTRA);
  await goLive(page);
  const plain = await visitor(COORDINATOR, { javaScriptEnabled: false });
  await plain.goto(`/board/items/${number}`);
  await plain.getByLabel(en('item.move_to')).selectOption({ label: en('status.done') });
  await plain.getByRole('button', { name: en('item.do_move'), exact: true }).click();
  await expect(place(page, 'done', number)).toBeVisible();
  await stays(visitor, server, 'done', number);
});

test('by pen, which the browser reports to the card itself', async ({ page, become, office }) => {
  const number = await plant(office, unique('By pen'));
  await become(COORDINATOR);
  await goLive(page);
  const pen = await page.context().newCDPSession(page);
  const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', at: { x: number; y: number }) =>
    pen.send('Input.dispatchMouseEvent', { type, ...at, button: 'left', buttons: type === 'mouseReleased' ? 0 : 1, pointerType: 'pen', clickCount: 1 });
  const from = await middle(card(page, number));
  const to = await middle(column(page, 'in-progress').locator('li[aria-posinset="2"]'));
  await send('mousePressed', from);
  await send('mouseMoved', { x: from.x + 10, y: from.y + 4 });
  for (let step = 1; step <= 6; step += 1) await send('mouseMoved', { x: from.x + ((to.x - from.x) * step) / 6, y: from.y + ((to.y - from.y) * step) / 6 });
  await expect(page.locator('.drop-place')).toHaveCount(1);
  await send('mouseReleased', to);
  await expect(place(page, 'in-progress', number)).toBeVisible();
});

test.describe('on a phone', () => {
  const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

  test('a card is moved by two taps, and its status is a tab away', async ({ visitor, office }) => {
    const number = await plant(office, unique('By thumb'));
    const page = await visitor(COORDINATOR, phone);
    await goLive(page);
    await card(page, number).locator('.card-move').tap();
    await page.getByRole('dialog').getByRole('button', { name: en('status.done') }).tap();
    await sent(page);
    const tabs = page.getByRole('navigation', { name: en('board.columns') });
    await tabs.getByRole('link', { name: en('status.done') }).tap();
    await expect(place(page, 'done', number)).toBeInViewport();
    await expect(tabs.getByRole('link', { name: en('status.done') })).toHaveAttribute('aria-current', 'true');
  });

  test('a finger that rests lifts a card; one that moves at once scrolls', async ({ visitor, office }) => {
    const [upper, lower] = [await plant(office, unique('Upper')), await plant(office, unique('Lower'))];
    const page = await visitor(COORDINATOR, phone);
    await goLive(page);
    const touch = await page.context().newCDPSession(page);
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints: points });
    await place(page, 'planned', lower).scrollIntoViewIfNeeded();
    const before = await order(page, 'planned');
    const at = await middle(card(page, lower));
    await send('touchStart', [at]);
    for (let step = 1; step < 6; step += 1) await send('touchMove', [{ x: at.x, y: at.y + 20 * step }]);
    await send('touchEnd', []);
    await expect(page.locator('.drop-place')).toHaveCount(0);
    expect(await order(page, 'planned')).toEqual(before);

    const from = await middle(card(page, lower));
    const to = await middle(card(page, upper));
    const start = await middle(card(page, lower));
    await send('touchStart', [start]);
    await expect(page.locator('.drop-place')).toHaveCount(1);
    for (let step = 1; step <= 6; step += 1) await send('touchMove', [{ x: start.x, y: start.y + ((to.y - from.y) * step) / 6 }]);
    await send('touchEnd', []);
    const all = () => order(page, 'planned');
    await expect.poll(async () => (await all()).indexOf(lower) < (await all()).indexOf(upper)).toBe(true);
  });

  test('a finger that trembles lifts a card, and carries it to another status over the edge', async ({ visitor, office, server, noise }) => {
    noise.cut = true;
    const number = await plant(office, unique('Carried over'));
    const page = await visitor(COORDINATOR, phone);
    await goLive(page);
    const touch = await page.context().newCDPSession(page);
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints: points });
    const at = await middle(card(page, number));
    await send('touchStart', [at]);
    // As fingers do before they rest long enough.
    for (const x of [1, 3, 2]) await send('touchMove', [{ x: at.x + x, y: at.y + 1 }]);
    await expect(page.locator('.drop-place')).toHaveCount(1);
    for (let step = 1; step <= 5; step += 1) await send('touchMove', [{ x: at.x + ((352 - at.x) * step) / 5, y: 400 }]);
    await expect.poll(() => page.locator('.columns').evaluate((board) => board.scrollLeft)).toBeGreaterThan(300);
    await send('touchMove', [{ x: 180, y: 400 }]);
    await send('touchEnd', []);
    await expect(page.locator('.drop-place')).toHaveCount(0);
    await sent(page);
    const slug = (await place(page, 'in-progress', number).count()) ? 'in-progress' : 'done';
    await stays(visitor, server, slug, number);
  });

  test('a second finger puts the card back', async ({ visitor, office }) => {
    const number = await plant(office, unique('Two fingers'));
    const page = await visitor(COORDINATOR, phone);
    await goLive(page);
    const touch = await page.context().newCDPSession(page);
    const at = await middle(card(page, number));
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ ...at, id: 1 }] });
    await expect(page.locator('.drop-place')).toHaveCount(1);
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ ...at, id: 1 }, { x: 40, y: 500, id: 2 }] });
    await expect(page.locator('.drop-place')).toHaveCount(0);
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect(place(page, 'planned', number)).toBeAttached();
  });
});

test('a click still opens the card, and a drop does not', async ({ page, become, office }) => {
  const number = await plant(office, unique('Clicked'));
  await become(COORDINATOR);
  await goLive(page);
  await carry(page, number, card(page, 4));
  await page.mouse.up();
  await sent(page);
  await expect(page).toHaveURL('/board');
  await card(page, number).getByRole('link').click();
  await expect(page).toHaveURL(`/board/items/${number}`);
});

test('what one may not move stays, and says so to the keyboard', async ({ page, become }) => {
  await become(DONOR);
  await goLive(page);
  await expect(page.locator('.card-move')).toHaveCount(0);
  await focusCard(page, 6);
  await page.keyboard.press(' ');
  await expect(page.getByTestId('said')).toHaveText(en('board.cannot_move'));
  await expect(page.locator('.drop-place')).toHaveCount(0);
});

test('the system takes the pointer away: the card goes back', async ({ page, become }) => {
  await become(COORDINATOR);
  await goLive(page);
  const before = await order(page, 'planned');
  await carry(page, 6, column(page, 'done').locator('.column-head'));
  await page.locator('.columns').dispatchEvent('pointercancel', { pointerId: 1 });
  await expect(page.locator('.drop-place')).toHaveCount(0);
  await page.mouse.up();
  expect(await order(page, 'planned')).toEqual(before);
  await open(page, '/board');
  await arrive(page, () => page.reload());
  expect(await order(page, 'planned')).toEqual(before);
});
