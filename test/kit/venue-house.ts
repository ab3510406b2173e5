/**
 * The stand-in venue and a house that trades there, both as the commands a person types: for tests
 * of what stands around live trading.
 */
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { keepRehearsal } from "../../src/app/rehearsals.ts";
import { systemClock } from "../../src/shell/host/clock.ts";
import { pushServer } from "./push-server.ts";
import type { WireAccount, WireOrder, WirePosition, WireTrade } from "./stand-in.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { terminal } from "./terminal.ts";

/** Whoever trades live has to be woken somehow; for all houses of a test file. */
const PUSH = await pushServer();

export const ACCOUNT = "PRAC-V2-TRADER-1";
export const KEY = "practice-key";

export interface SimVenue {
  readonly url: string;
  /** Cues, one a line. */
  cue(text: string): Promise<void>;
  /** The venue's whole truth. */
  state(): Promise<VenueTruth>;
}

export interface VenueTruth {
  readonly accounts: readonly Pick<WireAccount, "id" | "balance">[];
  readonly orders: readonly VenueOrder[];
  readonly positions: readonly Pick<WirePosition, "size" | "averagePrice">[];
  readonly trades: readonly VenueTrade[];
}

export type VenueOrder = Pick<
  WireOrder,
  | ("id" | "status" | "type" | "side" | "size" | "limitPrice" | "stopPrice")
  | ("customTag" | "parentOrderId" | "contractId")
>;

/** Its profit is null where it opened something. */
export type VenueTrade = Pick<
  WireTrade,
  "id" | "price" | "profitAndLoss" | "fees" | "commissions" | "size"
>;

/** With prices that stand where they are put, at any hour. */
export async function simVenue(...words: readonly string[]): Promise<SimVenue> {
  const here = temporaryFolder();
  writeFileSync(join(here, "script.txt"), "0 price MES 6326.25 6326.00 6326.25\n");
  const venue = terminal({ here });
  const script = ["--script", "script.txt", "--port", "0", "--always-open", "--unlimited"];
  const over = venue.run("venue-sim", ...script, "--json", ...words);
  await venue.shows('"venue"');
  onTestFinished(async () => {
    venue.signal("SIGTERM");
    await over;
  });
  return venueAt(/http:\/\/127\.0\.0\.1:\d+/.exec(venue.out())?.[0] ?? "");
}

/** One that runs already, by its control interface. */
export function venueAt(url: string): SimVenue {
  return {
    url,
    async cue(text) {
      const answer = await fetch(`${url}/__sim/do`, { method: "POST", body: text });
      if (!answer.ok) throw new Error(await answer.text());
    },
    async state() {
      const answer = await fetch(`${url}/__sim/state`);
      return truthIn(await answer.json());
    },
  };
}

function truthIn(state: unknown): VenueTruth {
  const dump = JSON.stringify(state);
  const read: { readonly venue?: VenueTruth } & VenueTruth = JSON.parse(dump);
  return read.venue ?? read;
}

export interface HouseChange {
  readonly mode?: string;
  readonly account?: string;
  readonly id?: number;
  readonly key?: string;
  /** Whose quotes are followed. */
  readonly instruments?: string;
  /** More lines below `broker`. */
  readonly broker?: string;
  readonly sources?: string;
  /** More channels, each behind a comma. */
  readonly channels?: string;
  /** More lines of YAML. */
  readonly yaml?: string;
}

/** Writes a configuration for that venue; into a new folder unless one is given. */
export function venueHouse(
  url: string,
  change: HouseChange = {},
  here = temporaryFolder(),
): string {
  const { mode = "live", account = ACCOUNT, id = 101, key = KEY, broker = "", yaml = "" } = change;
  const { sources = "[]", instruments = "[MES]", channels = "" } = change;
  const place = join(here, "key");
  writeFileSync(place, `${key}\n`);
  chmodSync(place, 0o600);
  const topic = join(here, "topic");
  writeFileSync(topic, "my-own-topic\n");
  chmodSync(topic, 0o600);
  const lines = [
    `mode: ${mode}`,
    `market: { kind: topstepx, instruments: ${instruments} }`,
    "broker:",
    "  kind: topstepx",
    "  userName: trader",
    "  apiKey: file:key",
    `  restUrl: ${url}`,
    `  userHubUrl: ${url}/hubs/user`,
    `  marketHubUrl: ${url}/hubs/market`,
    `  accounts: [{ id: ${id}, name: ${account} }]`,
    "  sessions: always-open",
    broker,
    `sources: ${sources}`,
    // The messages of the day would come in the middle of whatever is tested.
    'notify: { ready: "off", closing: "off", channels: [{ kind: ntfy, name: phone,',
    `  url: "${PUSH.url}", topic: file:topic, now: [alarm] }${channels}] }`,
    yaml,
  ];
  writeFileSync(join(here, "config.yaml"), `${lines.join("\n")}\n`);
  return here;
}

export interface Asked {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function ask(here: string, ...words: readonly string[]): Promise<Asked> {
  const asked = terminal({ here });
  const code = await asked.run(...words);
  return { code, out: asked.out(), err: asked.err() };
}

/** A person types the name when asked for it. */
export async function typeName(here: string, typed = ACCOUNT, account = ACCOUNT): Promise<Asked> {
  const asked = terminal({ here, isTTY: true });
  const over = asked.run("live", "enable", account);
  const isAsked = await Promise.race([
    asked.shows("Type the account").then(() => true),
    over.then(() => false),
  ]);
  if (isAsked) asked.type(`${typed}\r`);
  return { code: await over, out: asked.out(), err: asked.err() };
}

/** What a rehearsal leaves behind; a real one takes a quarter of a minute. */
export function rehearsedBefore(here: string): Promise<void> {
  const rehearsal = { at: systemClock().now(), account: 101, name: ACCOUNT, checks: [] };
  return keepRehearsal(join(here, "data"), { ...rehearsal, brackets: "native", passed: true });
}

/** Rehearsed, enabled, and with a phone that took a test message. */
export async function enabledHouse(url: string, change: HouseChange = {}): Promise<string> {
  const here = venueHouse(url, change);
  await rehearsedBefore(here);
  const enabled = await typeName(here);
  if (enabled.code !== 0) throw new Error(enabled.out + enabled.err);
  const tested = await ask(here, "notify", "test");
  if (tested.code !== 0) throw new Error(tested.out + tested.err);
  return here;
}

const PATIENCE = 20_000;

/** An A alert pasted at its own price, as soon as the account is ready for one. */
export async function pasteAlert(venue: SimVenue, here: string): Promise<string> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    await venue.cue("price MES 6326.25 6326.00 6326.25");
    const { out, err } = await ask(here, "paste", "ES long 6326: A\nStop: 6316", "--yes");
    if (out.includes("#1 planned") || performance.now() > deadline) return out + err;
  }
}
