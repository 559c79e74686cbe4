// Every page at every width, in both themes and all languages: nothing is cut off, nobody is shut out. The screenshots
// are for eyes; they are compared with nothing.
import { type Page } from '@playwright/test';
import { join } from 'node:path';
import { violations } from './axe';
import { expect, open, settled, signIn, test } from './fixtures';
import { focus, overflowing, tooSmall } from './geometry';
import { goLive } from './live/hands';
import { type Items, PAGES, prepare } from './pages';
import { ASTRA, COORDINATOR } from './people';
import { values } from './results';
import { LANGUAGES, en, text } from './texts';

test.use({ scene: 'looks' });
// Each test takes eight pictures, some of them of very long pages.
test.slow();

const SCREENS = join(__dirname, 'results/screens');
const PHONE = { hasTouch: true, isMobile: true };
const DEVICES = [
  { options: {}, sizes: [{ width: 1440, height: 900 }, { width: 768, height: 1024 }] },
  { options: PHONE, sizes: [{ width: 360, height: 740 }, { width: 320, height: 640 }] },
];

let prepared: Promise<Items> | undefined;

for (const { name, as, visit } of PAGES) {
  for (const language of LANGUAGES) {
    test(`${name} in ${language} is whole at every width, in both themes, for everybody`, async ({ visitor, refused, office, server }) => {
      const items = await (prepared ??= prepare(office));
      for (const theme of ['light', 'dark'] as const) {
        for (const { options, sizes } of DEVICES) {
          const page = await visitor(as, { ...options, viewport: sizes[0] });
          await page.context().addCookies([{ name: 'language', value: language, url: server.url }, { name: 'theme', value: theme, url: server.url }]);
          await visit(page, refused, items);
          await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
          for (const size of sizes) {
            await page.setViewportSize(size);
            await picture(page, size, `${name}-${size.width}-${theme}-${language}`);
            await isWhole(page, size.width, theme, language);
          }
          await page.context().close();
        }
      }
    });
  }

  test(`${name} can be used with a thumb`, async ({ visitor, refused, office }) => {
    const items = await (prepared ??= prepare(office));
    const page = await visitor(as, { ...PHONE, viewport: { width: 360, height: 740 } });
    await visit(page, refused, items);
    if (name.startsWith('board')) await page.locator('.fold-label').tap();
    expect(await page.evaluate(tooSmall)).toEqual([]);
  });
}

/** Nothing sticks out, and nobody is shut out. */
async function isWhole(page: Page, width: number, theme: string, language: string): Promise<void> {
  const where = `${width} px, ${theme}`;
  expect.soft(await page.evaluate(overflowing, width), `sticks out at ${where}`).toEqual([]);
  const isAxed = language === 'en' && (width === 1440 || width === 360);
  if (isAxed) expect.soft(await violations(page), `axe at ${where}`).toEqual([]);
}

/** The whole page. The window grows for it: a picture of more than the window makes Chromium forget that it has a touch screen. */
async function picture(page: Page, size: { width: number; height: number }, name: string): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: size.width, height: Math.max(height, size.height) });
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await page.screenshot({ path: join(SCREENS, `${name}.png`), animations: 'disabled' });
  await page.setViewportSize(size);
}

for (const language of LANGUAGES) {
  test(`two versions of a reading in ${language} lie beside each other whole at every width, in both themes, for everybody`, async ({ visitor, denied, office, server, noise }) => {
    test.slow();
    noise.cut = true;
    for (const theme of ['light', 'dark'] as const) {
      for (const { options, sizes } of DEVICES) {
        const page = await visitor(ASTRA, { ...options, viewport: sizes[0] });
        await page.context().addCookies([{ name: 'language', value: language, url: server.url }, { name: 'theme', value: theme, url: server.url }]);
        const address = '/results/readings?period=2027Q4';
        await goLive(page, address);
        const form = page.locator('li.reading form.form', { has: page.locator('input[name=value][inputmode=decimal]') }).nth(1);
        const before = Object.fromEntries(await values(form));
        await page.context().setOffline(true);
        await form.locator('[name=value]').fill('7');
        await expect(page.locator('[data-pending]')).toHaveAttribute('data-pending', '1');
        // The same form, sent by somebody quicker.
        const theirs = { ...before, do: 'save', value: `${1000 + Math.floor(Math.random() * 1e6)}` };
        expect((await office.post(address, { form: theirs })).ok()).toBe(true);
        await denied(page, 422, () => page.context().setOffline(false));
        await expect(form.getByRole('button', { name: text(language, 'merge.keep_theirs') })).toBeVisible();
        for (const size of sizes) {
          await page.setViewportSize(size);
          await picture(page, size, `readings-two-versions-${size.width}-${theme}-${language}`);
          await isWhole(page, size.width, theme, language);
        }
        if (options === PHONE) expect.soft(await page.evaluate(tooSmall)).toEqual([]);
        await page.context().close();
      }
    }
  });
}

for (const [what, as] of [['a visitor', undefined], ['a coordinator', COORDINATOR]] as const) {
  test(`${what} who presses Tab always sees where the focus is`, async ({ visitor }) => {
    const page = await visitor(as);
    await open(page, '/board');
    const faults: string[] = [];
    const stops: string[] = [];
    for (;;) {
      await page.keyboard.press('Tab');
      const { name, wrong } = await page.evaluate(focus);
      if (name.startsWith('body') || stops.length > 120) break;
      stops.push(name);
      faults.push(...wrong.map((fault) => `${name} ${fault}`));
    }
    expect(stops.length, 'the skip link, the bar, the filters, one card of each status').toBeGreaterThanOrEqual(15);
    expect(stops.length, 'not every card').toBeLessThan(30);
    const seen = new Set<string>();
    await page.getByTestId('item-6').getByRole('link').focus();
    for (const key of [...Array<string>(9).fill('ArrowDown'), 'ArrowRight', 'Home', 'ArrowRight', 'End']) {
      await page.keyboard.press(key);
      const { name, wrong } = await page.evaluate(focus);
      seen.add(name);
      faults.push(...wrong.map((fault) => `${name} ${fault}`));
    }
    expect(seen.size, 'each arrow leads to another card').toBe(13);
    expect(faults).toEqual([]);
  });
}

test('the filters of a phone can be reached and opened by keyboard', async ({ visitor }) => {
  const page = await visitor(undefined, { viewport: { width: 360, height: 740 } });
  await open(page, '/board');
  await page.locator('#fold').focus();
  expect((await page.evaluate(focus)).wrong).toEqual([]);
  await page.keyboard.press('Space');
  await expect(page.locator('.filters')).toBeVisible();
});

test('on a phone a menu stays on the screen', async ({ visitor }) => {
  const page = await visitor(COORDINATOR, { ...PHONE, viewport: { width: 320, height: 640 } });
  await open(page, '/board');
  for (const summary of await page.locator('.menu summary').all()) {
    await summary.tap();
    const list = page.locator('.menu[open] .menu-list');
    await expect(list).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(overflowing, 320)).toEqual([]);
  }
});

test('on a phone every status is one tap away', async ({ visitor }) => {
  const page = await visitor(undefined, { ...PHONE, viewport: { width: 360, height: 740 } });
  await open(page, '/board');
  for (const [slug, number] of [['done', 1], ['in-progress', 4], ['planned', 6]] as const) {
    await page.locator(`.status-tabs a[href="#status-${slug}"]`).tap();
    await expect(page.getByTestId(`item-${number}`)).toBeInViewport();
  }
});

test('at 400 % zoom a member still signs in, filters, reads and edits', async ({ visitor }) => {
  // A window of 1280 × 1024 enlarged four times.
  const page = await visitor(undefined, { viewport: { width: 320, height: 256 } });
  await signIn(page, COORDINATOR);
  await page.locator('.fold-label').click();
  await page.locator('select[name=objective]').selectOption('O3');
  await expect(page).toHaveURL(/objective=O3/);
  await page.locator('.fold-close').click();
  await page.getByTestId('item-19').getByRole('link').click();
  await expect(page.locator('#title')).toHaveValue('Note on reporting methods');
  await page.locator('#current').fill('0,5');
  expect(await page.evaluate(overflowing, 320)).toEqual([]);
  await expect(page.getByTestId('saved')).toHaveText(en('item.saved'));
  const reader = await visitor();
  await open(reader, '/board/items/19');
  await expect(reader.locator('.facts')).toContainText(en('card.percent', { percent: 50 }));
});

test('on a low screen there is still room for the cards', async ({ visitor }) => {
  const page = await visitor(COORDINATOR, { viewport: { width: 1024, height: 560 } });
  await open(page, '/board');
  const box = await page.getByTestId('status-planned').boundingBox();
  expect(box?.height).toBeGreaterThan(200);
});
