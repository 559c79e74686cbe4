// Browsers behind lines that are cut, slow and deaf, and a server that is killed under them: in the end all agree, what
// everybody did last is what is there, and nothing that anybody was told is done is missing. `make faults` goes on for
// longer.
import { type APIRequestContext, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { type Slug, card, plant, unique } from '../board';
import { expect, test } from '../fixtures';
import { Ledger } from '../ledger';
import { ASTRA, COORDINATOR, PASSWORD } from '../people';
import { Proxy } from '../proxy';
import { type Server } from '../server';
import { en } from '../texts';
import { focusCard, goOnline, order, place } from './hands';

const ROUNDS = Number(process.env.ACT_BOARD_ROUNDS ?? 12);
const STATUSES: [Slug, string][] = [
  ['planned', 'status.planned'],
  ['in-progress', 'status.in_progress'],
  ['done', 'status.done'],
];

type Fault = 'cut' | 'deaf' | 'slow' | 'healed';
/** What may happen to a line before something is done: sometimes nothing, often the end of what there was. */
const FAULTS: (Fault | undefined)[] = ['cut', 'deaf', 'slow', undefined, 'healed', 'healed'];

export interface Stage {
  browser: Browser;
  office: APIRequestContext;
  server: Server;
  visitor: (email?: string) => Promise<Page>;
}

interface Person {
  page: Page;
  context: BrowserContext;
  line: Proxy;
  /** Whether the line seems to be there, and nothing comes of what is sent. */
  isDeaf: boolean;
  cards: number[];
}

/** What was done last to each card that only one person touches. */
interface Expected {
  places: Map<number, Slug>;
  titles: Map<number, string>;
}

type Chance = (below: number) => number;

/** The same numbers in every run of the same seed, which is told when it fails. */
function chance(seed: number): Chance {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export async function shake(stage: Stage): Promise<void> {
  test.setTimeout(90_000 + ROUNDS * 12_000);
  const seed = Number(process.env.ACT_BOARD_SEED ?? Date.now() % 100_000);
  const random = chance(seed);
  const ledger = new Ledger();
  const expected: Expected = { places: new Map(), titles: new Map() };
  // Everybody's: wherever it comes to lie in the end, it is the same place for all.
  const shared = await plant(stage.office, unique('Pulled about'));
  const people: Person[] = [];
  for (const email of [COORDINATOR, ASTRA, COORDINATOR]) people.push(await arrive(stage, email, ledger, expected));
  const counts = { cut: 0, deaf: 0, slow: 0, healed: 0, kill: 0, move: 0, edit: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    // Killed while they work, and there again before the next round.
    const killed = random(4) === 0 ? ((counts.kill += 1), stage.server.restart()) : undefined;
    for (const person of people) {
      // Over a deaf line an item takes as long to open as a browser is patient.
      const edits = !person.isDeaf && random(3) === 0;
      const number = pick(edits ? person.cards : [...person.cards, shared], random);
      if (edits) await opened(person.page, number);
      const fault = FAULTS[random(6)];
      if (fault) (disturb(person, fault), (counts[fault] += 1));
      if (edits) {
        const title = unique('Written');
        await written(person, title, random(2) === 0, ledger);
        expected.titles.set(number, title);
        counts.edit += 1;
        continue;
      }
      const to = pick(STATUSES, random);
      if (await moved(person.page, number, to)) counts.move += 1;
      // Nobody else moves it, so where its own page shows it is where all must find it.
      if (number !== shared) expected.places.set(number, to[0]);
    }
    await killed;
  }
  for (const person of people) person.line.heal();
  const told = `seed ${seed}: ${JSON.stringify(counts)}`;
  await agree(stage, people, expected, told);
  await ledger.compare(stage.server, told);
  const answered = ledger.answers.flatMap((answer) => answer.texts);
  for (const title of expected.titles.values()) expect(answered, `${told}: ${title} was answered`).toContain(title);
  const { answers, saved, brokenOff } = ledger;
  console.log(`${told}; answered ${answers.length}, of these texts ${answered.length}, said to be saved ${saved.length}, broken off ${brokenOff}`);
  for (const { context, line } of people) {
    await context.close();
    await line.close();
  }
}

const pick = <T>(all: T[], random: Chance): T => all[random(all.length)] as T;

/** Somebody sits down behind a line of their own, with two cards that nobody else touches. */
async function arrive({ browser, office, server }: Stage, email: string, ledger: Ledger, expected: Expected): Promise<Person> {
  const line = await Proxy.to(server.url);
  const cards = [await plant(office, unique('Shaken')), await plant(office, unique('Stirred'))];
  for (const number of cards) expected.places.set(number, 'planned');
  const context = await browser.newContext({ baseURL: line.url, locale: 'en-GB', viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  ledger.watch(page);
  await page.request.post('/sign-in', { form: { email, password: PASSWORD } });
  await goOnline(page);
  return { page, context, line, isDeaf: false, cards };
}

function disturb(person: Person, fault: Fault): void {
  const { line } = person;
  if (fault === 'cut') line.cut();
  if (fault === 'deaf') line.deafen();
  if (fault === 'slow') line.slow(150);
  if (fault === 'healed') line.heal();
  // A line that is cut is not deaf any more: it refuses.
  if (fault !== 'slow') person.isDeaf = fault === 'deaf';
}

/** Everybody is online, nothing waits, and all see the same, also who comes later. */
async function agree({ visitor }: Stage, people: Person[], expected: Expected, told: string): Promise<void> {
  for (const { page } of people) {
    await expect(page.locator('[data-pending]'), told).toHaveAttribute('data-pending', '0', { timeout: 60_000 });
    await expect(page.locator('[data-live]'), told).toHaveAttribute('data-live', 'online', { timeout: 40_000 });
    // Nobody else wrote into these texts, so there is nothing to decide.
    await expect(page.locator('button.waiting'), told).toHaveCount(0);
  }
  const fresh = await visitor(ASTRA);
  await fresh.goto('/board');
  for (const page of [fresh, ...people.map((person) => person.page)]) {
    for (const [number, slug] of expected.places) await expect(place(page, slug, number), `${told}: #${number} in ${slug}`).toBeAttached();
    for (const [number, title] of expected.titles) await expect(card(page, number), `${told}: the title of #${number}`).toContainText(title);
  }
  for (const [slug] of STATUSES) {
    const right = await order(fresh, slug);
    for (const { page } of people) await expect.poll(() => order(page, slug), told).toEqual(right);
  }
}

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
    // Another card's item that was closed last may have handed the focus back to that card meanwhile.
    const title = (await card(page, number).getByRole('link').textContent()) ?? '';
    if (!(await page.getByRole('dialog').textContent())?.includes(title)) {
      await page.keyboard.press('Escape');
      throw new Error(`the menu is not of #${number}`);
    }
    // A click that a busy browser answers too late has been made all the same.
    chosen = true;
    await target.click({ timeout: 1_000 });
    await expect(place(page, slug, number)).toBeAttached();
  }).toPass({ timeout: 15_000 });
  return chosen;
}

/** Opens a card's item over the board; without a line, as the device keeps it. */
async function opened(page: Page, number: number): Promise<void> {
  // Clicked, since the item that was closed last may still be handing the focus back to its own card.
  await card(page, number).getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`/board/items/${number}$`));
  await expect(page.locator('#title')).toBeVisible();
}

/** Writes a title into the open item, and goes back to the board: at once, or when the page has said what became of it. */
async function written({ page, isDeaf }: Person, title: string, atOnce: boolean, ledger: Ledger): Promise<void> {
  const [dialog, saved] = [page.locator('dialog.item-dialog'), page.getByTestId('saved')];
  await page.locator('#title').fill(title);
  // Over a deaf line it says for long that it is being saved, which is true.
  if (!atOnce && !isDeaf) {
    await expect(saved).toHaveText(new RegExp(`^(${en('item.saved')}|${en('item.waiting')})$`));
    if ((await saved.innerText()) === en('item.saved')) ledger.saved.push(title);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
}
