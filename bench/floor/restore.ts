/**
 * The floor of a start: which trades are open, by what two files say, and nothing checked. A program
 * of its own; it says `ready` when it knows.
 */
import Database from "better-sqlite3";

const [journalPath = "", venuePath = ""] = process.argv.slice(2);
const journal = new Database(journalPath);
const kinds = "('TradePlanned', 'TradeClosed')";
const rows = journal.prepare(`SELECT kind, trade, body FROM facts WHERE kind IN ${kinds}`).all();
const open = new Map<string, unknown>();
let net = 0;
for (const { kind, trade, body } of rows as { kind: string; trade: string; body: string }[]) {
  const fact = JSON.parse(body);
  if (kind === "TradePlanned") open.set(trade, fact);
  else open.delete(trade);
  net += fact.net ?? 0;
}
const venue = new Database(venuePath);
const entries = venue.prepare("SELECT body FROM entries").pluck().all() as string[];
const events = entries.flatMap((body) => JSON.parse(body));
console.log(`ready: ${open.size} open, ${events.length} events, net ${net}`);
setInterval(() => {}, 1_000);
