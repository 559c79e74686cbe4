// What tests of results do again and again: in place where scripts run, else by another page.
import { type Locator, type Page } from '@playwright/test';
import { arrive, expect, hasScripts } from './fixtures';
import { en } from './texts';

type Refused = (page: Page, status: number, action: () => Promise<unknown>) => Promise<void>;

/** The reading of an indicator, by the place of its form on the page. */
export const reading = (page: Page, code: string): Locator =>
  page.locator('li.reading', { has: page.locator('h2 .code', { hasText: new RegExp(`^${code}$`) }) });

export const state = (card: Locator, word: string) => expect(card.locator('.state')).toHaveText(en(word));

/** The code of the first indicator that wants a number. */
export async function numbered(page: Page): Promise<string> {
  const card = page.locator('li.reading', { has: page.locator('input[name=value][inputmode=decimal]') }).first();
  return (await card.locator('h2 .code').textContent()) ?? '';
}

/** The codes of all indicators that want a number, in their order. */
export const allNumbered = (page: Page): Promise<string[]> =>
  page.locator('li.reading', { has: page.locator('input[name=value][inputmode=decimal]') }).locator('h2 .code').allTextContents();

/** The names and values that a form would send. */
export const values = (form: Locator): Promise<[string, string][]> =>
  form.evaluate((form: HTMLFormElement) => [...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)]));

/** Presses what sends a form, and waits until it has been answered. */
export async function send(page: Page, pressed: Locator): Promise<void> {
  if (!hasScripts()) return arrive(page, () => pressed.click());
  await pressed.click();
  await answered(page);
}

/** Waits until nothing is on its way. */
export async function answered(page: Page): Promise<void> {
  await expect(page.locator('[data-pending]')).toHaveAttribute('data-pending', '0');
}

/** The same where the form is wrong: a script says so at once, without it the server does. */
export async function wrong(page: Page, refused: Refused, pressed: Locator): Promise<void> {
  if (!hasScripts()) return refused(page, 422, () => pressed.click());
  await pressed.click();
  await expect(page.locator('[aria-invalid=true]').first()).toBeVisible();
}
