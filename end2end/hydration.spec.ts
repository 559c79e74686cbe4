// The page that the server sent is the page that the browser would have drawn. Only a site built with debug assertions
// says where it is not, in the console, and any line there fails a test.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { drawn } from './drawing';
import { expect, open, test } from './fixtures';
import { PAGES, prepare } from './pages';
import { COORDINATOR } from './people';
import { LANGUAGES } from './texts';

const SITE = resolve(process.env.ACT_BOARD_SITE_DEBUG ?? join(__dirname, '../target/site-debug'));

test.use({ scene: 'hydration', siteFolder: SITE });
test.slow();

test.beforeEach(() => {
  if (!existsSync(join(SITE, 'manifest.json'))) {
    throw new Error(`There is no site that reports mismatches at ${SITE}: please run make site-debug.`);
  }
});

let prepared: ReturnType<typeof prepare> | undefined;

for (const { name, as, visit } of PAGES) {
  test(`${name} is taken over by the browser without a difference`, async ({ visitor, refused, office }) => {
    const items = await (prepared ??= prepare(office));
    const page = await visitor(as);
    await visit(page, refused, items);
    await expect(page.locator('body[data-hydrated]')).toBeAttached();
  });
}

for (const language of LANGUAGES) {
  test(`the board and an item are taken over in ${language}`, async ({ visitor, server }) => {
    const page = await visitor(COORDINATOR);
    await page.context().addCookies([{ name: 'language', value: language, url: server.url }]);
    for (const path of ['/board', '/board/items/24']) await open(page, path);
  });
}

test('walking through the pages in the browser says nothing to the console', async ({ visitor }) => {
  const page = await visitor(COORDINATOR);
  await open(page, '/board');
  await page.locator('select[name=due]').selectOption('late');
  await expect(page).toHaveURL(/due=late/);
  await page.locator('.clear').click();
  await expect(page).toHaveURL('/board');
  await page.getByTestId('item-24').getByRole('link').click();
  await expect(page).toHaveURL('/board/items/24');
  await expect(page.locator('#title')).toHaveValue('Train legal-aid lawyers');
  await page.goBack();
  await expect(page.getByTestId('item-24')).toBeVisible();
  await page.locator('a[href="/board/new"]').click();
  await expect(page.locator('#title')).toHaveValue('');
});

// Leptos reports where elements do not fit; where only a text or an attribute differs, this does.
for (const path of [
  '/board',
  '/board?objective=O1&due=late',
  '/board?archived=1&q=x',
  '/board/items/8',
  '/board/items/24/edit',
  '/board/new',
  '/sign-in',
]) {
  test(`${path} reads the same whether the server drew it or the browser`, async ({ visitor, server }) => {
    const page = await visitor(COORDINATOR);
    await page.context().addCookies([{ name: 'language', value: 'sr-Cyrl', url: server.url }]);
    await open(page, path);
    // Until every card is there and the board listens.
    await page.waitForLoadState('networkidle');
    const byServer = await page.evaluate(drawn);
    // Not from an item: the board gives the focus back to its card.
    await open(page, path === '/sign-in' ? '/board' : '/sign-in');
    await page.evaluate((href) => {
      document.body.append(Object.assign(document.createElement('a'), { href, id: 'way', textContent: 'way' }));
      document.getElementById('way')?.click();
    }, path);
    await expect.poll(() => page.evaluate(drawn)).toEqual(byServer);
  });
}
