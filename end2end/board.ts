// The board's parts as tests speak of them.
import { type APIRequestContext, type Locator, type Page, expect } from '@playwright/test';
import { arrive, hasScripts, open } from './fixtures';
import { en } from './texts';

export type Slug = 'planned' | 'in-progress' | 'done';

export const column = (page: Page, slug: Slug): Locator => page.getByTestId(`status-${slug}`);

export const card = (page: Page, number: number): Locator => page.getByTestId(`item-${number}`);

/** The numbers of all cards on the page, in their order. */
export async function numbers(page: Page): Promise<number[]> {
  const ids = await page.locator('[data-testid^="item-"]').evaluateAll((cards) => cards.map((c) => c.getAttribute('data-testid')));
  return ids.map((id) => Number(id?.slice('item-'.length)));
}

/** The text of an alert, such as a refused form shows. */
export const alert = (page: Page): Locator => page.getByRole('alert');

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** What opens a menu of the bar. */
export const menu = (page: Page, name: string): Locator => page.locator('.menu summary', { hasText: name });

/** Presses a button that acts on an item: in place where scripts run, else by another page. */
export async function press(page: Page, name: string): Promise<void> {
  const pressed = button(page, name);
  if (!hasScripts()) return arrive(page, () => pressed.click());
  await pressed.click();
  await expect(page.locator('[data-pending]')).toHaveAttribute('data-pending', '0');
}

/** Chooses in a menu of the bar: at once where scripts run, else by another page. */
export async function choose(page: Page, label: string, choice: string): Promise<void> {
  await menu(page, label).click();
  const chosen = page.locator(`.menu[open] button[value="${choice}"]`);
  await (hasScripts() ? chosen.click() : arrive(page, () => chosen.click()));
  await expect(page.locator(`.menu button[value="${choice}"]`)).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('.menu[open]')).toHaveCount(0);
}

/** The title of the item that is open. */
export const itemTitle = (page: Page): Locator => page.locator('h1#item-title');

/** Goes on to the form of the item that is open: by the link, or, where a dialog is a form itself, by the address. */
export async function edit(page: Page): Promise<void> {
  if (hasScripts()) return open(page, `${page.url()}/edit`);
  await page.getByRole('link', { name: en('item.edit') }).click();
}

/** What is wrong with a field, beside it. */
export const problem = (page: Page, field: string): Locator => page.locator(`#${field}-error`);

let made = 0;

/** A title that no other item has. */
export function unique(words: string): string {
  made += 1;
  return `${words} ${made}`;
}

/** Creates a draft by the form, and answers its number. */
export async function createByForm(page: Page, fields: Record<string, string>): Promise<number> {
  await open(page, '/board/new');
  await page.locator('#objective').selectOption({ index: 1 });
  for (const [name, value] of Object.entries(fields)) await page.locator(`#${name}`).fill(value);
  await create(page);
  return numberOf(page);
}

/** Sends the form of a new item, and waits for the item's page: in place where scripts run. */
export async function create(page: Page): Promise<void> {
  const send = () => button(page, en('form.create')).click();
  if (!hasScripts()) return arrive(page, send);
  await send();
  await expect(page).toHaveURL(/\/board\/items\/\d+$/);
}

/** The number of the item whose page this is. */
export function numberOf(page: Page): number {
  const number = /\/board\/items\/(\d+)$/.exec(page.url())?.[1];
  expect(number, `the page of an item, not ${page.url()}`).toBeTruthy();
  return Number(number);
}

/** Prepares an item without a browser, published or as a draft. */
export async function plant(office: APIRequestContext, title: string, fields: Planted = {}): Promise<number> {
  const { published = true, ...values } = fields;
  const blank = await (await office.get('/board/new')).text();
  const id = match(blank, /name="id" value="([^"]+)"/);
  const objective = match(blank, /<select[^>]* name="objective".*?<option value="([0-9a-f-]{36})"/s);
  const lead = match(blank, /<option value="([0-9a-f-]{36})"[^>]* selected/);
  const created = await office.post('/board/new', { form: { id, objective, lead, title, ...values } });
  expect(created.url(), `${title} is created`).toMatch(/\/board\/items\/\d+$/);
  const number = Number(created.url().split('/').at(-1));
  if (published) await act(office, number, 'publish');
  return number;
}

export interface Planted {
  published?: boolean;
  description?: string;
  start?: string;
  due?: string;
  unit?: string;
  baseline?: string;
  target?: string;
  current?: string;
}

/** Does one thing to an item without a browser. */
export async function act(office: APIRequestContext, number: number, what: string): Promise<void> {
  const done = await office.post(`/board/items/${number}`, { form: { do: what } });
  expect(done.status(), `${what} item ${number}`).toBe(200);
}

function match(html: string, pattern: RegExp): string {
  const found = pattern.exec(html)?.[1];
  expect(found, `the form has ${pattern}`).toBeTruthy();
  return String(found);
}
