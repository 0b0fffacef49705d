/** Small files cut out of real ones, a few of every format, for tests that change them. The folder is the one that ATLAS_DATA names. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { realData } from './real-data';

const FOLDERS = [
  ...['attack-enterprise', 'attack-mobile', 'attack-pre', 'cisa-kev', 'csaf-examples', 'cyclonedx-examples'],
  ...['graphsense-tagpacks', 'misp-galaxy', 'misp-taxonomies', 'misp-warninglists', 'ofac-crypto-addresses'],
  ...['opencti-datasets', 'openvex-example'],
];
const FILES_A_FOLDER = 12;
const MOST_ELEMENTS = 6;
const MOST_LINES = 40;
const MOST_CHARACTERS = 60_000;

/** A value of which every long list has some of its elements only, from all over it. */
function shortened(value: unknown): unknown {
  if (Array.isArray(value)) {
    const step = Math.max(1, Math.floor(value.length / MOST_ELEMENTS));
    return value
      .filter((_, at) => at % step === 0)
      .slice(0, MOST_ELEMENTS)
      .map(shortened);
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shortened(each)]));
}

function sampleOf(path: string): string {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  // Some are YAML, whatever they are called.
  if (!/^\s*[[{]/.test(text)) return text.split('\n').slice(0, MOST_LINES).join('\n');
  return JSON.stringify(shortened(JSON.parse(text)), null, 1);
}

/** Texts of the samples, each named by its file. */
export function realSamples(): ReadonlyMap<string, string> {
  const paths = FOLDERS.flatMap((folder) => {
    const names = readdirSync(realData(folder), { recursive: true })
      .map(String)
      .filter((name) => /\.(json|ya?ml)(\.gz)?$/.test(name))
      .sort();
    const step = Math.max(1, Math.floor(names.length / FILES_A_FOLDER));
    return names.filter((_, at) => at % step === 0).map((name) => join(realData(folder), name));
  });
  return new Map(
    paths.map((path) => [path, sampleOf(path)] as const).filter(([, text]) => text.length <= MOST_CHARACTERS),
  );
}
