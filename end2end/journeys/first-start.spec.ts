// A network of one's own: from the empty database to a partner who works, and is shut out again.
import { type Page } from '@playwright/test';
import { arrive, expect, open, test } from '../fixtures';
import { Server } from '../server';
import { en } from '../texts';

const COORDINATOR = { email: 'coordinator@network.example', password: 'wagon tulip seventeen gravel' };
const PARTNER = { email: 'partner@network.example', password: 'brzi voz za podgoricu kasni' };

async function fill(page: Page, fields: Record<string, string>) {
  for (const [name, value] of Object.entries(fields)) await page.locator(`main [name=${name}]`).first().fill(value);
}

test('a network is founded, invites a partner, and closes an account', async ({ visitor, refused, noise }) => {
  const server = await Server.start({ empty: true });
  try {
    const office = await visitor(undefined, { baseURL: server.url });
    await open(office, '/board');
    await expect(office).toHaveURL('/setup');
    const start = {
      token: '0'.repeat(64),
      network: 'A network',
      org_name: 'The first organisation',
      short_name: 'FIRST',
      name: 'Coordinator',
      plan_title: 'Our plan',
      objectives: 'One\nTwo',
      ...COORDINATOR,
    };
    await fill(office, start);
    await refused(office, 422, () => office.locator('main form button').click());
    await expect(office.locator('[name=plan_title]')).toHaveValue('Our plan');
    const token = /^ {2}([0-9a-f]{64})$/m.exec(server.said)?.[1] ?? '';
    await fill(office, { token, password: COORDINATOR.password });
    await arrive(office, () => office.locator('main form button').click());
    await expect(office).toHaveURL('/board');
    await expect(office.getByText('Our plan').first()).toBeVisible();

    for (const path of ['/', '/dashboard']) {
      await open(office, path);
      await expect(office.locator('.figures')).toContainText(en('dashboard.none_planned'));
      await expect(office.locator('.region')).toHaveCount(0);
    }
    await open(office, '/board?view=timeline');
    await expect(office.locator('.empty')).toHaveText(en('dashboard.none_planned'));

    await open(office, '/people');
    const invite = office.locator('#invite');
    await invite.locator('[name=email]').fill(PARTNER.email);
    await invite.locator('[name=name]').fill('Partner');
    await invite.locator('[name=org]').selectOption({ index: 1 });
    await invite.locator('[name=role]').selectOption('partner');
    await arrive(office, () => invite.locator('form button').click());
    const link = await office.locator('#told-link').inputValue();

    const partner = await visitor(undefined, { baseURL: server.url });
    await open(partner, link);
    await fill(partner, { password: PARTNER.password });
    await arrive(partner, () => partner.locator('main form button').click());
    await expect(partner).toHaveURL('/board');
    await expect(partner.getByRole('link', { name: en('board.new') })).toBeVisible();

    const again = await visitor(undefined, { baseURL: server.url });
    await refused(again, 410, () => again.goto(link));

    await open(office, '/people');
    const own = office.locator('.member').filter({ hasText: PARTNER.email });
    await own.locator('summary').first().click();
    await arrive(office, () => own.locator('form:has(input[value=disable]) button').click());
    // Another tab of the same browser: the one that was open hears of it and loads itself anew, just now perhaps.
    const tab = await partner.context().newPage();
    await open(tab, '/board');
    await expect(tab.getByRole('link', { name: en('frame.sign_in'), exact: true })).toBeVisible();
    await expect(tab.getByRole('link', { name: en('board.new') })).toHaveCount(0);
    expect(server.log).toBe('');
  } finally {
    // Pages that are open may be asking for something.
    noise.cut = true;
    await server.stop();
  }
});
