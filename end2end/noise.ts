// A page that is well says nothing to the console, loads everything it asks for, and asks nobody else.
import { type ConsoleMessage, type Page, type Response, expect } from '@playwright/test';

export class Noise {
  private readonly lines: string[] = [];
  private readonly expected = new Set<string>();

  /** Whether the line is cut on purpose: then the browser says so itself, for each thing that it cannot fetch. */
  cut = false;

  /** Whether the program is broken on purpose. */
  broken = false;

  /** `origin`: where everything has to come from. `scripts`: whether the browser runs them. */
  watch(page: Page, origin: string, scripts: boolean): void {
    page.on('console', (message) => {
      if (!this.broken && !(this.cut && isCut(message.text()))) this.lines.push(line(message));
    });
    page.on('pageerror', (error) => {
      if (!this.broken) this.lines.push(`error in a script: ${error.message}`);
    });
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? '';
      // Whoever leaves a page before it is complete does without the rest.
      const left = why === 'net::ERR_ABORTED';
      // A browser that runs no scripts refuses to fetch them, and calls that a policy.
      const unwanted = !scripts && why === 'csp' && request.resourceType() === 'script';
      if (!left && !unwanted && !(this.cut && isCut(why))) this.lines.push(`request failed: ${request.url()} ${why}`);
    });
    page.on('response', (response) => {
      if (new URL(response.url()).origin !== origin) this.lines.push(`from elsewhere: ${response.url()}`);
    });
  }

  /** The browser writes a line of its own about a page with such a status; only where it is the right answer is it fine. */
  expect(response: Response): void {
    this.expected.add(refusal(response.status(), response.url()));
  }

  check(): void {
    const unexpected = this.lines.filter((text) => ![...this.expected].some((start) => text.startsWith(start)));
    expect(unexpected, 'what the browser complained about').toEqual([]);
  }
}

function refusal(status: number, url: string): string {
  return `error at ${url}: Failed to load resource: the server responded with a status of ${status}`;
}

function line(message: ConsoleMessage): string {
  // An answer's own address has no fragment.
  const [address] = message.location().url.split('#');
  return `${message.type()} at ${address}: ${message.text()}`;
}

/** What Chromium says when there is no network, or nobody answers. */
const isCut = (text: string): boolean => /ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)|WebSocket connection to/.test(text);
