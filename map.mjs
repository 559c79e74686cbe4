// Draws the map of the region as Rust constants, out of Natural Earth's shapes (public domain) as npm's world-atlas has them (ISC).
//
//     node map.mjs            writes src/ui/kit/chart/shapes.rs, if it differs
//     node map.mjs --check    fails if it differs
//
// The file is kept in the repository, so that cargo alone can build; `make build` draws it anew.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { geoConicEqualArea, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import { presimplify, simplify } from 'topojson-simplify';

process.on('uncaughtException', (error) => {
  console.error(`map.mjs: ${error.message}`);
  process.exit(1);
});
process.chdir(dirname(fileURLToPath(import.meta.url)));

const FILE = 'src/ui/kit/chart/shapes.rs';
const FRAME = [600, 560];
const INSET = [132, 150];
/** By the numbers of ISO 3166-1; what Natural Earth draws without one goes by its name. */
const REGION = { '688': 'RS', '070': 'BA', '499': 'ME', '008': 'AL', '807': 'MK' };
const NETHERLANDS = '528';
// Its designation is without prejudice to positions on status. It is land on the map, and no country of the network's.
const KOSOVO = 'Kosovo';
/** A corner that spans less than so many square degrees is left out: on its map it is about as wide as a line. */
const DETAIL = { region: 4e-4, inset: 1.2e-3 };

const world = JSON.parse(readFileSync('node_modules/world-atlas/countries-10m.json', 'utf8'));
const detailed = (least) => simplify(presimplify(world), least);

const text = rust();
const isDrawn = existsSync(FILE) && readFileSync(FILE, 'utf8') === text;
if (process.argv[2] === '--check' && !isDrawn) throw new Error(`${FILE} is not what is drawn: please run node map.mjs`);
if (!isDrawn) writeFileSync(FILE, text);

function rust() {
  const { countries, around, labels } = region();
  const pairs = (list) => list.map((parts) => `    (${parts.map((part) => JSON.stringify(part)).join(', ')}),`).join('\n');
  return `//! The map of the region, drawn by map.mjs out of Natural Earth (public domain).

/// Width and height of the region's map.
pub const FRAME: (u16, u16) = (${FRAME.join(', ')});

/// Width and height of the Netherlands' map.
pub const INSET: (u16, u16) = (${INSET.join(', ')});

/// ISO 3166-1 code and shape of the countries whose partners work in the region.
#[rustfmt::skip]
pub const COUNTRIES: [(&str, &str); ${countries.length}] = [
${pairs(countries)}
];

/// Code, x and y of where a country's name stands.
#[rustfmt::skip]
pub const LABELS: [(&str, u16, u16); ${labels.length}] = [
${pairs(labels)}
];

/// The land around them.
#[rustfmt::skip]
pub const AROUND: &str = ${JSON.stringify(around)};

/// The shape of the Netherlands.
#[rustfmt::skip]
pub const NETHERLANDS: &str = ${JSON.stringify(inset())};
`;
}

function region() {
  const shapes = feature(detailed(DETAIL.region), 'countries').features;
  const own = shapes.filter((shape) => REGION[shape.id]);
  const fitted = [...own, ...shapes.filter(isKosovo)];
  const draw = drawn([41, 46], [-19.5, 0], FRAME, { type: 'FeatureCollection', features: fitted }, 28);
  const others = shapes.filter((shape) => !REGION[shape.id] && !isKosovo(shape));
  // One path a land, so that its own border shows.
  const around = [...others, ...shapes.filter(isKosovo)].map((shape) => compact(draw(shape))).join('');
  const label = (shape) => draw.centroid(shape).map(Math.round);
  return {
    countries: own.map((shape) => [REGION[shape.id], compact(draw(shape))]),
    labels: own.map((shape) => [REGION[shape.id], ...label(shape)]),
    around,
  };
}

function inset() {
  const shapes = feature(detailed(DETAIL.inset), 'countries').features;
  const country = shapes.find((shape) => shape.id === NETHERLANDS);
  return compact(drawn([51, 53], [-5.3, 0], INSET, mainland(country), 6)(mainland(country)));
}

/** What lies in Europe: the islands of the Caribbean would make the rest a dot. */
function mainland(country) {
  const polygons = country.geometry.coordinates.filter(([[[longitude]]]) => longitude > 0);
  return { ...country, geometry: { ...country.geometry, coordinates: polygons } };
}

function isKosovo(shape) {
  return shape.properties.name === KOSOVO;
}

/** Draws in whole units: half a unit is less than a line is wide. */
function drawn(parallels, rotation, [width, height], whole, margin) {
  const frame = [[margin, margin], [width - margin, height - margin]];
  const projection = geoConicEqualArea().parallels(parallels).rotate(rotation).fitExtent(frame, whole);
  return geoPath(projection.clipExtent([[0, 0], [width, height]])).digits(0);
}

/** The same path with steps instead of places, which are shorter, and without those that go nowhere. */
function compact(path) {
  return (path ?? '').split('Z').filter(Boolean).map(ring).join('');
}

function ring(path) {
  const points = path.slice(1).split('L').map((point) => point.split(',').map(Number));
  const steps = points.slice(1).map(([x, y], nth) => [x - points[nth][0], y - points[nth][1]]);
  const moved = steps.filter(([x, y]) => x || y);
  // An island of less than a unit.
  if (moved.length < 2) return '';
  return `M${points[0].join(' ')}l${moved.map(([x, y]) => `${x} ${y}`).join(' ').replaceAll(' -', '-')}z`;
}
