// What could point to somebody is asked about before it is saved; what was written all the same can be withdrawn.
import { button, createByForm, itemTitle, plant, press, problem, unique } from '../board';
import { arrive, expect, hasScripts, open, test } from '../fixtures';
import { ASTRA, COORDINATOR } from '../people';
import { numbered, reading, send } from '../results';
import { en } from '../texts';

const PHONE = 'Call +381 11 334 7817 before you come';
const REASON = 'The number of the ministry';

test('a telephone number is pointed at, and saved once its author says why', async ({ page, become, office, visitor, refused }) => {
  const number = await plant(office, unique('Roundtable'));
  await become(COORDINATOR);
  await open(page, `/board/items/${number}/edit`);
  await page.locator('textarea#description').fill(PHONE);
  await refused(page, 422, () => button(page, en('form.save')).click());
  await expect(problem(page, 'description')).toContainText(en('personal.phone'));
  await expect(page.locator('textarea#description')).toHaveValue(PHONE);
  await page.locator('#reason').fill(REASON);
  await arrive(page, () => button(page, en('form.save')).click());
  const reader = await visitor();
  await open(reader, `/board/items/${number}`);
  await expect(reader.locator('.prose')).toHaveText(PHONE);
  await open(page, '/audit');
  const line = page.locator('tr', { hasText: REASON }).first();
  await expect(line).toContainText(en('action.guard_overridden'));
  await expect(page.locator('main')).not.toContainText('334 7817');
});

test('a new item is asked about too, and nothing typed is lost', async ({ page, become, denied }) => {
  await become(ASTRA);
  await open(page, '/board/new');
  await page.locator('#objective').selectOption({ index: 1 });
  const title = unique('Write to office@example.org');
  await page.locator('#title').fill(title);
  const send = () => button(page, en('form.create')).click();
  // Where scripts run, the page asks before anything is sent.
  await (hasScripts() ? send() : denied(page, 422, send));
  await expect(problem(page, 'title')).toContainText(en('personal.email'));
  await expect(page.locator('#title')).toHaveValue(title);
  await page.locator('#reason').fill(REASON);
  await send();
  await expect(page).toHaveURL(/\/board\/items\/\d+$/);
  await expect(itemTitle(page)).toHaveText(title);
});

test('an identification number is never saved, whatever the reason', async ({ page, become, office, refused }) => {
  const number = await plant(office, unique('Referral'));
  await become(COORDINATOR);
  await open(page, `/board/items/${number}/edit`);
  await page.locator('textarea#description').fill('JMBG 0104986719873');
  await refused(page, 422, () => button(page, en('form.save')).click());
  await expect(problem(page, 'description')).toHaveText(en('problem.id_number'));
  await expect(page.locator('#reason')).toHaveCount(0);
});

test('earlier wordings are withdrawn from the item, and it is told and noted', async ({ page, become }) => {
  await become(ASTRA);
  const number = await createByForm(page, { title: unique('Written too much') });
  await open(page, `/board/items/${number}`);
  await page.getByText(en('item.withdraw'), { exact: true }).click();
  await expect(page.getByText(en('item.withdraw_hint'))).toBeVisible();
  await press(page, en('item.do_withdraw'));
  await expect(page.getByText(en('item.withdrawn'))).toBeVisible();
  await open(page, '/audit');
  await expect(page.locator('tr', { hasText: en('action.texts_withdrawn') }).first()).toContainText(String(number));
});

test('earlier wordings of a reading and of a result are withdrawn where they are written', async ({ page, become }) => {
  await become(COORDINATOR);
  await open(page, '/results/readings?period=2027Q2');
  const code = await numbered(page);
  const card = reading(page, code);
  for (const words of ['Written too much', 'Counted from the minutes']) {
    await card.locator('[name=value]').fill('3');
    await card.locator('[name=narrative]').fill(words);
    await send(page, card.locator('button[value=save]'));
  }
  await card.getByText(en('item.withdraw'), { exact: true }).click();
  await expect(card.getByText(en('reading.withdraw_hint'))).toBeVisible();
  await send(page, card.locator('button[value=withdraw]'));
  await expect(page.getByText(en('item.withdrawn'))).toHaveCount(1);
  await expect(card.getByText(en('item.withdrawn'))).toBeVisible();
  await expect(card.locator('[name=narrative]')).toHaveValue('Counted from the minutes');

  await open(page, '/results/framework');
  const impact = await page.locator('.tree a.statement').first().getAttribute('href');
  await open(page, impact ?? '');
  await page.getByText(en('item.withdraw'), { exact: true }).click();
  await expect(page.getByText(en('framework.withdraw_node'))).toBeVisible();
  await press(page, en('item.do_withdraw'));
  await expect(page.getByText(en('item.withdrawn'))).toBeVisible();

  await open(page, '/audit');
  const lines = page.locator('tr', { hasText: en('action.texts_withdrawn') });
  await expect(lines.first()).toContainText(en('audit.result', { code: 'I 1' }));
  await expect(lines.nth(1)).toContainText(en('audit.indicator', { code }));
});
