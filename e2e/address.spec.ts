import { expect, test } from './support/app.ts';

test('the window takes the token out of the address bar and survives a reload', async ({ app }) => {
  const { page } = app;
  await expect(page.getByText('main', { exact: true }).first()).toBeVisible();
  expect(page.url()).not.toContain('token');
  await page.reload();
  await expect(page.getByText('main', { exact: true }).first()).toBeVisible();
  expect(page.url()).not.toContain('token');
});

test('the address with a wrong token says so and shows no window', async ({ app }) => {
  const response = await app.page.request.get(`${new URL(app.address()).origin}/?token=wrong`);
  expect(response.status()).toBe(403);
  expect(await response.text()).toContain('not the one of this server');
});

test.describe('without a token', () => {
  test.use({ quiet: false });

  test('the page is given, and nothing of the repository', async ({ app, context }) => {
    const stranger = await context.newPage();
    await stranger.goto(new URL(app.address()).origin);
    await expect(stranger.locator('#root')).not.toBeEmpty();
    await expect(stranger.getByText('main', { exact: true })).toHaveCount(0);
  });
});
