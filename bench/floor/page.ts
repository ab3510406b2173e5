/**
 * The floor of a dashboard's page: the newest rows read off the journal once, and an object of the
 * same size made into text for whoever asks, over plain `node:http`.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Database from "better-sqlite3";

const TAIL = 1_500;

export interface FloorPage {
  readonly port: number;
  /** As if nobody had asked before. */
  forget(): void;
  close(): void;
}

export async function floorPage(journalPath: string, view: object, token: string) {
  const journal = new Database(journalPath, { readonly: true });
  const newest = journal.prepare("SELECT body FROM facts ORDER BY sequence DESC LIMIT ?").pluck();
  let tail: readonly unknown[] | null = null;
  const server = createServer((asked, answer) => {
    if (asked.headers.authorization !== `Bearer ${token}`) return answer.writeHead(401).end();
    tail ??= newest.all(TAIL).map((body) => JSON.parse(String(body)));
    const text = JSON.stringify({ ...view, read: tail.length });
    return answer.writeHead(200, { "content-type": "application/json" }).end(text);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const page: FloorPage = {
    port: (server.address() as AddressInfo).port,
    forget() {
      tail = null;
    },
    close() {
      server.closeAllConnections();
      server.close();
      journal.close();
    },
  };
  return page;
}
