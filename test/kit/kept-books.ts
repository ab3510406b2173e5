/** A data directory with some days behind it, and backups of it, for tests that need real files. */
import { readFileSync, writeFileSync } from "node:fs";
import { type BackupTask, makeBackup } from "../../src/app/backup-making.ts";
import { placesIn } from "../../src/app/places.ts";
import { foldJournal, snapshotOf } from "../../src/app/recover.ts";
import { DEFAULT_CONFIG } from "../../src/core/model/defaults.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import { dollars, millis } from "../../src/core/model/units.ts";
import { archiveIn } from "../../src/shell/sqlite/archive.ts";
import { openHistory } from "../../src/shell/sqlite/history.ts";
import { openJournal } from "../../src/shell/sqlite/journal.ts";
import { openPaperBook } from "../../src/shell/sqlite/paper-book.ts";
import { ACCOUNT, NOON, tradeStory } from "./sample-facts.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export const KEPT_AT = millis(NOON);

/** Journal with a snapshot in the middle of its trades, history, paper book and last good configuration. */
export function keptBooks(trades = 3, directory = temporaryFolder()): string {
  const places = placesIn(directory);
  write(directory, OPENING);
  for (let trade = 1; trade <= trades; trade++) addTrade(directory, trade);
  for (const open of [
    () => openHistory(places.history, { at: KEPT_AT }),
    () => openPaperBook(places.paper, { at: KEPT_AT }),
  ]) {
    const opened = open();
    if (!opened.ok) throw new Error(opened.error.detail);
    opened.value.close();
  }
  writeFileSync(places.lastGood, '{"shape":2,"config":null}\n', { mode: 0o600 });
  return directory;
}

const OPENING: readonly Fact[] = [
  { at: KEPT_AT, kind: "RunStarted", mode: "paper", version: "test", priceAgeMax: millis(3_000) },
  {
    at: KEPT_AT,
    kind: "SettingsAdopted",
    settings: {
      ...DEFAULT_CONFIG.settings,
      accounts: DEFAULT_CONFIG.settings.accounts.map((one) => ({ ...one, id: ACCOUNT })),
    },
  },
  { at: KEPT_AT, kind: "AccountOpened", account: ACCOUNT, balance: dollars(50_000) },
];

/** Some twenty facts more, and a snapshot behind them. */
export const addTrade = (directory: string, trade: number): void =>
  write(directory, tradeStory(trade).facts);

function write(directory: string, facts: readonly Fact[]): void {
  const opened = openJournal(placesIn(directory).journal, { at: KEPT_AT });
  if (!opened.ok) throw new Error(opened.error.detail);
  const journal = opened.value;
  journal.append(facts);
  journal.saveSnapshot(snapshotOf(foldJournal(journal), journal.head().sequence));
  journal.close();
}

export const taskFor = (directory: string, change: Partial<BackupTask> = {}): BackupTask => ({
  ...{
    directory,
    at: KEPT_AT,
    cause: "command",
    version: "test",
    recipients: [],
    copyTo: null,
    bucket: null,
  },
  ...change,
});

/** Its name. */
export async function backedUp(
  directory: string,
  change: Partial<BackupTask> = {},
): Promise<string> {
  const report = await makeBackup(taskFor(directory, change));
  if (report.kind === "failed") throw new Error(report.reason);
  return report.backup.name;
}

export const archiveOf = (directory: string) => archiveIn(placesIn(directory).backups);

/** Turns one bit of a file over. */
export function flipBit(path: string, bit: number): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bit / 8) % bytes.length;
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8));
  writeFileSync(path, bytes);
}
