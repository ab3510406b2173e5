/**
 * A house that trades live and the stand-in venue it trades at, each a process of its own, over real
 * HTTP and WebSocket on this machine.
 *
 * ```text
 *   chat.jsonl ─► tradestream start ──HTTP, WebSocket──► tradestream venue-sim ◄── cues of the test
 *                        └ journal, ledger                        └ its whole truth
 * ```
 */
import { appendFileSync, cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, expect } from "vitest";
import { openJournalIn } from "../../src/app/books.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import { accountId, tradeIdOf } from "../../src/core/model/ids.ts";
import { previousTradeDate, type TradeDate, tradeDateOf } from "../../src/core/model/trade-date.ts";
import { systemClock } from "../../src/shell/host/clock.ts";
import { type Running, run, start } from "./built-program.ts";
import { samplePlan } from "./sample-facts.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import {
  enabledHouse,
  type HouseChange,
  type SimVenue,
  simVenue,
  type VenueOrder,
  type VenueTruth,
  venueAt,
  venueHouse,
} from "./venue-house.ts";

/** Prices stand where they are put, at any hour; calls are counted, as at the real venue. */
export async function venueProcess(): Promise<SimVenue> {
  const here = temporaryFolder();
  writeFileSync(join(here, "script.txt"), "0 price MES 6326.25 6326.00 6326.25\n");
  const script = ["--script", "script.txt", "--port", "0", "--always-open", "--json"];
  const venue = start(here, "venue-sim", ...script);
  await venue.shows('"venue"');
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(venue.out())?.[0] ?? "";
  return venueAt(url);
}

const CHAT = "[{ kind: chat-file, path: chat.jsonl }]";
const LIVE = accountId("101");

/**
 * Rehearsed, enabled by its name, and its first five trade dates behind it: from then on it trades
 * by its rules, and no longer one contract a trade. The venue of the rehearsal is not needed again.
 */
async function seasonedHouse(url: string): Promise<string> {
  const here = await enabledHouse(url, { sources: CHAT });
  appendFileSync(join(here, "chat.jsonl"), "");
  const first = start(here, "start");
  await first.shows("agrees with the venue");
  first.child.kill("SIGTERM");
  expect(await first.ended).toBe(0);
  await pretendDates(here, 5);
  return here;
}

/** One for all tests of a file, to be copied: a rehearsal takes its seconds. */
export function oneSeasonedHouse(): () => Promise<string> {
  const template = mkdtempSync(join(tmpdir(), "tradestream-live-"));
  afterAll(() => rmSync(template, { recursive: true, force: true }));
  return async () => {
    if (!existsSync(join(template, "config.yaml"))) {
      cpSync(await seasonedHouse((await simVenue()).url), template, { recursive: true });
    }
    return template;
  };
}

/** The same house at another venue. */
export function moved(house: string, url: string, change: HouseChange = {}): string {
  const here = temporaryFolder();
  cpSync(house, here, { recursive: true });
  return venueHouse(url, { ...change, sources: CHAT }, here);
}

/** Trade dates on which it took a trade that came to nothing. */
async function pretendDates(here: string, count: number): Promise<void> {
  const clock = systemClock();
  const at = clock.now();
  const opened = await openJournalIn(
    { clock, screen: { remark: () => {} } },
    join(here, "data"),
    at,
  );
  if (!opened.ok) throw new Error(opened.error.lines.join("\n"));
  const { journal, close } = opened.value;
  const dates: TradeDate[] = [];
  for (let date = tradeDateOf(at); dates.length < count; ) {
    date = previousTradeDate(date);
    dates.unshift(date);
  }
  const facts = dates.flatMap((tradeDate, index): readonly Fact[] => {
    const message = { source: "chat-file", channel: "chat", id: tradeDate } as const;
    const trade = tradeIdOf(message, LIVE);
    return [
      { kind: "TradeDateBegan", at, tradeDate },
      {
        ...{ kind: "TradePlanned", at, trade, number: index + 1, account: LIVE, message },
        ...{ author: "sam", plan: samplePlan },
      },
      { kind: "TradeAbandoned", at, trade, reason: "nothing was sent" },
    ];
  });
  const written = journal.append(facts);
  close();
  expect(written.ok).toBe(true);
}

/** Somebody posts in the chat, now. */
export function post(here: string, id: string, text: string): void {
  const record = { id, text, author: "JMoney", ts: new Date(systemClock().now()).toISOString() };
  appendFileSync(join(here, "chat.jsonl"), `${JSON.stringify(record)}\n`);
}

const STOP = 4;
const WORKING: ReadonlySet<number> = new Set([1, 6, 7, 8]);

export interface AtWork {
  readonly held: number;
  /** Prices and sizes of what works there, `stop 6316 x2`, in order of price. */
  readonly orders: readonly string[];
}

export function atWork({ orders, positions }: VenueTruth): AtWork {
  const shown = orders
    .filter(({ status }) => WORKING.has(status))
    .map((one) => ({ price: one.stopPrice ?? one.limitPrice ?? 0, one }))
    .sort((a, b) => a.price - b.price || a.one.size - b.one.size)
    .map(({ price, one }) => `${one.type === STOP ? "stop" : "limit"} ${price} x${one.size}`);
  return { held: positions.reduce((sum, { size }) => sum + size, 0), orders: shown };
}

/** Until nothing differs; a real process takes its time. */
export const until = async (venue: SimVenue, wanted: AtWork): Promise<void> =>
  expect
    .poll(async () => atWork(await venue.state()), { timeout: 15_000, interval: 25 })
    .toEqual(wanted);

/** Orders of the alert: not the venue's own legs, nor what a close call leaves. */
export const entriesAt = ({ orders }: VenueTruth): readonly VenueOrder[] =>
  orders.filter(
    ({ parentOrderId, customTag }) => parentOrderId === undefined && customTag !== null,
  );

/** Cents that the venue's own trades come to, its fees paid. */
export const netAt = ({ trades }: VenueTruth): number =>
  cents(
    trades.reduce((sum, one) => sum + (one.profitAndLoss ?? 0) - one.fees - one.commissions, 0),
  );

const cents = (dollars: number): number => Math.round(dollars * 100);

export interface OurBooks {
  readonly journal: number;
  readonly ledger: number;
}

/** Cents that our books come to: by the journal's facts, and by the ledger's tables. */
export async function netHere(here: string): Promise<OurBooks> {
  const { out } = await run(here, "trades", "--json");
  const last: { readonly summary: { readonly netUsd: number } } = JSON.parse(
    out.trim().split("\n").at(-1) ?? "",
  );
  const database = new Database(join(here, "data", "ledger.db"), { readonly: true });
  const sum = database.prepare("SELECT coalesce(sum(net), 0) AS net FROM equity").get();
  database.close();
  const { net } = sum as { readonly net: number };
  return { journal: cents(last.summary.netUsd), ledger: Math.round(net / 100) };
}

/** Entries are taken from the first comparison on that came after its line stood. */
export async function started(here: string): Promise<Running> {
  const house = start(here, "start");
  await says(house, /are whole again[\s\S]*agrees with the venue/);
  return house;
}

/** Or tells what it said instead. */
export const says = async (house: Running, wanted: RegExp): Promise<void> =>
  expect.poll(() => house.out() + house.err(), { timeout: 15_000, interval: 25 }).toMatch(wanted);
