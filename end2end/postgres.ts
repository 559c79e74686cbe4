// A PostgreSQL server of a test's own, empty, and gone with it.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { freePort } from './ports';

const VERSIONS = '/usr/lib/postgresql';

export class Cluster {
  private constructor(
    /** Stops the server and removes its folder when its input closes, so also when the tests die. */
    private readonly keeper: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<Cluster> {
    const folder = mkdtempSync(join(tmpdir(), 'act-board-e2e-'));
    const port = await freePort();
    // What is killed here is the program: the database need not survive a power cut, hence -F.
    const script = `set -e; cd ${folder}; export PATH=${programs()}:$PATH
      initdb -D data -A trust -U postgres -E UTF8 --no-locale --no-sync >log 2>&1
      pg_ctl -D data -l log -w -o '-p ${port} -k ${folder} -h 127.0.0.1 -F' start >log.start 2>&1
      echo ready; cat >/dev/null; pg_ctl -D data -m immediate stop >log.stop 2>&1; cd /; rm -rf ${folder}`;
    // In a group of its own, so that Ctrl-C ends the tests and leaves it to the keeper to clean up.
    const [command, ...args] = [...unprivileged(folder), 'bash', '-c', script] as [string, ...string[]];
    const keeper = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
    await new Promise<void>((ready, refused) => {
      keeper.stdout.once('data', () => ready());
      keeper.once('error', refused);
      keeper.once('exit', () => refused(new Error(`PostgreSQL did not start: ${said(folder)}`)));
    });
    return new Cluster(keeper, `postgres://postgres@127.0.0.1:${port}/postgres`);
  }

  async stop(): Promise<void> {
    const gone = once(this.keeper, 'exit');
    this.keeper.stdin?.end();
    await gone;
  }
}

/** PostgreSQL refuses to run as root, so root lends its folder to the user that Debian's package made. */
function unprivileged(folder: string): string[] {
  if (process.getuid?.() !== 0) return [];
  execFileSync('chown', ['postgres', folder]);
  return ['runuser', '-u', 'postgres', '--'];
}

/** The newest PostgreSQL of Debian's. */
function programs(): string {
  const all = existsSync(VERSIONS) ? readdirSync(VERSIONS).map((version) => join(VERSIONS, version, 'bin')) : [];
  const newest = all.filter((folder) => existsSync(join(folder, 'initdb'))).sort().at(-1);
  if (!newest) throw new Error('PostgreSQL is missing: run make setup-test');
  return newest;
}

function said(folder: string): string {
  const logs = ['log', 'log.start'].map((name) => join(folder, name)).filter((file) => existsSync(file));
  return logs.map((file) => readFileSync(file, 'utf8')).join('\n');
}
