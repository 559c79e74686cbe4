import { defineConfig } from '@playwright/test';

// Without a GPU, a network or a sandbox: as in a container, run as root.
const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

export default defineConfig({
  testDir: '.',
  outputDir: 'results/failures',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    actionTimeout: 10_000,
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: '/usr/bin/chromium', args: flags.split(' ') },
  },
  projects: [
    { name: 'with JavaScript', use: { javaScriptEnabled: true }, testIgnore: /plain\// },
    { name: 'without JavaScript', use: { javaScriptEnabled: false }, testMatch: /(journeys|plain)\// },
  ],
});
