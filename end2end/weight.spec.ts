// What a visit costs on a slow line.
import { expect, open, test } from './fixtures';

test('whoever runs no scripts does not pay for the program: nothing of it is fetched', async ({ visitor }) => {
  const page = await visitor(undefined, { javaScriptEnabled: false });
  const fetched: string[] = [];
  page.on('response', (response) => fetched.push(new URL(response.url()).pathname));
  await page.goto('/board', { waitUntil: 'networkidle' });
  expect(fetched.filter((path) => /\.(js|wasm)$/.test(path))).toEqual([]);
});

test('the program, its style and its fonts come compressed, and only once for all visits', async ({ visitor }) => {
  const page = await visitor();
  const files: Record<string, string>[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/assets/')) files.push({ url: response.url(), ...response.headers() });
  });
  await open(page, '/board');
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    expect(file['cache-control'], file.url).toContain('immutable');
    if (!file.url?.endsWith('.woff2')) expect(file['content-encoding'], file.url).toMatch(/br|gzip/);
  }
});

test('each file of the program is fetched once', async ({ visitor }) => {
  const page = await visitor();
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await open(page, '/board');
  expect(fetched).toEqual([...new Set(fetched)]);
});
