// How fast the board is in a real browser: bytes of a first visit, and by size of the plan, at normal and 4 times slower
// speed of the processor: first card, until a card can be lifted, elements, memory, from drop to placed. One table, and the
// same as JSON in target/bench/browser.json. It measures and asserts nothing; aims stand beside the figures.
import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';

const FLAGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const RUNS = 5;
const rows = [];

// By items: aims, and what Planka 2.1.1 with PostgreSQL took on the same kind of machine, unslowed.
const SIZES = {
  100: { first: 0.3, lift: 0.6, planka: { first: 2.3, lift: 2.5, elements: 1753, memory: 27, drop: 600 } },
  1000: { first: 0.4, lift: 0.8, planka: { first: 5.6, lift: 6.4, elements: 16153, memory: 86, drop: 1200 } },
  4000: { first: 0.5, lift: 1.0, planka: { first: 19.5, lift: 21.9, elements: 64153, memory: 269, drop: 4000 } },
};

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS.split(' ') });
for (const [items, aims] of Object.entries(SIZES)) await withServer(Number(items), (url) => measure(url, Number(items), aims));
await browser.close();
mkdirSync('target/bench', { recursive: true });
writeFileSync('target/bench/browser.json', `${JSON.stringify(rows, null, 2)}\n`);
console.log('\nthe same in target/bench/browser.json');

async function measure(url, items, { first, lift, planka }) {
  if (items === 100) add('first visit to the board, all bytes', 'kB', (await bytes(url)) / 1000, 500, 2560);
  for (const slower of [1, 4]) {
    const visits = [];
    for (let run = 0; run < RUNS; run += 1) visits.push(await visit(url, slower));
    const median = (name) => visits.map((visit) => visit[name]).sort((a, b) => a - b)[Math.floor(RUNS / 2)];
    const name = (what) => `${items} items, ${slower === 1 ? 'normal' : '4 x slower'}: ${what}`;
    const other = slower === 1 ? planka : {};
    add(name('first card'), 's', median('first') / 1000, first, other.first);
    add(name('until a card can be lifted'), 's', median('lift') / 1000, lift, other.lift);
    add(name('drop to placed'), 'ms', median('drop'), 50, other.drop);
    if (slower > 1) continue;
    add(name('elements'), '', median('elements'), 3000, other.elements);
    add(name('script and program memory'), 'MB', median('memory') / 1e6, 25, other.memory);
  }
}

function add(name, unit, value, aim, planka) {
  if (!rows.length) console.log(`${'figure'.padEnd(56)}${'value'.padStart(10)}      ${'aim'.padStart(8)} ${'Planka'.padStart(8)}`);
  console.log(`${name.padEnd(56)}${value.toFixed(2).padStart(10)} ${unit.padEnd(4)} ${String(aim ?? '').padStart(8)} ${String(planka ?? '').padStart(8)}`);
  rows.push({ name, unit, value, aim, planka });
}

/** Everything that a visitor's browser receives, headers too. */
async function bytes(url) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send('Network.enable');
  let sum = 0;
  wire.on('Network.loadingFinished', (event) => (sum += event.encodedDataLength));
  await page.goto(`${url}/board`, { waitUntil: 'networkidle' });
  await context.close();
  return sum;
}

/** One visit of a coordinator with an empty cache. */
async function visit(url, slower) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.request.post(`${url}/sign-in`, { form: { email: 'coordinator@astra.example', password: 'demo-password' } });
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.addInitScript(watch);
  await page.goto(`${url}/board`);
  await page.waitForFunction(() => window.seen.lift);
  await page.waitForSelector('[data-live=online]');
  await page.waitForSelector('.pager', { state: 'detached' });
  await page.waitForTimeout(300 * slower);
  const elements = await page.evaluate(() => document.querySelectorAll('*').length);
  await wire.send('HeapProfiler.collectGarbage');
  const { metrics } = await wire.send('Performance.enable').then(() => wire.send('Performance.getMetrics'));
  const heap = metrics.find((metric) => metric.name === 'JSHeapUsedSize').value;
  const program = await page.evaluate(() => window.program?.buffer.byteLength ?? 0);
  const drop = await dropped(page);
  const { first, lift } = await page.evaluate(() => window.seen);
  await context.close();
  return { first, lift, elements, memory: heap + program, drop };
}

/** Runs in the page before everything else: notes when the first card is drawn and when it can be lifted. */
function watch() {
  window.seen = {};
  const instantiate = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...all) => {
    const made = await instantiate.apply(WebAssembly, all);
    window.program = made.instance.exports.memory;
    return made;
  };
  const look = () => {
    const card = document.querySelector('article.card');
    if (card) window.seen.first ??= performance.now();
    // It is a stop of Tab, alone in its column, once the board listens to hands.
    if (document.querySelector('article.card a[tabindex="0"]')) window.seen.lift ??= performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** From letting a card go until it stands where it was dropped. */
async function dropped(page) {
  const middle = async (selector) => {
    const box = await page.locator(selector).first().boundingBox();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const from = await middle('[data-testid=status-planned] article.card');
  const to = await middle('[data-testid=status-done] article.card');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 20, from.y + 10);
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.waitForSelector('.drop-place');
  await page.evaluate(() => {
    const held = document.querySelector('li.held').dataset.item;
    let start = 0;
    addEventListener('pointerup', () => (start = performance.now()), { capture: true, once: true });
    window.placed = new Promise((resolve) => {
      const look = () => {
        const there = start && document.querySelector(`[data-testid=status-done] li[data-item="${held}"]:not(.held)`);
        if (there) resolve(performance.now() - start);
        else requestAnimationFrame(look);
      };
      look();
    });
  });
  await page.mouse.up();
  return page.evaluate(() => window.placed);
}

async function withServer(items, use) {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  const folder = mkdtempSync(join(tmpdir(), 'act-board-bench-'));
  const args = ['serve', '--demo', '--demo-items', String(items), '--today', '2026-12-15', '--addr', `127.0.0.1:${port}`];
  const program = process.env.ACT_BOARD_BIN ?? 'target/release/act-board';
  const server = spawn(program, [...args, '--database-url', `sqlite://${folder}/a.db`], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(server.stdout, 'data');
  try {
    await use(`http://127.0.0.1:${port}`);
  } finally {
    server.kill();
    await once(server, 'exit');
    rmSync(folder, { recursive: true });
  }
}
