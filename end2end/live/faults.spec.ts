// Browsers behind lines that are cut, slow and deaf, and a server that is killed under them: in the end all agree, and
// what everybody did last is what is there. `make faults` goes on for longer.
import { type BrowserContext, type Page } from '@playwright/test';
import { type Slug, card, plant, unique } from '../board';
import { expect, test } from '../fixtures';
import { ASTRA, COORDINATOR, PASSWORD } from '../people';
import { Proxy } from '../proxy';
import { en } from '../texts';
import { focusCard, order, place } from './hands';

test.use({ scene: 'live-faults' });

const ROUNDS = Number(process.env.ACT_BOARD_ROUNDS ?? 12);
const STATUSES: [Slug, string][] = [
  ['planned', 'status.planned'],
  ['in-progress', 'status.in_progress'],
  ['done', 'status.done'],
];

/** The same numbers in every run of the same seed, which is told when it fails. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Person {
  page: Page;
  context: BrowserContext;
  line: Proxy;
  cards: number[];
}

test('three browsers and a server that is killed agree in the end', async ({ browser, office, server, visitor }) => {
  test.setTimeout(60_000 + ROUNDS * 8_000);
  const seed = Number(process.env.ACT_BOARD_SEED ?? Date.now() % 100_000);
  const random = chance(seed);
  const expected = new Map<number, Slug>();
  // Everybody's: wherever it comes to lie in the end, it is the same place for all.
  const shared = await plant(office, unique('Pulled about'));
  const people: Person[] = [];
  for (const email of [COORDINATOR, ASTRA, COORDINATOR]) {
    const line = await Proxy.to(server.url);
    const cards = [await plant(office, unique('Shaken')), await plant(office, unique('Stirred'))];
    for (const number of cards) expected.set(number, 'planned');
    const context = await browser.newContext({ baseURL: line.url, locale: 'en-GB', viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.request.post('/sign-in', { form: { email, password: PASSWORD } });
    await page.goto('/board');
    await expect(page.locator('[data-live]')).toHaveAttribute('data-live', 'online');
    people.push({ page, context, line, cards });
  }
  const faults = { cut: 0, deaf: 0, slow: 0, kill: 0, move: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const person of people) {
      const what = random(6);
      if (what === 0) (person.line.cut(), (faults.cut += 1));
      if (what === 1) (person.line.deafen(), (faults.deaf += 1));
      if (what === 2) (person.line.slow(150), (faults.slow += 1));
      if (what >= 4) person.line.heal();
      const number = [...person.cards, shared][random(person.cards.length + 1)] as number;
      const to = STATUSES[random(STATUSES.length)] as [Slug, string];
      if (await moved(person.page, number, to)) {
        faults.move += 1;
        if (number !== shared) expected.set(number, to[0]);
      }
    }
    if (random(4) === 0) (await server.restart(), (faults.kill += 1));
  }
  for (const person of people) person.line.heal();
  const told = `seed ${seed}: ${JSON.stringify(faults)}`;
  console.log(told);
  for (const { page } of people) {
    await expect(page.locator('[data-pending]'), told).toHaveAttribute('data-pending', '0', { timeout: 60_000 });
    await expect(page.locator('[data-live]'), told).toHaveAttribute('data-live', 'online', { timeout: 40_000 });
  }
  const fresh = await visitor(ASTRA);
  await fresh.goto('/board');
  for (const page of [fresh, ...people.map((person) => person.page)]) {
    for (const [number, slug] of expected) await expect(place(page, slug, number), `${told}: #${number} in ${slug}`).toBeAttached();
  }
  for (const [slug] of STATUSES) {
    const right = await order(fresh, slug);
    for (const { page } of people) await expect.poll(() => order(page, slug), told).toEqual(right);
  }
  for (const { context, line } of people) {
    await context.close();
    await line.close();
  }
});

/** Moves a card by its menu; where it lies already, there is nothing to do. Somebody else may pull it away meanwhile: then once more. */
async function moved(page: Page, number: number, [slug, name]: [Slug, string]): Promise<boolean> {
  const target = page.getByRole('dialog').getByRole('button', { name: en(name) });
  let chosen = false;
  await expect(async () => {
    if (await place(page, slug, number).count()) return page.keyboard.press('Escape');
    await expect(card(page, number)).toBeAttached();
    if (!(await target.isVisible())) {
      await focusCard(page, number);
      await page.keyboard.press('m');
    }
    await target.click({ timeout: 1_000 });
    chosen = true;
    await expect(place(page, slug, number)).toBeAttached();
  }).toPass({ timeout: 15_000 });
  return chosen;
}
