// Nobody changes what is not theirs.
import { button, column, itemTitle, plant, unique } from '../board';
import { expect, hasScripts, open, test } from '../fixtures';
import { ASTRA, DONOR, EMMAUS, OBSERVER } from '../people';
import { en } from '../texts';

/** Led by the Netherlands Helsinki Committee, with ASTRA and Open Gate. */
const FOREIGN = 2;

test('a partner reads a foreign item and is offered no change of it', async ({ page, become }) => {
  await become(EMMAUS);
  await open(page, `/board/items/${FOREIGN}`);
  await expect(itemTitle(page)).toHaveText('Name contact points');
  await expect(page.getByRole('link', { name: en('item.edit') })).toHaveCount(0);
  await expect(page.locator('.item').getByRole('button')).toHaveCount(0);
});

test('a partner cannot edit a foreign item by its address either', async ({ page, become, refused }) => {
  await become(EMMAUS);
  await refused(page, 403, () => page.goto(`/board/items/${FOREIGN}/edit`));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(en('error.forbidden'));
  await expect(page.locator('#title')).toHaveCount(0);
});

test('a button that is left over from another role is refused, and the item stays', async ({ page, become, denied, office, visitor, noise }) => {
  const number = await plant(office, unique('Left over'));
  await become(ASTRA);
  await open(page, `/board/items/${number}`);
  // Its socket is refused, too, and may be about to open.
  noise.cut = true;
  await page.context().clearCookies();
  await become(EMMAUS);
  // A page that is alive knows whose it is: nothing is sent in the name of somebody else.
  await denied(page, hasScripts() ? 401 : 403, () => button(page, en('item.archive')).click());
  const said = hasScripts() ? en('frame.signed_out') : en('error.forbidden');
  await expect(page.getByText(said).first()).toBeVisible();
  const anybody = await visitor();
  await open(anybody, '/board');
  await expect(column(anybody, 'planned').getByTestId(`item-${number}`)).toBeVisible();
});

test('whoever was signed out meanwhile is told, and finds the way back in', async ({ page, become, denied, office, noise }) => {
  const number = await plant(office, unique('Signed out'));
  await become(ASTRA);
  await open(page, `/board/items/${number}`);
  // The socket may be about to open.
  noise.cut = true;
  await page.context().clearCookies();
  await denied(page, 401, () => button(page, en('item.archive')).click());
  await expect(page.getByText(hasScripts() ? en('frame.signed_out') : en('error.signed_out')).first()).toBeVisible();
  await expect(page.getByRole('link', { name: en('frame.sign_in') }).first()).toBeVisible();
});

test('whoever is signed out while typing loses nothing of the text', async ({ page, become, denied }) => {
  await become(ASTRA);
  await open(page, '/board/new');
  await page.locator('#title').fill(unique('Typed for an hour'));
  await page.locator('textarea#description').fill('a long text');
  await page.locator('#objective').selectOption({ index: 1 });
  await page.context().clearCookies();
  await denied(page, 401, () => button(page, en('form.create')).click());
  if (hasScripts()) await expect(page.locator('textarea#description')).toHaveValue('a long text');
  else await expect(page.getByText('a long text')).toBeVisible();
});

test('a partner leads only for its own organisation and does not publish', async ({ page, become }) => {
  await become(ASTRA);
  await open(page, '/board/new');
  await expect(page.locator('#lead option')).toHaveText(['ASTRA']);
  await open(page, '/board/items/1');
  await expect(button(page, en('item.archive'))).toBeVisible();
  await expect(button(page, en('item.hide'))).toHaveCount(0);
  await expect(button(page, en('item.publish'))).toHaveCount(0);
});

for (const [who, email] of [['a donor', DONOR], ['an observer', OBSERVER]] as const) {
  test(`${who} reads and changes nothing`, async ({ page, become, refused }) => {
    await become(email);
    await open(page, '/board');
    await expect(page.getByRole('link', { name: en('board.new') })).toHaveCount(0);
    await open(page, '/board/items/1');
    await expect(page.locator('.item').getByRole('button')).toHaveCount(0);
    await refused(page, 403, () => page.goto('/board/new'));
    await refused(page, 403, () => page.goto('/board/items/1/edit'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(en('error.forbidden'));
  });
}

test('a visitor who wants to write is asked to sign in', async ({ page, refused }) => {
  for (const path of ['/board/new', '/board/items/1/edit']) {
    await refused(page, 401, () => page.goto(path));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(en('error.signed_out'));
  }
});
