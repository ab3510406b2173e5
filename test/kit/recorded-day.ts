/**
 * A short recorded day on disk: prices, a chat and a configuration that plays them, for tests that
 * run the whole program.
 *
 * ```text
 *   6340                          ┌──── ...           Tuesday 2026-11-17, from 09:00 in Chicago;
 *   6326 ────────────┬───────────┘                   a print each second, one point a second on
 *        0:00      alert 0:00.3  1:00      1:14       the way up
 * ```
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const DAY_STARTS = Date.UTC(2026, 10, 17, 15, 0, 0);

export interface DayChange {
  /** When the first price is, if not on that Tuesday. */
  readonly startsAt?: number;
  /** Seconds the prices last. */
  readonly seconds?: number;
  /** Points at a second of the day. */
  readonly price?: (second: number) => number;
  readonly alerts?: readonly string[];
  /** More lines of YAML. */
  readonly yaml?: string;
}

export const ALERT_TEXT = "🚨 ES long 6326: A\nStop: 6316\n@everyone";

const rising = (second: number): number => 6326 + Math.min(14, Math.max(0, second - 60));

/** Writes it into a folder and gives back that folder. */
export function recordedDay(folder: string, change: DayChange = {}): string {
  const { seconds = 300, price = rising, yaml = "", startsAt = DAY_STARTS } = change;
  mkdirSync(folder, { recursive: true });
  const rows = Array.from({ length: seconds }, (_, second) => {
    const at = new Date(startsAt + second * 1_000).toISOString();
    return `${at},${price(second).toFixed(2)}`;
  });
  writeFileSync(join(folder, "prices.csv"), `time,price\n${rows.join("\n")}\n`);
  const alerts = change.alerts ?? [recordAt(0.3, ALERT_TEXT, "m0.3", startsAt)];
  writeFileSync(join(folder, "alerts.jsonl"), alerts.map((line) => `${line}\n`).join(""));
  writeFileSync(join(folder, "config.yaml"), CONFIG + yaml);
  return folder;
}

/** A message of the chat so many seconds into the day. */
export const recordAt = (
  second: number,
  text: string,
  id = `m${second}`,
  startsAt = DAY_STARTS,
): string =>
  JSON.stringify({ id, text, author: "JMoney", ts: new Date(startsAt + second * 1_000) });

const CONFIG = `
market:
  kind: file
  path: ./prices.csv
  instrument: MES
sources:
  - kind: chat-file
    path: ./alerts.jsonl
`;
