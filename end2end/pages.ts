// Every page of the product, in each state that looks or speaks differently.
import { type APIRequestContext, type Page } from '@playwright/test';
import { act, button, plant } from './board';
import { expect, open } from './fixtures';
import { ASTRA, COORDINATOR, DONOR, EMMAUS } from './people';
import { wrong } from './results';

type Refused = (page: Page, status: number, action: () => Promise<unknown>) => Promise<void>;

export interface SitePage {
  name: string;
  /** Who reads it; a visitor if nobody is named. */
  as?: string;
  /** Goes there; the server's refusals are part of it. */
  visit: (page: Page, refused: Refused, items: Items) => Promise<void>;
}

/** Items that put a page to the test. */
export interface Items {
  long: number;
  edited: number;
}

const to =
  (path: string | ((items: Items) => string)): SitePage['visit'] =>
  (page, _, items) =>
    open(page, typeof path === 'string' ? path : path(items));

const some = () => Math.floor(Math.random() * 250) + 1;

/** Tries of one address are counted, and these are none of a guesser's. */
export const fromElsewhere = (page: Page) => page.setExtraHTTPHeaders({ 'x-forwarded-for': `10.${some()}.${some()}.${some()}` });

/** Goes to where the first link of the framework's tree leads that a selector names. */
async function followFromTree(page: Page, selector: string): Promise<void> {
  await open(page, '/results/framework');
  await open(page, (await page.locator(`.tree ${selector}`).first().getAttribute('href')) ?? '');
}

/** Sends the form of a reading as it was filled, past the script, which has followed meanwhile. */
function sendPastTheScript(form: Element, filled: string[][]): void {
  if (!(form instanceof HTMLFormElement)) return;
  const input = (name: string) => form.querySelector<HTMLInputElement>(`[name=${name}]`)!;
  for (const [name = '', value = ''] of filled) if (input(name).type === 'hidden') input(name).value = value;
  input('value').value = '1250';
  form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'do', value: 'save' }));
  form.submit();
}

const save = (page: Page) => () => page.locator('main form.form button').click();

export const PAGES: SitePage[] = [
  { name: 'board', visit: to('/board') },
  { name: 'board-empty', visit: to('/board?objective=O1&due=late') },
  { name: 'board-drafts', as: COORDINATOR, visit: to('/board') },
  { name: 'archive', as: COORDINATOR, visit: to('/board?archived=1') },
  { name: 'board-table', as: COORDINATOR, visit: to('/board?view=table') },
  { name: 'board-timeline', as: COORDINATOR, visit: to('/board?view=timeline') },
  { name: 'item', visit: to('/board/items/8') },
  { name: 'item-long', as: COORDINATOR, visit: to(({ long }) => `/board/items/${long}`) },
  { name: 'new', as: COORDINATOR, visit: to('/board/new') },
  { name: 'edit', as: COORDINATOR, visit: to('/board/items/24/edit') },
  {
    name: 'edit-errors',
    as: COORDINATOR,
    visit: async (page, refused) => {
      await open(page, '/board/items/24/edit');
      await page.locator('#title').fill(' ');
      await page.locator('#due').fill('');
      for (const name of ['unit', 'baseline', 'target', 'current']) await page.locator(`#${name}`).fill(name === 'unit' ? '' : 'x');
      await refused(page, 422, save(page));
    },
  },
  {
    name: 'edit-personal',
    as: COORDINATOR,
    visit: async (page, refused) => {
      await open(page, '/board/items/24/edit');
      await page.locator('textarea#description').fill('Call +381 11 334 7817');
      await refused(page, 422, save(page));
    },
  },
  {
    name: 'edit-conflict',
    as: COORDINATOR,
    visit: async (page, refused, { edited }) => {
      await open(page, `/board/items/${edited}/edit`);
      await page.locator('#title').fill(`Mine ${Math.random()}`);
      // The same form, sent by somebody quicker.
      const form = await page.locator('form.form').evaluate((form: HTMLFormElement) => [...new FormData(form)].map(([name, value]) => [name, String(value)]));
      const theirs = form.map(([name, value]) => [name, name === 'title' ? `Theirs ${Math.random()}` : value] as [string, string]);
      await page.request.post(`/board/items/${edited}/edit`, { data: new URLSearchParams(theirs).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
      await refused(page, 409, save(page));
    },
  },
  { name: 'results', as: COORDINATOR, visit: to('/results?period=2026Q4') },
  { name: 'public', visit: to('/') },
  { name: 'dashboard', visit: to('/dashboard?period=2026Q4') },
  { name: 'dashboard-late', as: COORDINATOR, visit: to('/dashboard?period=2026Q4&measure=late') },
  { name: 'overview', as: COORDINATOR, visit: to('/results/overview?period=2026Q4') },
  { name: 'overview-partners', as: COORDINATOR, visit: to('/results/overview?period=2026Q4&by=partner') },
  { name: 'readings', as: ASTRA, visit: to('/results/readings?period=2026Q4') },
  {
    name: 'readings-refused',
    as: ASTRA,
    visit: async (page, refused) => {
      await open(page, '/results/readings?period=2027Q4');
      const form = page.locator('li.reading form.form').first();
      await form.locator('[name=value]').fill('x');
      await wrong(page, refused, form.locator('button[value=save]'));
    },
  },
  {
    // Handed in, returned and begun, as their author sees them.
    name: 'readings-own',
    as: EMMAUS,
    visit: async (page) => {
      await open(page, '/results/readings?period=2026Q4');
      for (const word of ['submitted', 'returned', 'draft']) await expect(page.locator(`.state[data-state=${word}]`).first()).toBeVisible();
    },
  },
  {
    name: 'readings-handed-in',
    as: COORDINATOR,
    visit: async (page) => {
      const address = '/results/readings?period=2027Q1';
      await open(page, address);
      const waits = page.locator('.state[data-state=submitted]');
      if ((await waits.count()) === 0) {
        const own = page.locator('li.reading', { has: page.locator('form.form input[name=value][inputmode=decimal]') }).first();
        await own.locator('[name=value]').fill('12');
        await own.locator('button[value=submit]').click();
      }
      await expect(waits.first()).toBeVisible();
    },
  },
  {
    name: 'readings-closed',
    as: COORDINATOR,
    visit: async (page) => {
      await open(page, '/results/readings?period=2027Q2');
      const lock = page.locator('button[value=lock]');
      if (await lock.isVisible()) await lock.click();
      await expect(page.locator('button[value=unlock]')).toBeVisible();
    },
  },
  {
    name: 'readings-contested',
    as: COORDINATOR,
    visit: async (page, refused) => {
      const address = '/results/readings?period=2027Q3';
      await open(page, address);
      const form = page.locator('li.reading form.form', { has: page.locator('input[name=value][inputmode=decimal]') }).first();
      // The same form, sent by somebody quicker.
      const typed = await form.evaluate((form: HTMLFormElement) => [...new FormData(form)].map(([name, value]) => [name, String(value)]));
      const theirs = typed.map(([name, value]) => [name, name === 'value' ? `${Math.floor(Math.random() * 1e6)}` : value] as [string, string]);
      const data = new URLSearchParams([...theirs, ['do', 'save']]).toString();
      await page.request.post(address, { data, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
      await refused(page, 422, () => form.evaluate(sendPastTheScript, typed));
      await expect(page.getByTestId('theirs')).toBeVisible();
    },
  },
  { name: 'report', as: COORDINATOR, visit: to('/report?period=2026Q4') },
  { name: 'report-read', as: ASTRA, visit: to('/report?period=2026Q3') },
  { name: 'report-none', as: DONOR, visit: to('/report?period=2026Q4') },
  {
    name: 'report-personal',
    as: COORDINATOR,
    visit: async (page, refused) => {
      await open(page, '/report?period=2026Q3');
      await page.locator('#text-challenges').fill('Call +381 11 334 7817');
      await refused(page, 422, () => page.locator('button[value=save]').click());
    },
  },
  {
    name: 'report-conflict',
    as: COORDINATOR,
    visit: async (page, refused) => {
      await open(page, '/report?period=2027Q4');
      await page.locator('#text-summary').fill(`Mine ${Math.random()}`);
      // The same form, sent by somebody quicker.
      const from = await page.locator('.report-form [name=from]').inputValue();
      const theirs = new URLSearchParams({ period: '2027Q4', from, do: 'save', summary: `Theirs ${Math.random()}` });
      await page.request.post('/report', { data: theirs.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
      await refused(page, 409, () => page.locator('button[value=save]').click());
    },
  },
  { name: 'framework', as: COORDINATOR, visit: to('/results/framework') },
  { name: 'node-new', as: COORDINATOR, visit: to('/results/nodes/new') },
  { name: 'node', as: COORDINATOR, visit: async (page) => followFromTree(page, '.output .statement') },
  {
    name: 'indicator-refused',
    as: COORDINATOR,
    visit: async (page, refused) => {
      await followFromTree(page, '.tree-acts a[href*="/indicators/new"]');
      await wrong(page, refused, page.locator('button[value=add-indicator]'));
    },
  },
  { name: 'indicator', as: COORDINATOR, visit: async (page) => followFromTree(page, 'ul.lines a[href*="/indicators/"]') },
  { name: 'sign-in', visit: to('/sign-in') },
  {
    name: 'sign-in-refused',
    visit: async (page, refused) => {
      await open(page, '/sign-in');
      await fromElsewhere(page);
      await page.locator('#email').fill(`${Math.random()}@astra.example`);
      await page.locator('#password').fill('wrong');
      await refused(page, 422, save(page));
    },
  },
  { name: 'forgot', visit: to('/forgot') },
  { name: 'code', visit: to('/sign-in/code') },
  { name: 'link-gone', visit: async (page, refused) => refused(page, 410, () => page.goto(`/join?token=${'0'.repeat(64)}`)) },
  { name: 'account', as: ASTRA, visit: to('/account') },
  {
    name: 'account-refused',
    as: ASTRA,
    visit: async (page, refused) => {
      await open(page, '/account');
      await page.locator('#password-password').fill('short');
      await refused(page, 422, () => page.locator('form:has(#password-password) button').click());
    },
  },
  { name: 'people', as: COORDINATOR, visit: to('/people') },
  {
    name: 'people-refused',
    as: COORDINATOR,
    visit: async (page, refused) => {
      await open(page, '/people');
      await page.locator('#invite input[name=email]').fill('nobody');
      // Past what the browser itself would say.
      await page.locator('#invite form').evaluate((form: HTMLFormElement) => (form.noValidate = true));
      await refused(page, 422, () => page.locator('#invite form button').click());
    },
  },
  { name: 'people-own', as: ASTRA, visit: to('/people') },
  { name: 'audit', as: COORDINATOR, visit: to('/audit') },
  { name: 'not-found', visit: async (page, refused) => refused(page, 404, () => page.goto('/board/items/99999')) },
  { name: 'signed-out', visit: async (page, refused) => refused(page, 401, () => page.goto('/board/new')) },
];

const LONG_TITLE =
  'Обука стручњака за препознавање и упућивање у прекограничним случајевима, са Rechtsschutzversicherungsgesellschaftenverzeichnis-und-Nachschlagewerk-ohne-Leerzeichen-das-nirgends-umbrochen-werden-kann';

const LONG_TEXT = `Everything that Markdown offers here, **bold** and *italic*:

# A heading

1. first
2. second with a [link](https://example.org/${'a-very-long-path/'.repeat(12)})

> A quotation

| Country | Calls | A column with a rather long heading | Another one that is long | And one more | The last |
|---|---|---|---|---|---|
| Bosnia and Herzegovina | 12 | text | text | text | text |

\`\`\`
${'code without a break '.repeat(12)}
\`\`\`

${'https://example.org/'.padEnd(300, 'x')}
`;

/** Prepares drafts, an archive, and an item as long as one can be. */
export async function prepare(office: APIRequestContext): Promise<Items> {
  const indicator = { unit: 'обучених стручњака у центрима за рад', baseline: '-1000.125', target: '999999999.5', current: '123456.789' };
  const long = await plant(office, LONG_TITLE.slice(0, 200), { description: LONG_TEXT, due: '2026-11-30', ...indicator, published: false });
  const edited = await plant(office, 'Edited by two', { published: false });
  const archived = await plant(office, 'Put away', { published: false });
  await act(office, archived, 'archive');
  return { long, edited };
}
