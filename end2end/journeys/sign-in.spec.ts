// Getting in and out.
import { button, menu } from '../board';
import { arrive, expect, open, signIn, test } from '../fixtures';
import { COORDINATOR, PASSWORD } from '../people';
import { en } from '../texts';

test('a member gets in with e-mail and password', async ({ page }) => {
  await open(page, '/board');
  await page.getByRole('link', { name: en('frame.sign_in'), exact: true }).click();
  await expect(page).toHaveURL('/sign-in');
  await page.getByLabel(en('sign_in.email')).fill(COORDINATOR);
  await page.getByLabel(en('sign_in.password')).fill(PASSWORD);
  await arrive(page, () => button(page, en('sign_in.submit')).click());
  await expect(page).toHaveURL('/board');
  await menu(page, en('frame.account')).click();
  await expect(page.locator('.account')).toContainText(en('role.coordinator'));
});

test('whoever leaves is out: the next person on this computer sees no drafts', async ({ page }) => {
  await signIn(page, COORDINATOR);
  await expect(page.getByRole('link', { name: en('board.new') })).toBeVisible();
  await menu(page, en('frame.account')).click();
  await arrive(page, () => button(page, en('frame.sign_out')).click());
  await expect(page.getByRole('link', { name: en('frame.sign_in'), exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: en('board.new') })).toHaveCount(0);
  // What is left opens nothing: it only tells this browser from a stranger's.
  expect((await page.context().cookies()).map(({ name }) => name)).toEqual(['browser']);
});

test('a mistyped password is told, and the e-mail need not be typed again', async ({ page, refused }) => {
  await open(page, '/sign-in');
  await page.getByLabel(en('sign_in.email')).fill(COORDINATOR);
  await page.getByLabel(en('sign_in.password')).fill('demo-passwort');
  await refused(page, 422, () => button(page, en('sign_in.submit')).click());
  await expect(page.getByRole('alert')).toContainText(en('error.wrong_password_hint'));
  await expect(page.getByLabel(en('sign_in.email'))).toHaveValue(COORDINATOR);
  await expect(page.getByLabel(en('sign_in.password'))).toHaveValue('');
  expect(await page.content()).not.toContain('demo-passwort');
  await page.getByLabel(en('sign_in.password')).fill(PASSWORD);
  await arrive(page, () => button(page, en('sign_in.submit')).click());
  await expect(page).toHaveURL('/board');
});

test('an unknown e-mail is told in the same words as a wrong password, so nobody learns who has an account', async ({ page, refused }) => {
  await open(page, '/sign-in');
  await page.getByLabel(en('sign_in.email')).fill('nobody@astra.example');
  await page.getByLabel(en('sign_in.password')).fill(PASSWORD);
  await refused(page, 422, () => button(page, en('sign_in.submit')).click());
  await expect(page.getByRole('alert')).toContainText(en('error.wrong_password_hint'));
});

test('after signing in one stands where one wanted to go, and never on a foreign site', async ({ page }) => {
  for (const [next, arrival] of [['/board?due=late', '/board?due=late'], ['//evil.example', '/board']]) {
    // The board before would find its socket refused.
    await page.goto('about:blank');
    await page.context().clearCookies();
    await open(page, `/sign-in?next=${encodeURIComponent(String(next))}`);
    await page.getByLabel(en('sign_in.email')).fill(COORDINATOR);
    await page.getByLabel(en('sign_in.password')).fill(PASSWORD);
    await arrive(page, () => button(page, en('sign_in.submit')).click());
    await expect(page).toHaveURL(String(arrival));
  }
});
