// A line between browsers and the server that a test can cut, slow down, or let die without a word.
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import { once } from 'node:events';

export class Proxy {
  private readonly pairs = new Set<[Socket, Socket]>();
  private isCut = false;
  private isDeaf = false;
  private delay = 0;
  private patience = 0;

  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    readonly url: string,
  ) {}

  static async to(target: string): Promise<Proxy> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new Proxy(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('connection', (browser) => proxy.join(browser, Number(new URL(target).port)));
    return proxy;
  }

  /** Nothing gets through, and nobody answers. */
  cut(): void {
    this.isCut = true;
    for (const pair of this.pairs) pair.forEach((socket) => socket.destroy());
  }

  /** Connections stay open, and nothing goes through them any more: the worst kind of a dead line. */
  deafen(): void {
    this.isDeaf = true;
  }

  /** Whatever goes through takes so many milliseconds. */
  slow(milliseconds: number): void {
    this.delay = milliseconds;
  }

  /** Connections over which nothing went for so many milliseconds are closed, as many a proxy in front of a server does. */
  tire(milliseconds: number): void {
    this.patience = milliseconds;
    for (const [browser] of this.pairs) browser.setTimeout(milliseconds);
  }

  heal(): void {
    if (this.isDeaf) for (const pair of this.pairs) pair.forEach((socket) => socket.destroy());
    [this.isCut, this.isDeaf, this.delay] = [false, false, 0];
    this.tire(0);
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(browser: Socket, port: number): void {
    if (this.isCut) return void browser.destroy();
    const server = connect(port, '127.0.0.1');
    const pair: [Socket, Socket] = [browser, server];
    this.pairs.add(pair);
    // Whatever goes over the pair goes over the browser's half, in either direction.
    browser.setTimeout(this.patience);
    browser.on('timeout', () => browser.destroy());
    for (const [from, to] of [pair, [server, browser] as const]) {
      from.on('data', (bytes) => this.pass(bytes, to));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.pairs.delete(pair);
        to.destroy();
      });
    }
  }

  private pass(bytes: Buffer, to: Socket): void {
    if (this.isDeaf) return;
    if (this.delay) setTimeout(() => to.write(bytes), this.delay);
    else to.write(bytes);
  }
}
