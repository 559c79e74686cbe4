// From a first draft to what everybody reads.
import { type Page } from '@playwright/test';
import { alert, button, card, column, create, createByForm, edit, itemTitle, press, problem, unique } from '../board';
import { arrive, expect, hasScripts, open, test } from '../fixtures';
import { ASTRA, CLCI, COORDINATOR, DONOR, EMMAUS, OBSERVER } from '../people';
import { counted, en } from '../texts';

type Refused = (page: Page, status: number, action: () => Promise<unknown>) => Promise<void>;

/** Sends the form of a new item with a mistake in it, which is told by the page itself where scripts run. */
async function mistaken(page: Page, refused: Refused): Promise<void> {
  const send = () => button(page, en('form.create')).click();
  await (hasScripts() ? send() : refused(page, 422, send));
  await expect(alert(page).first()).toBeVisible();
}

test('a draft stays among partners until a coordinator publishes it', async ({ page, visitor, become, refused }) => {
  const title = unique('Train border police');
  await become(EMMAUS);
  const number = await createByForm(page, { title, description: 'Two days for **each** town.' });
  await expect(itemTitle(page)).toHaveText(title);
  await expect(page.getByText(en('item.draft'))).toBeVisible();

  const partner = await visitor(CLCI);
  await open(partner, '/board');
  await expect(card(partner, number)).toContainText(en('card.draft'));

  for (const email of [undefined, DONOR, OBSERVER]) {
    const outsider = await visitor(email);
    await open(outsider, '/board');
    await expect(card(outsider, 1)).toBeVisible();
    // Not in the page, and not in the data that a script takes over either.
    expect(await outsider.content()).not.toContain(title);
    expect(await (await outsider.request.get('/board')).text()).not.toContain(title);
    await refused(outsider, 404, () => outsider.goto(`/board/items/${number}`));
    expect(await outsider.content()).not.toContain(title);
  }

  const coordinator = await visitor(COORDINATOR);
  await open(coordinator, `/board/items/${number}`);
  await press(coordinator, en('item.publish'));
  await expect(coordinator.getByText(en('item.published'))).toBeVisible();

  const anybody = await visitor();
  await open(anybody, '/board');
  await expect(column(anybody, 'planned').getByTestId(`item-${number}`)).toContainText(title);

  await press(coordinator, en('item.hide'));
  await expect(coordinator.getByText(en('item.draft'))).toBeVisible();
  await open(anybody, '/board');
  await expect(card(anybody, number)).toHaveCount(0);
  expect(await anybody.content()).not.toContain(title);
});

test('everything that was entered is there afterwards', async ({ page, become, visitor }) => {
  await become(COORDINATOR);
  const title = unique('Štitnik за  children & “quotes” <b>');
  await open(page, '/board/new');
  await page.locator('#title').fill(title);
  await page.locator('textarea#description').fill('First *line*\n\n- one\n- two\n');
  await page.locator('#objective').selectOption({ label: 'O4 Service quality and cross-border support' });
  await page.locator('#lead').selectOption({ label: 'Open Gate / La Strada' });
  await page.getByLabel("Women's Rights Center").check();
  await page.getByLabel('International Solidarity Forum').check();
  await page.locator('#start').fill('2026-11-01');
  await page.locator('#due').fill('2027-01-05');
  await page.locator('#unit').fill('towns');
  await page.locator('#baseline').fill('1,5');
  await page.locator('#target').fill('4.5');
  await page.locator('#current').fill('3');
  await create(page);

  const reader = await visitor(CLCI);
  await open(reader, page.url());
  await expect(itemTitle(reader)).toHaveText(title);
  await expect(reader.locator('.prose li')).toHaveText(['one', 'two']);
  const facts = reader.locator('.facts');
  await expect(facts).toContainText('O4 Service quality and cross-border support');
  await expect(facts).toContainText('Open Gate / La Strada, North Macedonia');
  await expect(facts).toContainText("Women's Rights Center, Montenegro");
  await expect(facts).toContainText('International Solidarity Forum EMMAUS, Bosnia and Herzegovina');
  await expect(facts).toContainText('1 November 2026');
  await expect(facts).toContainText('5 January 2027');
  await expect(facts).toContainText(counted('en', 'due.near', 21));
  await expect(facts).toContainText(en('card.progress', { current: 3, target: '4.5', unit: 'towns' }));
  await expect(facts).toContainText(en('card.percent', { percent: 50 }));
});

test('a refused save keeps every word, and says beside each field what is wrong', async ({ page, become, refused, visitor }) => {
  await become(ASTRA);
  await open(page, '/board/new');
  await page.locator('#title').fill('   ');
  await page.locator('textarea#description').fill('An hour of typing\nthat nobody wants to repeat');
  await page.locator('#objective').selectOption({ index: 2 });
  const objective = await page.locator('#objective').inputValue();
  await page.getByLabel('Netherlands Helsinki Committee').check();
  await page.locator('#start').fill('2027-03-31');
  await page.locator('#due').fill('2027-03-30');
  await page.locator('#unit').fill('towns');
  await page.locator('#baseline').fill('many');
  await page.locator('#target').fill('1.2345');
  await mistaken(page, refused);

  await expect(alert(page)).toContainText(en('problem.summary'));
  await expect(problem(page, 'title')).toHaveText(en('problem.missing'));
  await expect(problem(page, 'baseline')).toHaveText(en('problem.not_a_number'));
  await expect(problem(page, 'target')).toHaveText(en('problem.not_a_number'));
  await expect(problem(page, 'current')).toHaveText(en('problem.missing'));
  await expect(page.locator('#title')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('#title')).toHaveAttribute('aria-describedby', /title-error/);
  await expect(page.locator('textarea#description')).toHaveValue('An hour of typing\nthat nobody wants to repeat');
  await expect(page.locator('#objective')).toHaveValue(objective);
  await expect(page.getByLabel('Netherlands Helsinki Committee')).toBeChecked();
  await expect(page.locator('#start')).toHaveValue('2027-03-31');
  await expect(page.locator('#due')).toHaveValue('2027-03-30');
  await expect(page.locator('#baseline')).toHaveValue('many');
  await expect(page.locator('#target')).toHaveValue('1.2345');

  const title = unique('Corrected at last');
  await page.locator('#title').fill(title);
  for (const [name, value] of [['baseline', '0'], ['target', '3'], ['current', '1']]) await page.locator(`#${name}`).fill(String(value));
  await mistaken(page, refused);
  await expect(problem(page, 'due')).toHaveText(en('problem.before_start'));
  await expect(page.locator('.error')).toHaveCount(1);

  await page.locator('#due').fill('2027-03-31');
  await create(page);
  const reader = await visitor(CLCI);
  await open(reader, page.url());
  await expect(itemTitle(reader)).toHaveText(title);
  await expect(reader.locator('.prose')).toContainText('that nobody wants to repeat');
});

test('the summary of a refused save leads to the field', async ({ page, become, refused }) => {
  await become(ASTRA);
  await open(page, '/board/new');
  await page.locator('#objective').selectOption({ index: 1 });
  await mistaken(page, refused);
  const link = alert(page).getByRole('link');
  await expect(link).toHaveText(`${en('form.title')}: ${en('problem.missing')}`);
  await link.click();
  await expect(page).toHaveURL(/\/board\/new#title$/);
  await expect(page.locator('#title')).toBeInViewport();
});

test('an edit changes what it changes and nothing else', async ({ page, become, visitor }) => {
  await become(COORDINATOR);
  const number = await createByForm(page, {
    title: unique('Before'),
    description: 'Stays as it is',
    due: '2027-06-30',
    unit: 'towns',
    baseline: '0',
    target: '10',
    current: '1',
  });
  const title = unique('After');
  await edit(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(en('form.edit_title', { number }));
  await page.locator('#title').fill(title);
  await page.locator('#current').fill('4');
  await arrive(page, () => button(page, en('form.save')).click());
  await expect(page).toHaveURL(`/board/items/${number}`);
  const reader = await visitor(CLCI);
  await open(reader, `/board/items/${number}`);
  await expect(itemTitle(reader)).toHaveText(title);
  await expect(reader.locator('.prose')).toHaveText('Stays as it is');
  await expect(reader.locator('.facts')).toContainText('30 June 2027');
  await expect(reader.locator('.facts')).toContainText(en('card.percent', { percent: 40 }));
});

test('a refused edit leaves the item as it was, and the typed words in the form', async ({ page, become, refused, visitor }) => {
  await become(COORDINATOR);
  const title = unique('Untouched');
  const number = await createByForm(page, { title, start: '2026-10-01' });
  await open(page, `/board/items/${number}/edit`);
  await page.locator('#title').fill('Something new');
  await page.locator('#due').fill('2026-09-30');
  await refused(page, 422, () => button(page, en('form.save')).click());
  await expect(problem(page, 'due')).toHaveText(en('problem.before_start'));
  await expect(page.locator('#title')).toHaveValue('Something new');
  const other = await visitor(ASTRA);
  await open(other, `/board/items/${number}`);
  await expect(itemTitle(other)).toHaveText(title);
});

test('each field says before typing what must never be written into it', async ({ page, become }) => {
  await become(ASTRA);
  await open(page, '/board/new');
  await expect(page.getByText(en('form.never'))).toBeVisible();
  await expect(page.getByText(en('form.title_hint'))).toBeVisible();
  await expect(page.locator('#title')).toHaveAttribute('maxlength', '200');
});
