// The server under test: the release binary, with a database of its own.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { freePort } from './ports';
import { Cluster } from './postgres';

export type Database = 'sqlite' | 'postgres';

export interface ServerOptions {
  /** What it keeps everything in; SQLite if nothing is said. */
  database?: Database;
  /** Fills the sample plan up to so many items. */
  demoItems?: number;
  /** Begins with nobody in the database, as a network of one's own does. */
  empty?: boolean;
  /** A built site to serve instead of the one inside the binary. */
  siteFolder?: string;
}

/** The day on which everything happens: two weeks before the end of the sample's current quarter. */
export const TODAY = '2026-12-15';

const BINARY = resolve(process.env.ACT_BOARD_BIN ?? join(__dirname, '../target/release/act-board'));

export class Server {
  private process?: ChildProcess;
  private readonly folder = mkdtempSync(join(tmpdir(), 'act-board-e2e-'));
  /** What the server wrote to stderr: its warnings, and why it gave up. */
  log = '';
  /** What it wrote to stdout: its address, and the token of the first start. */
  said = '';

  private constructor(
    private readonly port: number,
    private readonly options: ServerOptions,
    private readonly cluster?: Cluster,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  static async start(options: ServerOptions): Promise<Server> {
    const cluster = options.database === 'postgres' ? await Cluster.start() : undefined;
    const server = new Server(await freePort(), options, cluster);
    await server.run();
    return server;
  }

  /** Cuts the power and starts anew on the same database, perhaps with another site. */
  async restart(siteFolder = this.options.siteFolder): Promise<void> {
    await this.end('SIGKILL');
    await this.run(siteFolder);
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
    await this.cluster?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Everything in the database, as the program backs it up while it serves: lines of JSON. */
  async backup(): Promise<string[]> {
    const file = join(this.folder, 'backup.jsonl');
    rmSync(file, { force: true });
    const args = ['backup', file, '--database-url', this.database];
    await promisify(execFile)(BINARY, args, { env: this.environment() });
    return readFileSync(file, 'utf8').trimEnd().split('\n');
  }

  private get database(): string {
    return this.cluster?.url ?? `sqlite://${join(this.folder, 'act-board.db')}`;
  }

  private async run(siteFolder = this.options.siteFolder): Promise<void> {
    const args = ['serve', '--today', TODAY, '--addr', `127.0.0.1:${this.port}`, '--database-url', this.database];
    if (!this.options.empty) args.push('--demo');
    // A test that guesses passwords says that it comes from somewhere else, and slows nobody down.
    args.push('--trusted-proxies', '127.0.0.1');
    if (this.options.demoItems) args.push('--demo-items', String(this.options.demoItems));
    const child = spawn(BINARY, args, { env: this.environment(siteFolder), stdio: ['ignore', 'pipe', 'pipe'] });
    this.process = child;
    child.stderr.on('data', (text) => (this.log += text));
    // It says its address once it listens and its database is there.
    const failed = (why: string) => new Error(`${BINARY} did not start: ${why}${this.log}`);
    await new Promise<void>((started, refused) => {
      child.once('error', (error) => refused(failed(`${error.message}\n`)));
      child.once('exit', (code) => refused(failed(`exit ${code}\n`)));
      child.stdout.on('data', (text) => {
        this.said += text;
        started();
      });
    });
    const health = await fetch(`${this.url}/healthz`);
    if (!health.ok) throw failed(`/healthz answers ${health.status}\n`);
  }

  private environment(siteFolder?: string): NodeJS.ProcessEnv {
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('ACT_BOARD_'));
    const site = siteFolder ? { ACT_BOARD_SITE: siteFolder } : {};
    return { ...Object.fromEntries(own), ...site };
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}
