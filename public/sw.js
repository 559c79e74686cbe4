// Lets the board open without a connection: keeps the program's files, whose names change with their content, and one
// page without anybody's data. Every other answer comes from the server or not at all, so a page is never a mixture.
const BUILD = '__BUILD__';
const KEPT = `act-board ${BUILD}`;
const SHELL = '/shell';
// A page that has not begun to come after so many milliseconds is as good as none.
const PATIENCE = 10_000;

addEventListener('install', (event) => event.waitUntil(keep().then(() => skipWaiting())));
addEventListener('activate', (event) => event.waitUntil(forget().then(() => clients.claim())));
addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin || request.method !== 'GET') return;
  if (pathname.startsWith('/assets/')) event.respondWith(asset(request));
  else if (request.mode === 'navigate') event.respondWith(page(event));
});

/** All or nothing: if one file of the new program cannot be had, the old worker stays. */
async function keep() {
  const shell = await fetch(SHELL, { credentials: 'omit', cache: 'no-store' });
  if (!shell.ok) throw new Error(`the shell answered ${shell.status}`);
  const files = new Set((await shell.clone().text()).match(/\/assets\/[\w.-]+/g));
  const kept = await caches.open(KEPT);
  await kept.addAll(['/favicon.svg', ...files]);
  await kept.put(SHELL, shell);
}

async function forget() {
  for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
  // The browser asks for the page while the worker is still waking up.
  await registration.navigationPreload?.enable();
}

async function page(event) {
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE));
  try {
    return (await Promise.race([event.preloadResponse, late])) ?? (await Promise.race([fetch(event.request), late]));
  } catch {
    return (await caches.match(SHELL)) ?? Response.error();
  }
}

/** Fonts are kept when a page first asks for them: not every script is needed by everybody. */
async function asset(request) {
  const known = await caches.match(request);
  if (known) return known;
  const fresh = await fetch(request);
  // Where there is no room for it, it is fetched again next time.
  if (fresh.ok) await caches.open(KEPT).then((kept) => kept.put(request, fresh.clone())).catch(() => undefined);
  return fresh;
}
