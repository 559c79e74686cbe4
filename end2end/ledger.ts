// What browsers were told is done, to be compared with what the database holds.
import { type Page, type Response, expect } from '@playwright/test';
import { type Server } from './server';

/** A change, as far as a ledger goes. */
interface Change {
  op: string;
  revision: number;
  texts: string[];
}

/** A change as `/rpc/submit` answers it; what it is has the name of its kind. */
interface Entry {
  op: string;
  revision: number;
  change: { item: Record<string, { title?: { body: string } | null; description?: { body: string } | null }> };
}

export class Ledger {
  /** Every answer that came whole. A command that was sent twice may have two. */
  readonly answers: Change[] = [];
  /** Texts of which a page has said that they are saved. */
  readonly saved: string[] = [];
  /** Answers that broke off before anybody could read them. */
  brokenOff = 0;
  private readonly reading: Promise<void>[] = [];

  /** Writes down from now on what this page is told. */
  watch(page: Page): void {
    page.on('response', (response) => {
      if (new URL(response.url()).pathname === '/rpc/submit' && response.ok()) this.reading.push(this.read(response));
    });
  }

  /** Every answer stands in the history, with its texts; nothing stands there twice, and no revision is missing. */
  async compare(server: Server, told: string): Promise<void> {
    await Promise.all(this.reading);
    const history = historyIn(await server.backup());
    expect(history.map((change) => change.revision), `${told}: revisions`).toEqual(history.map((_, index) => index + 1));
    const byOp = new Map(history.map((change) => [change.op, change]));
    expect(byOp.size, `${told}: op ids in the history`).toBe(history.length);
    for (const answer of this.answers) expect(byOp.get(answer.op), `${told}: what ${answer.op} was answered`).toEqual(answer);
    const texts = history.flatMap((change) => change.texts);
    const answered = this.answers.flatMap((answer) => answer.texts);
    for (const text of new Set([...this.saved, ...answered])) {
      expect(texts.filter((other) => other === text), `${told}: in the history`).toEqual([text]);
    }
  }

  private async read(response: Response): Promise<void> {
    const asked = response.request().postDataJSON() as { op: string };
    const entry = (await response.json().catch(() => undefined)) as Entry | undefined;
    if (!entry) return void (this.brokenOff += 1);
    const { title, description } = Object.values(entry.change.item)[0] ?? {};
    const texts = [title, description].flatMap((text) => (text ? [text.body] : [])).sort();
    // By the op that was asked: an answer to another does not count as one.
    this.answers.push({ op: plain(asked.op), revision: entry.revision, texts });
  }
}

/** Every change of the only plan in a backup, in the order of revisions, with its texts put back in. */
function historyIn(backup: string[]): Change[] {
  const tables = tablesIn(backup);
  const bodies = new Map(tables('texts').map((text) => [text.id, String(text.body)]));
  const texts = new Map<number, string[]>();
  for (const { revision, text_id } of tables('change_texts')) {
    texts.set(Number(revision), [...(texts.get(Number(revision)) ?? []), bodies.get(text_id) ?? 'a text that is gone']);
  }
  const changes = tables('changes').map(({ op_id, revision }) => ({ op: String(op_id), revision: Number(revision) }));
  return changes
    .map((change) => ({ ...change, texts: (texts.get(change.revision) ?? []).sort() }))
    .sort((one, other) => one.revision - other.revision);
}

type Row = Record<string, unknown>;

/** A line with its columns begins a table; a line is a row of it. */
function tablesIn(backup: string[]): (name: string) => Row[] {
  const tables = new Map<string, Row[]>();
  let columns: string[] = [];
  let rows: Row[] = [];
  for (const line of backup.map((text) => JSON.parse(text) as unknown)) {
    if (Array.isArray(line)) rows.push(Object.fromEntries(line.map((value, index) => [columns[index], value])));
    else if (isHeading(line)) tables.set(line.table, (columns = line.columns.map((column) => column.name), rows = []));
  }
  return (name) => {
    const found = tables.get(name);
    if (!found) throw new Error(`the backup has no ${name}`);
    return found;
  };
}

function isHeading(line: unknown): line is { table: string; columns: { name: string }[] } {
  return typeof line === 'object' && line !== null && 'table' in line;
}

/** Ids stand in a backup without their dashes. */
const plain = (id: string): string => id.replaceAll('-', '');
