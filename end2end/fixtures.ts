// What every test starts from: a server of its worker, pages that fail on any complaint, and people who are signed in.
import { type APIRequestContext, type Page, type PlaywrightWorkerArgs, test as base, expect } from '@playwright/test';
import { Noise } from './noise';
import { COORDINATOR, PASSWORD } from './people';
import { type Database, Server } from './server';

export { expect };

type Cookies = Parameters<ReturnType<Page['context']>['addCookies']>[0];
type ContextOptions = Parameters<import('@playwright/test').Browser['newContext']>[0];

interface WorkerFixtures {
  /** Tests of a scene have a server of their own, on whose items they can count. */
  scene: string;
  demoItems: number;
  siteFolder: string;
  database: Database;
  server: Server;
  /** A session's cookies for an e-mail, signed in once. */
  session: (email: string) => Promise<Cookies>;
  /** The coordinator's own line to the server, to prepare what a test needs. */
  office: APIRequestContext;
}

interface TestFixtures {
  noise: Noise;
  /** Another browser, of a visitor or of somebody who is signed in. */
  visitor: (email?: string, options?: ContextOptions) => Promise<Page>;
  /** Signs the test's own page in, without the form. */
  become: (email: string) => Promise<void>;
  /** Does what leads to a page with this status, and takes the browser's own line about it as right. */
  refused: (page: Page, status: number, action: () => Promise<unknown>) => Promise<void>;
  /** The same for what acts in place where scripts run. */
  denied: (page: Page, status: number, action: () => Promise<unknown>) => Promise<void>;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  scene: ['', { scope: 'worker', option: true }],
  demoItems: [0, { scope: 'worker', option: true }],
  siteFolder: ['', { scope: 'worker', option: true }],
  database: ['sqlite', { scope: 'worker', option: true }],

  server: [
    async ({ scene: _, demoItems, siteFolder, database }, use) => {
      const server = await Server.start({ demoItems, siteFolder, database });
      await use(server);
      await server.stop();
      expect(server.log, 'what the server wrote to its log').toBe('');
    },
    { scope: 'worker' },
  ],

  session: [
    async ({ server, playwright }, use) => {
      const known = new Map<string, Cookies>();
      await use(async (email) => {
        const cookies = known.get(email) ?? (await begin(playwright, server, email));
        known.set(email, cookies);
        return cookies;
      });
    },
    { scope: 'worker' },
  ],

  office: [
    async ({ server, session, playwright }, use) => {
      const storageState = { cookies: (await session(COORDINATOR)) as never, origins: [] };
      const office = await playwright.request.newContext({ baseURL: server.url, storageState });
      await use(office);
      await office.dispose();
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  noise: async ({}, use) => {
    const noise = new Noise();
    await use(noise);
    noise.check();
  },

  page: async ({ page, noise, server }, use) => {
    noise.watch(page, server.url, hasScripts());
    await use(page);
  },

  visitor: async ({ browser, contextOptions, noise, server, session }, use, info) => {
    const { javaScriptEnabled, viewport, locale } = info.project.use;
    const contexts: Awaited<ReturnType<typeof browser.newContext>>[] = [];
    await use(async (email, options) => {
      const plain = { ...contextOptions, javaScriptEnabled, viewport, locale, baseURL: server.url };
      const context = await browser.newContext({ ...plain, ...options });
      contexts.push(context);
      if (email) await context.addCookies(await session(email));
      const page = await context.newPage();
      noise.watch(page, options?.baseURL ?? server.url, options?.javaScriptEnabled ?? hasScripts());
      return page;
    });
    for (const context of contexts) await context.close();
  },

  become: async ({ context, session }, use) => use(async (email) => context.addCookies(await session(email))),

  refused: async ({ noise }, use) =>
    use(async (page, status, action) => {
      const loaded = page.waitForEvent('load');
      const arrival = page.waitForResponse((response) => {
        const isPage = response.request().isNavigationRequest() && response.frame() === page.mainFrame();
        return isPage && (response.status() < 300 || response.status() >= 400);
      });
      await action();
      const response = await arrival;
      noise.expect(response);
      expect(response.status(), 'the status of the page').toBe(status);
      await loaded;
      await settled(page);
    }),

  denied: async ({ noise, refused }, use) =>
    use(async (page, status, action) => {
      if (!hasScripts()) return refused(page, status, action);
      const answer = page.waitForResponse((response) => response.url().includes('/rpc/') && response.status() >= 400);
      await action();
      const response = await answer;
      noise.expect(response);
      expect(response.status(), 'the status of the answer').toBe(status);
    }),
});

async function begin({ request }: PlaywrightWorkerArgs['playwright'], server: Server, email: string): Promise<Cookies> {
  const browser = await request.newContext({ baseURL: server.url });
  const response = await browser.post('/sign-in', { form: { email, password: PASSWORD }, maxRedirects: 0 });
  expect(response.status(), `signing ${email} in`).toBe(303);
  const { cookies } = await browser.storageState();
  await browser.dispose();
  return cookies;
}

/** Whether scripts run in this test. */
export function hasScripts(): boolean {
  return test.info().project.use.javaScriptEnabled !== false;
}

/** Waits until the page is interactive: at once without JavaScript. */
export async function settled(page: Page): Promise<void> {
  if (hasScripts()) await expect(page.locator('body[data-hydrated]')).toBeAttached();
}

/** Goes to an address of ours. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settled(page);
}

/** Does what leads to another document, and waits until that one is ready. */
export async function arrive(page: Page, action: () => Promise<unknown>): Promise<void> {
  const loaded = page.waitForEvent('load');
  await action();
  await loaded;
  await settled(page);
}

/** Signs in by the form. */
export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await open(page, '/sign-in');
  await page.locator('[name=email]').fill(email);
  await page.locator('[name=password]').fill(password);
  await arrive(page, () => page.locator('main form button').click());
}
