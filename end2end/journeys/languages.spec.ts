// English, Serbian in Cyrillic, Serbian in Latin.
import { type Page } from '@playwright/test';
import { choose as chooseIn, column, plant, unique } from '../board';
import { expect, open, test } from '../fixtures';
import { COORDINATOR } from '../people';
import { LANGUAGES, type Language, counted, en, text } from '../texts';

const choose = (page: Page, from: Language, to: Language): Promise<void> => chooseIn(page, text(from, 'frame.language'), to);

test('whoever chooses a language keeps it, on every page and after coming back', async ({ page }) => {
  await open(page, '/board');
  let before: Language = 'en';
  for (const language of ['sr-Cyrl', 'sr-Latn', 'en'] as const) {
    await choose(page, before, language);
    before = language;
    for (const path of ['/board/items/24', '/sign-in', '/board']) {
      await open(page, path);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expect(page.locator('.pages a[href="/board"]')).toHaveText(text(language, 'frame.board'));
    }
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('lang', language);
  }
});

for (const [asked, language] of [['sr-RS', 'sr-Cyrl'], ['sr-Latn-RS', 'sr-Latn'], ['bs-BA', 'sr-Latn'], ['en-GB', 'en'], ['de-AT', 'en']] as const) {
  test(`a browser that asks for ${asked} is answered in ${language}`, async ({ visitor }) => {
    const page = await visitor(undefined, { locale: asked });
    await open(page, '/board');
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await expect(page.getByRole('link', { name: text(language, 'frame.sign_in'), exact: true })).toBeVisible();
  });
}

test('a chosen language wins over what the browser asks for', async ({ visitor }) => {
  const page = await visitor(undefined, { locale: 'sr-RS' });
  await open(page, '/board');
  await choose(page, 'sr-Cyrl', 'en');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('choosing a language leaves one where one was, filter and all', async ({ page }) => {
  await open(page, '/board?due=late');
  await choose(page, 'en', 'sr-Latn');
  await expect(page).toHaveURL('/board?due=late');
});

test('a language chosen after filtering keeps the filter', async ({ page }) => {
  await open(page, '/board');
  await page.getByLabel(en('filter.search')).fill('lawyers');
  await page.getByLabel(en('filter.search')).press('Enter');
  await expect(page).toHaveURL(/q=lawyers/);
  await choose(page, 'en', 'sr-Cyrl');
  await expect(page).toHaveURL(/q=lawyers/);
});

test('a message about a mistake speaks the chosen language, and keeps what was typed', async ({ visitor, refused }) => {
  const page = await visitor(undefined, { locale: 'sr-RS' });
  await open(page, '/sign-in');
  await page.locator('#email').fill(COORDINATOR);
  await page.locator('#password').fill('нешто друго');
  await refused(page, 422, () => page.locator('main form button').click());
  await expect(page.getByRole('alert')).toContainText(text('sr-Cyrl', 'error.wrong_password_hint'));
  await expect(page.locator('#email')).toHaveValue(COORDINATOR);
});

test('counts and days are in the right grammatical form: 1, 2, 5, 11 and 21', async ({ visitor, office }) => {
  // 21 items, the first of which are also among the first 1, 2, 5 and 11. Item n is due, or late, by n days.
  const sizes = [1, 2, 5, 11, 21];
  const word = `plural${unique('')}`.replace(' ', '');
  const planted = new Map<number, number>();
  for (let n = 1; n <= 21; n += 1) {
    const groups = sizes.filter((size) => n <= size).map((size) => `${word}of${size}.`);
    const due = new Date(Date.UTC(2026, 11, 15 + (n % 2 ? n : -n)));
    const options = { published: false, due: due.toISOString().slice(0, 10), start: '2026-01-01' };
    planted.set(n, await plant(office, groups.join(' '), options));
  }
  for (const language of LANGUAGES) {
    // High enough for 21 cards: what lies far below the window is not drawn.
    const viewport = { width: 1440, height: 3600 };
    const page = await visitor(COORDINATOR, { viewport, locale: language === 'en' ? 'en-GB' : `${language}-RS` });
    for (const size of sizes) {
      await open(page, `/board?q=${word}of${size}.`);
      await expect(column(page, 'planned').locator('.column-head .hidden')).toHaveText(counted(language, 'board.items', size));
      const total = Number(/\d+$/.exec((await page.locator('.filter-count').innerText()).match(/\d+ \S+ \d+/)?.[0] ?? '')?.[0]);
      await expect(page.locator('.filter-count')).toContainText(counted(language, 'filter.count', total, { shown: size }));
    }
    for (const n of [1, 2, 4, 5, 11, 12, 21]) {
      const note = page.getByTestId(`item-${planted.get(n)}`).locator('time');
      await expect(note).toHaveText(counted(language, n % 2 ? 'due.near' : 'due.late', n));
    }
  }
});

test('days are written as the language writes them', async ({ visitor }) => {
  for (const [locale, due] of [['en-GB', '31 December 2026'], ['sr-RS', '31. децембра 2026.'], ['sr-Latn-RS', '31. decembra 2026.']] as const) {
    const page = await visitor(undefined, { locale });
    await open(page, '/board/items/24');
    await expect(page.locator('.facts')).toContainText(due);
  }
});
