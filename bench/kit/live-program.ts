/**
 * The built program trading live, as a process of its own, at a stand-in venue that is another one.
 * Its calls come through here, so that what it sends is seen on the clock of whoever asked for it.
 *
 * ```text
 * bench ── chat file, control socket ──► house ── calls ──► bench ──► stand-in
 *                                         └────── hubs ──────────────────┘
 * ```
 */
import { execFile } from "node:child_process";
import { appendFileSync, writeFileSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { enableLive } from "../../src/core/decide/live.ts";
import { millis } from "../../src/core/model/units.ts";
import type { ControlAnswer, ControlRequest } from "../../src/ports/control.ts";
import { controlSocket } from "../../src/shell/host/control-socket.ts";
import { openJournal } from "../../src/shell/sqlite/journal.ts";
import { yamlConfigSource } from "../../src/shell/yaml/config-source.ts";
import { BASE_PRICE } from "./alerts.ts";
import { builtProgram } from "./installation.ts";
import { FIRST_ACCOUNT, LOGIN, venueProcess } from "./live-house.ts";
import { opened } from "./opened.ts";
import { startProgram } from "./process.ts";

export interface LiveProgram {
  /** Where its journal is. */
  readonly data: string;
  post(id: string, author: string, text: string): void;
  /** The market trades once more where it stands: its price is fresh again. */
  price(): Promise<void>;
  ask(question: ControlRequest): Promise<ControlAnswer>;
  /** Waits until the venue holds so many contracts, each with a stop and a target, and nothing else. */
  holds(contracts: number): Promise<void>;
  /** When the next call comes that changes something. */
  nextChange(): Promise<number>;
  stop(): Promise<void>;
}

/** Once its line stands, the account is compared anew before anything enters. */
const COMPARED_WITHIN = 3_000;

export async function liveProgram(folder: string): Promise<LiveProgram> {
  const venue = await venueProcess(folder, 1);
  const between = await listener(venue.url);
  const phone = createServer((_, answer) => answer.end("{}"));
  await new Promise<void>((ready) => phone.listen(0, "127.0.0.1", ready));
  const push = `http://127.0.0.1:${(phone.address() as AddressInfo).port}`;
  const config = writeConfig(folder, { calls: between.url, hubs: venue.url, push });
  const data = join(folder, "data");
  const program = resolve(builtProgram() ?? "dist/main.js");
  await promisify(execFile)(process.execPath, [program, "doctor", "--rehearse"], { cwd: folder });
  enable(config, data);
  await promisify(execFile)(process.execPath, [program, "notify", "test"], { cwd: folder });
  const words = [program, "start", "--config", config, "--data", data];
  const house = await startProgram(words, { ready: /are whole again/, count: 1 });
  await pause(COMPARED_WITHIN);
  const control = controlSocket();
  return {
    data,
    post: (id, author, text) =>
      appendFileSync(chatIn(folder), `${JSON.stringify({ id, author, text })}\n`),
    price: () => price(venue.url),
    ask: async (question) => opened(await control.ask(data, question)),
    holds: (contracts) => holds(venue.url, contracts),
    nextChange: between.nextChange,
    async stop() {
      await house.stop();
      between.close();
      phone.close();
      await venue.stop();
    },
  };
}

const chatIn = (folder: string): string => join(folder, "chat.jsonl");

function writeConfig(
  folder: string,
  { calls, hubs, push }: Readonly<Record<"calls" | "hubs" | "push", string>>,
): string {
  const config = join(folder, "config.yaml");
  writeFileSync(join(folder, "key"), LOGIN.apiKey, { mode: 0o600 });
  writeFileSync(join(folder, "topic"), "bench", { mode: 0o600 });
  writeFileSync(chatIn(folder), "");
  const lines = [
    "mode: live",
    "market: { kind: topstepx, instruments: [MES] }",
    "broker:",
    "  kind: topstepx",
    `  userName: ${LOGIN.userName}`,
    `  apiKey: ${JSON.stringify(`file:${join(folder, "key")}`)}`,
    `  restUrl: ${calls}`,
    `  userHubUrl: ${hubs}/hubs/user`,
    `  marketHubUrl: ${hubs}/hubs/market`,
    `  accounts: [{ id: ${FIRST_ACCOUNT}, name: PRAC-V2-TRADER-1 }]`,
    "  sessions: always-open",
    `sources: [{ kind: chat-file, path: ${JSON.stringify(chatIn(folder))} }]`,
    `notify: { channels: [{ kind: ntfy, name: phone, url: "${push}", topic: ${JSON.stringify(`file:${join(folder, "topic")}`)}, now: [alarm] }] }`,
    "rules: { default: { limits: { tradesPerDay: 1000, consecutiveLosses: off, entriesPerMinute: off, dailyLoss: off, breakers: { drawdown: off, errors: { count: off }, slippage: off } } } }",
  ];
  writeFileSync(config, `${lines.join("\n")}\n`);
  return config;
}

/** As if somebody had typed the name. */
function enable(config: string, data: string): void {
  const loaded = yamlConfigSource(config).load();
  if (!loaded.ok) throw new Error(loaded.error.problems.map(({ text }) => text).join("\n"));
  const { settings } = loaded.value.config;
  const at = millis(Date.now());
  const [account] = settings.accounts;
  const fact = account === undefined ? null : enableLive(at, settings, account);
  if (fact === null) throw new Error("the account cannot be enabled");
  const journal = opened(openJournal(join(data, "journal.db"), { at }));
  opened(journal.append([fact]));
  journal.close();
}

interface Listener {
  readonly url: string;
  nextChange(): Promise<number>;
  close(): void;
}

const CHANGES = /\/api\/(Order\/(modify|cancel)|Position\/(close|partialClose)Contract)$/;

async function listener(venue: string): Promise<Listener> {
  const agent = new Agent({ keepAlive: true });
  let waiting: ((at: number) => void)[] = [];
  const server = createServer((asked, answer) => {
    const { method, headers, url = "/" } = asked;
    if (CHANGES.test(url)) {
      const at = performance.now();
      for (const tell of waiting.splice(0)) tell(at);
    }
    const passed = request(new URL(url, venue), { method, headers, agent }, (reply) => {
      answer.writeHead(reply.statusCode ?? 500, reply.headers);
      reply.pipe(answer);
    });
    passed.on("error", () => answer.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", () => done()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    nextChange: () =>
      new Promise((tell) => {
        waiting = [...waiting, tell];
      }),
    close() {
      server.closeAllConnections();
      server.close();
      agent.destroy();
    },
  };
}

async function price(venue: string): Promise<void> {
  const body = `price MES ${BASE_PRICE} ${BASE_PRICE} ${BASE_PRICE + 0.25}`;
  const told = await fetch(`${venue}/__sim/do`, { method: "POST", body });
  if (!told.ok) throw new Error(await told.text());
}

interface Truth {
  readonly orders: readonly { readonly status: number; readonly stopPrice: number | null }[];
  readonly positions: readonly { readonly size: number }[];
}

const WORKING = 1;
const LOOK_EVERY = 20;
const PATIENCE = 30_000;

async function holds(venue: string, contracts: number): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    const answer = await fetch(`${venue}/__sim/state`);
    const read: { readonly venue?: Truth } & Truth = JSON.parse(await answer.text());
    const { orders, positions } = read.venue ?? read;
    const working = orders.filter(({ status }) => status === WORKING);
    const held = positions.reduce((sum, { size }) => sum + size, 0);
    // The stop stands where the alert wants it: the house has nothing more to do.
    const isPlaced =
      contracts === 0 || working.some(({ stopPrice }) => stopPrice === BASE_PRICE - STOP_AWAY);
    if (held === contracts && working.length === 2 * contracts && isPlaced) return;
    if (performance.now() > deadline) throw new Error(`never ${contracts} held: ${held}`);
    await pause(LOOK_EVERY);
  }
}

/** Points from the alert to its stop. */
export const STOP_AWAY = 10;
