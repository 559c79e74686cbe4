// Browsers behind a line that a test can cut, as long as the test.
import { type BrowserContext, type Page } from '@playwright/test';
import { test as base, expect } from '../fixtures';
import { PASSWORD } from '../people';
import { Proxy } from '../proxy';
import { goOnline } from './hands';

export { expect };

export interface Device {
  context: BrowserContext;
  page: Page;
}

export const test = base.extend<{ line: Proxy; device: (email: string) => Promise<Device> }>({
  line: async ({ server }, use) => {
    const line = await Proxy.to(server.url);
    await use(line);
    await line.close();
  },
  // A browser behind the line, signed in by the form, as long as the test.
  device: async ({ browser, line }, use) => {
    const errors: string[] = [];
    const contexts: BrowserContext[] = [];
    await use(async (email) => {
      const context = await browser.newContext({ baseURL: line.url, locale: 'en-GB', viewport: { width: 1280, height: 800 } });
      contexts.push(context);
      const page = await context.newPage();
      page.on('pageerror', (error) => errors.push(error.message));
      await enter(page, email);
      return { context, page };
    });
    for (const context of contexts) await context.close();
    expect(errors).toEqual([]);
  },
});

export async function enter(page: Page, email: string): Promise<void> {
  const answer = await page.request.post('/sign-in', { form: { email, password: PASSWORD } });
  expect(answer.ok()).toBe(true);
  await goOnline(page);
}
