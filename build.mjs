// Assembles the site that the server embeds, out of cargo's wasm library, style/, public/ and the fonts in node_modules.
//
//     node build.mjs            target/site, from the profile wasm-release
//     node build.mjs --debug    target/site-debug, from wasm-debug: not optimised, reports hydration mismatches
//     node build.mjs [--debug] FILE.wasm    the same from another wasm file
//
// What the pages load lies in assets/ under a name with a hash of its content, so that browsers may keep it for ever; manifest.json
// maps the logical names to these. Files of public/ keep their own path. Beside each compressible file lie its .br and .gz.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, parse } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

process.on('uncaughtException', (error) => {
  console.error(`build.mjs: ${error.message}`);
  process.exit(1);
});
process.chdir(dirname(fileURLToPath(import.meta.url)));

const { values: { debug }, positionals } = parseArgs({ options: { debug: { type: 'boolean' } }, allowPositionals: true });
const site = debug ? 'target/site-debug' : 'target/site';
const work = `${site}.work`;
const wasm = positionals[0] ?? `target/wasm32-unknown-unknown/${debug ? 'wasm-debug' : 'wasm-release'}/act_board.wasm`;

// wasm-opt refuses instructions that it was not told of; these are what rustc and wasm-bindgen emit by default.
const WASM_FEATURES = ['bulk-memory', 'multivalue', 'mutable-globals', 'nontrapping-float-to-int', 'reference-types', 'sign-ext'];

const files = new Map(); // path in the site → its bytes
const manifest = {}; // logical name → path in the site

addScriptAndWasm();
addStyle();
addDrawingStyle();
addPublic();
files.set('manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
if (isUnchanged()) console.log(`${site} is unchanged`);
else replaceSite();
report();

function addScriptAndWasm() {
  bindWasm();
  if (existsSync(`${work}/snippets`)) throw new Error('a crate brings JavaScript snippets: teach build.mjs to hash them');
  const wasmName = addHashed('act-board.wasm', readFileSync(`${work}/act-board_bg.wasm`));
  const glue = readFileSync(`${work}/act-board.js`, 'utf8');
  addHashed('act-board.js', Buffer.from(glue.replaceAll('act-board_bg.wasm', wasmName)));
}

/** Makes the bindings anew only when their input, the tools or this script changed, since wasm-opt takes a while. */
function bindWasm() {
  const inputs = [wasm, 'build.mjs', 'package-lock.json'].map((path) => readFileSync(path));
  const key = hash(...inputs, run('wasm-bindgen', '--version'));
  if (existsSync(`${work}/key`) && readFileSync(`${work}/key`, 'utf8') === key) return;

  rmSync(work, { recursive: true, force: true });
  run('wasm-bindgen', wasm, '--target', 'web', '--no-typescript', '--out-name', 'act-board', '--out-dir', work);
  if (!debug) {
    const file = `${work}/act-board_bg.wasm`;
    run('node_modules/.bin/wasm-opt', '-Oz', ...WASM_FEATURES.map((name) => `--enable-${name}`), file, '-o', file);
  }
  writeFileSync(`${work}/key`, key);
}

/** One style sheet for all pages. A relative url in it must be a font of a package, which is copied and named by its hash. */
function addStyle() {
  const css = run('node_modules/.bin/lightningcss', '--bundle', '--minify', '--browserslist', 'style/main.css');
  const rewritten = css.replaceAll(/url\(["']?(?![/#]|data:)([^"')]+)["']?\)/g, (_, name) => {
    const path = manifest[name] ?? addHashed(name, readFileSync(fontFile(name)));
    return `url(${basename(path)})`;
  });
  addHashed('main.css', Buffer.from(rewritten));
}

/** The rules of drawings alone, in the light theme and with every token put in: programs that read SVG know no `var()` or `oklch()`. */
function addDrawingStyle() {
  const tokens = new Map();
  for (const [, name, value] of readFileSync('style/tokens.css', 'utf8').matchAll(/(--[\w-]+):\s*([^;]+);/g)) {
    if (!tokens.has(name)) tokens.set(name, value.replace(/light-dark\(([^()]*\([^()]*\)).*\)$/, '$1'));
  }
  const put = (css) => css.replaceAll(/var\((--[\w-]+)\)/g, (_, name) => put(tokens.get(name) ?? ''));
  const pixels = (css) => css.replaceAll(/([\d.]+)rem/g, (_, rem) => `${rem * 16}px`);
  writeFileSync(`${work}/drawing.css`, pixels(put(readFileSync('style/drawing.css', 'utf8'))));
  const css = run('node_modules/.bin/lightningcss', '--minify', '--targets', 'ie 11', `${work}/drawing.css`);
  // Each colour comes a second time, for whoever knows lab().
  addHashed('drawing.css', Buffer.from(css.replaceAll(/[\w-]+:lab\([^)]*\);?/g, '')));
}

function fontFile(name) {
  const fonts = 'node_modules/@fontsource-variable';
  const found = readdirSync(fonts).map((font) => join(fonts, font, 'files', basename(name))).find(existsSync);
  if (!name.startsWith('fonts/') || !found) throw new Error(`style/: url(${name}) is no font of node_modules/@fontsource-variable`);
  return found;
}

function addPublic() {
  for (const path of existsSync('public') ? filesIn('public') : []) {
    if (path === 'manifest.json' || path.startsWith('assets/')) throw new Error(`public/${path} is a name that the site needs`);
    // The worker differs with each program, so browsers notice a new one.
    const bytes = readFileSync(join('public', path));
    const text = () => bytes.toString().replace('__BUILD__', hash(JSON.stringify(manifest), bytes).slice(0, 12));
    files.set(path, path === 'sw.js' ? Buffer.from(text()) : bytes);
    manifest[path] = path;
  }
}

/** Puts the bytes into assets/ and the manifest, and returns the file's new name there. */
function addHashed(logicalName, bytes) {
  const { name, ext } = parse(logicalName);
  const path = `assets/${name}-${hash(bytes).slice(0, 12)}${ext}`;
  files.set(path, bytes);
  manifest[logicalName] = path;
  return basename(path);
}

/** The compressed copies follow from the plain files, so their names are enough. */
function isUnchanged() {
  if (!existsSync(site)) return false;
  const wanted = [...files.keys()].flatMap((path) => (isCompressible(path) ? [path, `${path}.br`, `${path}.gz`] : [path]));
  const sameNames = isDeepStrictEqual(new Set(filesIn(site)), new Set(wanted));
  return sameNames && [...files].every(([path, bytes]) => bytes.equals(readFileSync(join(site, path))));
}

/** Writes beside the old site and then renames, so that an interrupted build leaves a whole site. */
function replaceSite() {
  const fresh = `${site}.new`;
  rmSync(fresh, { recursive: true, force: true });
  for (const [path, bytes] of files) {
    const file = join(fresh, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    if (!isCompressible(path)) continue;
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  }
  rmSync(site, { recursive: true, force: true });
  renameSync(fresh, site);
}

function report() {
  for (const name of ['act-board.wasm', 'act-board.js', 'main.css']) {
    const [plain, br] = ['', '.br'].map((end) => Math.ceil(statSync(join(site, manifest[name] + end)).size / 1000));
    console.log(`${name}: ${plain} kB, ${br} kB as brotli`);
  }
}

/** The manifest is for the server alone; fonts and pictures are compressed already. */
function isCompressible(path) {
  return path !== 'manifest.json' && /\.(css|html|ico|js|json|svg|txt|wasm|webmanifest|xml)$/.test(path);
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true }).filter((path) => statSync(join(folder, path)).isFile());
}

function hash(...parts) {
  const sha = createHash('sha256');
  for (const part of parts) sha.update(part);
  return sha.digest('hex');
}

function run(program, ...args) {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
