// A real Neo4j without Docker: the Community server from Maven Central, on loopback only, in a folder of its own.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import neo4j from 'neo4j-driver';

const HOME = resolve('.cache', 'neo4j');
const JARS = join(HOME, 'lib');
const READY_WITHIN_MS = 180_000;
const JAVA_OPTIONS = [
  '--add-opens=java.base/java.nio=ALL-UNNAMED',
  '--add-opens=java.base/java.io=ALL-UNNAMED',
  '--add-opens=java.base/sun.nio.ch=ALL-UNNAMED',
  '-Dio.netty.tryReflectionSetAccessible=true',
  '-Dlog4j2.disable.jmx=true',
];

export const settings = {
  port: Number(process.env.NEO4J_PORT ?? 7687),
  user: 'neo4j',
  password: process.env.NEO4J_PASSWORD ?? 'atlas-for-tests',
};
export const url = `neo4j://127.0.0.1:${settings.port}`;

const homeOf = () => join(HOME, `server-${settings.port}`);
const pidFile = () => join(homeOf(), 'pid');

function mustHave(command, args) {
  if (spawnSync(command, args, { stdio: 'ignore' }).status === 0) return;
  throw new Error(
    `${command} is needed to run Neo4j from Maven Central, and is not there. ` +
      'Install a JDK 17 and Maven, or start Neo4j with docker compose up neo4j and name it in ATLAS_STORE.',
  );
}

function fetchJars() {
  if (existsSync(join(JARS, '.complete'))) return;
  mkdirSync(JARS, { recursive: true });
  const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
  const args = [
    '-B',
    '-q',
    '-f',
    'scripts/neo4j/pom.xml',
    plugin,
    '-DincludeScope=runtime',
    `-DoutputDirectory=${JARS}`,
  ];
  const run = spawnSync('mvn', args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (run.status !== 0) throw new Error('Maven could not fetch Neo4j');
  writeFileSync(join(JARS, '.complete'), '');
}

function configure() {
  const home = homeOf();
  mkdirSync(join(home, 'conf'), { recursive: true });
  const lines = {
    'server.default_listen_address': '127.0.0.1',
    'server.bolt.listen_address': `127.0.0.1:${settings.port}`,
    'server.bolt.advertised_address': `127.0.0.1:${settings.port}`,
    'server.http.enabled': 'false',
    'server.https.enabled': 'false',
    'dbms.security.auth_enabled': 'true',
    'dbms.usage_report.enabled': 'false',
    'server.memory.pagecache.size': '256m',
    'server.directories.data': join(home, 'data'),
    'server.directories.logs': join(home, 'logs'),
    'server.directories.run': join(home, 'run'),
  };
  const text = Object.entries(lines).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(join(home, 'conf', 'neo4j.conf'), text.join(''));
  if (existsSync(join(home, 'data', 'dbms', 'auth.ini'))) return;
  const args = [
    ...JAVA_OPTIONS,
    '-cp',
    `${JARS}/*`,
    'org.neo4j.cli.AdminTool',
    'dbms',
    'set-initial-password',
  ];
  const env = { ...process.env, NEO4J_HOME: home, NEO4J_CONF: join(home, 'conf') };
  const run = spawnSync('java', [...args, settings.password], { env, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`set-initial-password failed: ${run.stderr}`);
}

/** Pid of the server that runs, if one does. */
export function runningPid() {
  if (!existsSync(pidFile())) return undefined;
  const pid = Number(readFileSync(pidFile(), 'utf8'));
  try {
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}

async function answers() {
  const driver = neo4j.driver(url, neo4j.auth.basic(settings.user, settings.password));
  try {
    await driver.verifyConnectivity();
    return true;
  } catch {
    return false;
  } finally {
    await driver.close();
  }
}

/** Starts the server, or finds it running, and resolves when it answers over Bolt. */
export async function start() {
  if (runningPid() === undefined) {
    mustHave('java', ['-version']);
    if (!existsSync(join(JARS, '.complete'))) mustHave('mvn', ['-v']);
    fetchJars();
    configure();
    const home = homeOf();
    const log = openSync(join(home, 'console.log'), 'a');
    const main = [
      'org.neo4j.server.CommunityEntryPoint',
      `--home-dir=${home}`,
      `--config-dir=${join(home, 'conf')}`,
    ];
    const args = ['-Xms512m', '-Xmx512m', ...JAVA_OPTIONS, '-cp', `${JARS}/*`, ...main, '--console-mode'];
    const child = spawn('java', args, { detached: true, stdio: ['ignore', log, log], cwd: home });
    writeFileSync(pidFile(), String(child.pid));
    child.unref();
  }
  const until = Date.now() + READY_WITHIN_MS;
  while (!(await answers())) {
    if (runningPid() === undefined || Date.now() > until) {
      const log = readFileSync(join(homeOf(), 'console.log'), 'utf8');
      throw new Error(`Neo4j did not come up:\n${log.slice(-2000)}`);
    }
    await sleep(500);
  }
}

/** Ends the server by its pid and waits until it is gone. */
export async function stop(signal = 'SIGTERM') {
  const pid = runningPid();
  if (pid === undefined) return;
  process.kill(pid, signal);
  for (const until = Date.now() + 60_000; runningPid() !== undefined && Date.now() < until; )
    await sleep(100);
  if (runningPid() !== undefined) process.kill(pid, 'SIGKILL');
  rmSync(pidFile(), { force: true });
}
