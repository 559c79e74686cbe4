// A page in Serbian says nothing of its own in English. The plan itself, its organisations and its people are content.
import { type Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { PAGES, prepare } from './pages';
import { patterns } from './texts';

test.use({ scene: 'looks' });

const CONTENT =
  '.prose, .card h3, .account strong, option, h1, .facts dd, .progress, .checks, .typed, textarea, .partners, .objective, .member h3, .member .hidden, .audit-lines td, .deadlines a, .bullets th, .item-link, .work, .item-table .measured, .item-table .co-partners';

/** Whole texts of the interface in English, as far as they are told from Serbian ones and from numbers. */
const ENGLISH = [...patterns('en')]
  .filter(([key, english]) => {
    const words = english.replaceAll(/\{\{ \w+ \}\}/g, '').trim();
    return words.length > 6 && english !== patterns('sr-Latn').get(key) && english !== patterns('sr-Cyrl').get(key);
  })
  .map(([key, english]) => {
    const plain = english.split(/\{\{ \w+ \}\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return { key, pattern: new RegExp(`^${plain.join('.+')}$`) };
  });

let prepared: ReturnType<typeof prepare> | undefined;

for (const { name, as, visit } of PAGES) {
  for (const language of ['sr-Cyrl', 'sr-Latn'] as const) {
    test(`${name} speaks ${language} and no English`, async ({ visitor, refused, office, server }) => {
      const items = await (prepared ??= prepare(office));
      const page = await visitor(as);
      await page.context().addCookies([{ name: 'language', value: language, url: server.url }]);
      await visit(page, refused, items);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      const leaks = (await words(page)).flatMap((text) => ENGLISH.filter(({ pattern }) => pattern.test(text)).map(({ key }) => `${key}: ${text}`));
      expect(leaks).toEqual([]);
      if (language === 'sr-Latn') {
        const cyrillic = (await words(page)).filter((text) => /[\u0400-\u04ff]/.test(text) && !text.startsWith('Српски'));
        expect(cyrillic, 'Cyrillic on a Latin page').toEqual([]);
      }
    });
  }
}

/** All texts and labels of the page outside its content. */
async function words(page: Page): Promise<string[]> {
  return page.evaluate((content) => {
    const named = [...document.querySelectorAll(':is(.board, .item) h1')].some((h1) => document.title.includes(h1.textContent ?? ''));
    const found = named ? [] : [document.title];
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      const parent = node.parentElement;
      if (parent && !parent.closest(`script, ${content}`)) found.push(node.textContent ?? '');
    }
    for (const option of document.querySelectorAll('select[name=due] option, option[value=""], select[name=country] option, #to option')) found.push(option.textContent ?? '');
    for (const element of document.querySelectorAll('main h1')) if (!element.closest('.item, .board')) found.push(element.textContent ?? '');
    for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        // A label may name its card.
        const card = element.closest('.card')?.querySelector('h3')?.textContent || '\n';
        if (!element.closest(content) && element.tagName !== 'PROGRESS') found.push((element.getAttribute(name) ?? '').replace(card, '0'));
      }
    }
    return found.map((text) => text.replaceAll(/\s+/g, ' ').trim()).filter(Boolean);
  }, CONTENT);
}
