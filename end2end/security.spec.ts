// The doors are locked from the first day.
import { type Page, type Response } from '@playwright/test';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { card, itemTitle, plant, unique } from './board';
import { expect, open, signIn, test } from './fixtures';
import { PAGES, prepare } from './pages';
import { COORDINATOR, DONOR } from './people';

test.use({ scene: 'security' });

let prepared: ReturnType<typeof prepare> | undefined;

/** Remembers the last page that was answered. */
function documents(page: Page): { last?: Response } {
  const seen: { last?: Response } = {};
  page.on('response', (response) => {
    if (response.request().isNavigationRequest()) seen.last = response;
  });
  return seen;
}

/** Elements with styles of their own. Numbers that a script hands to the style sheet, as a list's length, are none. */
function styled(): string[] {
  const isNumbers = (style: string) => style.split(';').every((rule) => /^\s*(--[a-z]+:\s*[\d.]+)?\s*$/.test(rule));
  const all = [...document.querySelectorAll('[style]')];
  return all.filter((element) => !isNumbers(element.getAttribute('style') ?? '')).map((element) => element.outerHTML.slice(0, 120));
}

for (const { name, as, visit } of PAGES) {
  test(`${name} runs nothing that somebody slipped into it`, async ({ visitor, refused, office }) => {
    const items = await (prepared ??= prepare(office));
    const page = await visitor(as);
    const seen = documents(page);
    await visit(page, refused, items);
    const policy = seen.last?.headers()['content-security-policy'] ?? '';
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(nonce.length, policy).toBeGreaterThanOrEqual(20);
    for (const word of ['unsafe-inline', "'unsafe-eval'", 'http:', 'https:', '*']) expect(policy).not.toContain(word);
    for (const rule of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"]) expect(policy).toContain(rule);

    const html = (await seen.last?.text()) ?? '';
    for (const script of html.match(/<script\b[^>]*>/g) ?? []) expect(script).toContain(`nonce="${nonce}"`);
    expect(html.match(/<[a-z][^>]*\s(style|on[a-z]+)\s*=/gi) ?? [], 'inline styles and handlers').toEqual([]);
    expect(await page.evaluate(styled), 'inline styles after hydration').toEqual([]);
  });
}

test('a nonce is used once, so that a known one is worth nothing', async ({ page }) => {
  const policies = new Set<string>();
  for (let visits = 0; visits < 5; visits += 1) {
    const response = await page.goto('/board');
    policies.add(response?.headers()['content-security-policy'] ?? '');
  }
  expect(policies.size).toBe(5);
});

test('a session cannot be read by a script or sent along from elsewhere', async ({ page }) => {
  await signIn(page, COORDINATOR);
  await page.locator('.menu summary').first().click();
  await page.locator('button[value=sr-Latn]').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'sr-Latn');
  const cookies = await page.context().cookies();
  const session = cookies.find(({ name }) => name === 'session');
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(session?.value).toMatch(/^[0-9a-f]{64}$/);
  for (const cookie of cookies) expect(cookie.sameSite, cookie.name).toBe('Lax');
});

for (const host of ['127.0.0.1', 'localhost']) {
  test(`a form on a foreign page at ${host} changes nothing, even for whoever is signed in`, async ({ browser, office, session, server }) => {
    const number = await plant(office, unique('Not theirs'));
    const form = `<form method="post" action="${server.url}/board/items/${number}"><button name="do" value="archive">You have won</button></form>`;
    const elsewhere = createServer((_, response) => response.setHeader('content-type', 'text/html').end(form)).listen(0);
    await once(elsewhere, 'listening');
    const context = await browser.newContext();
    await context.addCookies(await session(COORDINATOR));
    const page = await context.newPage();
    await page.goto(`http://${host}:${(elsewhere.address() as AddressInfo).port}/`);
    const [answer] = await Promise.all([page.waitForResponse((response) => response.url().startsWith(server.url)), page.getByRole('button').click()]);
    expect(answer.status()).toBe(403);
    const board = await context.newPage();
    await board.goto(`${server.url}/board`);
    await expect(card(board, number)).toBeVisible();
    await context.close();
    elsewhere.close();
  });
}

test('what somebody writes into an item is read, and never runs', async ({ page, become, office }) => {
  const title = unique('<img src=x onerror=alert(1)></script><script>alert(2)</script>');
  const description = [
    'Harmless **words**',
    '<script>alert(3)</script>',
    '<img src="https://elsewhere.example/pixel.png" onerror="alert(4)">',
    '![picture](https://elsewhere.example/pixel.png)',
    '[link](javascript:alert(5)) and [good](https://example.org/)',
    '<a href="javascript:alert(6)" onclick="alert(7)" style="position:fixed">raw</a>',
    '</script><script>alert(8)</script>',
    '<iframe src="https://elsewhere.example/"></iframe><form action="https://elsewhere.example/"><input></form>',
  ].join('\n\n');
  const number = await plant(office, title, { description });
  const said: string[] = [];
  page.on('dialog', (dialog) => {
    said.push(dialog.message());
    return dialog.dismiss();
  });
  await become(COORDINATOR);
  for (const path of ['/board', `/board/items/${number}/edit`, `/board/items/${number}`]) await open(page, path);
  await become(DONOR);
  await open(page, `/board/items/${number}`);
  await expect(itemTitle(page)).toHaveText(title);
  const text = page.locator('.prose');
  await expect(text).toContainText('Harmless words');
  await expect(text.locator('script, img, iframe, form, input, [style], [onclick], [onerror]')).toHaveCount(0);
  const links = await text.locator('a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  expect(links.filter((href) => href !== null)).toEqual(['https://example.org/']);
  await expect(text.locator('a[href]')).toHaveAttribute('rel', /noopener/);
  expect(said).toEqual([]);
});
