// Adds to package-lock.json the optional platform packages that the registry in use did not list, so that
// `npm ci` passes here and other platforms still resolve their binaries. `--check` fails if one is missing.
import { readFileSync, writeFileSync } from 'node:fs';

const LIBC = { gnu: 'glibc', musl: 'musl', gnueabihf: 'glibc', musleabihf: 'musl' };
const OSES = [
  'darwin',
  'linux',
  'win32',
  'android',
  'freebsd',
  'openbsd',
  'netbsd',
  'sunos',
  'aix',
  'openharmony',
];
const CPUS = ['x64', 'arm64', 'arm', 'ia32', 'riscv64', 'ppc64', 's390x', 'loong64', 'wasm32', 'mips64el'];

/** Reads os, cpu and libc off a platform package's name: @scope/tool-linux-x64-musl. */
function platformOf(name) {
  const words = name.split('/').pop().split(/[-.]/);
  const libc = words.map((word) => LIBC[word]).find(Boolean);
  const os = OSES.find((each) => words.includes(each));
  const cpu = CPUS.find((each) => words.includes(each));
  return { ...(os && { os: [os] }), ...(cpu && { cpu: [cpu] }), ...(libc && { libc: [libc] }) };
}

const check = process.argv.includes('--check');
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const missing = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = path === '' ? `node_modules/${name}` : `${path}/node_modules/${name}`;
    if (lock.packages[`node_modules/${name}`] || lock.packages[nested]) continue;
    missing.push(`${name}@${range}`);
    const platform = platformOf(name);
    lock.packages[`node_modules/${name}`] = {
      version: range.replace(/^[\^~>=]+/, ''),
      ...platform,
      ...(entry.dev && { dev: true }),
      license: entry.license,
      optional: true,
    };
  }
}
if (missing.length === 0) {
  console.log('package-lock.json names every optional platform package');
} else if (check) {
  console.error(`package-lock.json lacks ${missing.length} platform packages: ${missing.join(' ')}`);
  console.error('Run: npm run lock:mend');
  process.exitCode = 1;
} else {
  const ordered = Object.fromEntries(
    Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  );
  writeFileSync('package-lock.json', `${JSON.stringify({ ...lock, packages: ordered }, null, 2)}\n`);
  console.log(`added ${missing.length}: ${missing.join(' ')}`);
}
