// Two people at the same item: nobody overwrites anybody.
import { button, itemTitle, plant, problem, unique } from '../board';
import { arrive, expect, open, test } from '../fixtures';
import { ASTRA, COORDINATOR } from '../people';
import { en } from '../texts';

test('the slower of two who change one title gets both versions and loses nothing', async ({ page, become, office, visitor, refused }) => {
  const number = await plant(office, unique('Both change it'), { description: 'Common ground' });
  await become(ASTRA);
  const quick = await visitor(COORDINATOR);
  await open(page, `/board/items/${number}/edit`);
  await open(quick, `/board/items/${number}/edit`);

  const [theirs, mine] = [unique('The quicker title'), unique('The slower title')];
  await quick.locator('#title').fill(theirs);
  await arrive(quick, () => button(quick, en('form.save')).click());

  await page.locator('#title').fill(mine);
  await page.locator('textarea#description').fill('Typed meanwhile');
  await page.locator('#due').fill('2027-09-30');
  await refused(page, 409, () => button(page, en('form.save')).click());
  await expect(problem(page, 'title')).toHaveText(en('problem.changed'));
  await expect(page.locator('.theirs')).toContainText(theirs);
  await expect(page.locator('#title')).toHaveValue(mine);
  await expect(page.locator('textarea#description')).toHaveValue('Typed meanwhile');
  await expect(page.locator('#due')).toHaveValue('2027-09-30');
  await quick.reload();
  await expect(itemTitle(quick)).toHaveText(theirs);

  // Having read theirs, one may decide.
  await arrive(page, () => button(page, en('form.save')).click());
  const reader = await visitor();
  await open(reader, `/board/items/${number}`);
  await expect(itemTitle(reader)).toHaveText(mine);
  await expect(reader.locator('.prose')).toHaveText('Typed meanwhile');
  await expect(reader.locator('.facts')).toContainText('30 September 2027');
});

test('a description that two people change ends with both versions on the page', async ({ page, become, office, visitor, refused }) => {
  const number = await plant(office, unique('Two hands'), { description: 'Common ground' });
  await become(ASTRA);
  const quick = await visitor(COORDINATOR);
  await open(page, `/board/items/${number}/edit`);
  await open(quick, `/board/items/${number}/edit`);
  await quick.locator('textarea#description').fill('Theirs, line one\nTheirs, line two');
  await arrive(quick, () => button(quick, en('form.save')).click());
  await page.locator('textarea#description').fill('Mine');
  await refused(page, 409, () => button(page, en('form.save')).click());
  await expect(problem(page, 'description')).toHaveText(en('problem.changed'));
  await expect(page.locator('.theirs')).toContainText('Theirs, line two');
  await expect(page.locator('textarea#description')).toHaveValue('Mine');
});

test('two who change different fields of one item both find their change', async ({ page, become, office, visitor }) => {
  const number = await plant(office, unique('Shared work'), { description: 'As it was', due: '2027-01-31' });
  await become(ASTRA);
  const other = await visitor(COORDINATOR);
  await open(page, `/board/items/${number}/edit`);
  await open(other, `/board/items/${number}/edit`);

  const title = unique('A better title');
  await other.locator('#title').fill(title);
  await other.locator('#start').fill('2026-12-01');
  await arrive(other, () => button(other, en('form.save')).click());
  await page.locator('textarea#description').fill('As it should be');
  await page.locator('#due').fill('2027-02-28');
  await arrive(page, () => button(page, en('form.save')).click());

  const reader = await visitor();
  await open(reader, `/board/items/${number}`);
  await expect(itemTitle(reader)).toHaveText(title);
  await expect(reader.locator('.prose')).toHaveText('As it should be');
  await expect(reader.locator('.facts')).toContainText('1 December 2026');
  await expect(reader.locator('.facts')).toContainText('28 February 2027');
});

test('an item that somebody archived while it was edited keeps what was typed on the page', async ({ page, become, office, refused }) => {
  const number = await plant(office, unique('Archived meanwhile'));
  await become(ASTRA);
  await open(page, `/board/items/${number}/edit`);
  await page.locator('textarea#description').fill('Typed before the archive');
  await office.post(`/board/items/${number}`, { form: { do: 'archive' } });
  await refused(page, 409, () => button(page, en('form.save')).click());
  await expect(page.getByRole('alert')).toContainText(en('error.archived'));
  await expect(page.locator('textarea#description')).toHaveValue('Typed before the archive');
});
