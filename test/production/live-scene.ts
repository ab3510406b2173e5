/**
 * One house that trades live at a venue in this process: started, told things, killed, started again.
 *
 * ```text
 * seasoned house, copied ─► dist/main.js start ──HTTP, WebSocket──► gated venue
 *        └ chat.jsonl, data/                                         └ prices of the test
 * ```
 *
 * Nothing here waits for time to pass: it waits for what the journal says and what the venue holds.
 */
import { join } from "node:path";
import { expect } from "vitest";
import { placesIn } from "../../src/app/places.ts";
import { evolve } from "../../src/core/evolve.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import { readName } from "../../src/core/model/ids.ts";
import type { Trade } from "../../src/core/model/trade.ts";
import { findTrade, initialState, type State } from "../../src/core/state.ts";
import type { ControlRequest } from "../../src/ports/control.ts";
import { controlSocket } from "../../src/shell/host/control-socket.ts";
import { type JournalReader, openJournalReadOnly } from "../../src/shell/sqlite/journal.ts";
import { type Running, startIn } from "../kit/built-program.ts";
import { moved, post } from "../kit/live-process.ts";
import { type Call, type GatedVenue, gatedVenue, type Verdict } from "./gated-venue.ts";
import { type Role, SCRIPT, type Spot } from "./live-script.ts";
import { machineTime } from "./machine-time.ts";

/** Where the process dies by itself, see `dies-at.mjs`. */
export interface LiveDeath {
  readonly moment: "before" | "inside" | "after";
  /** All of them stand in one fact of the commit. */
  readonly words: readonly string[];
  readonly nth: number;
}

export interface Scene {
  readonly venue: GatedVenue;
  readonly directory: string;
  /** Time as it counts for the house. */
  now(): number;
  /** Until it takes entries. */
  start(death: LiveDeath | null): Promise<void>;
  /** Until it has written its first fact, or is dead already. */
  begin(death: LiveDeath | null): Promise<void>;
  kill(): void;
  /** Not another instruction, until it is killed. */
  freeze(): void;
  /** Until it is dead. */
  died(): Promise<void>;
  stop(): Promise<number | null>;
  isAlive(): boolean;
  /** It has compared its account, and takes entries. */
  isReady(): boolean;
  /** Kills at that call, `worked place e1`, and says what the venue made of it. */
  killAt(call: string, verdict: Verdict): void;
  /** How often such a call came. */
  called(call: string): number;
  /** From now on the venue refuses such calls; null lifts it. */
  refuse(calls: RegExp | null): void;
  post(role: Role): void;
  price(role: Role, spot: Spot): void;
  /** Where the prices stand now, said again. */
  quoteAgain(): void;
  ask(request: ControlRequest): Promise<void>;
  facts(): readonly Fact[];
  state(): State;
  trade(role: Role): Trade | undefined;
  until(what: string, holds: () => boolean): Promise<void>;
  said(): string;
  close(): Promise<void>;
}

const DIES_AT = new URL("dies-at.mjs", import.meta.url).href;
const REFUSED = { success: false, errorCode: 3, errorMessage: "Not now." };
const PATIENCE = 60_000;
const LOOK_EVERY = 10;
const BEGUN = /started, live/;
const READY = /are whole again[\s\S]*agrees with the venue/;

export async function sceneAt(seasoned: string): Promise<Scene> {
  const venue = await gatedVenue();
  const here = moved(seasoned, venue.url, { instruments: "[MES, MNQ]" });
  const directory = join(here, "data");
  const time = machineTime();
  const record = recordOf(placesIn(directory).journal);
  const spots: Record<Role, Spot> = { worked: "entry", other: "entry" };
  let house: Running | null = null;
  let refused: RegExp | null = null;
  let deadly: { readonly call: string; readonly verdict: Verdict } | null = null;
  const names: string[] = [];

  venue.guard = (call) => {
    const name = nameOf(venue, call);
    names.push(name);
    if (deadly?.call === name) {
      scene.kill();
      const { verdict } = deadly;
      deadly = null;
      return verdict;
    }
    return refused?.test(name) === true
      ? { status: 200, body: JSON.stringify(REFUSED), headers: {} }
      : "in";
  };

  const scene: Scene = {
    ...{ venue, directory, now: time.now },
    async start(death) {
      await scene.begin(death);
      await scene.until("it takes entries", scene.isReady);
    },
    async begin(death) {
      const env = { ...process.env, ...(death === null ? {} : diesAt(death)) };
      const begun = startIn({ cwd: here, env }, "start");
      house = begun;
      time.follow(begun.child.pid);
      begun.child.once("exit", () => record.close());
      await scene.until("it has begun", () => !scene.isAlive() || BEGUN.test(scene.said()));
      if (scene.isAlive()) record.open();
    },
    kill: () => void house?.child.kill("SIGKILL"),
    freeze: () => void house?.child.kill("SIGSTOP"),
    async died() {
      await scene.until("it is dead", () => !scene.isAlive());
      await house?.ended;
    },
    async stop() {
      house?.child.kill("SIGTERM");
      return (await house?.ended) ?? null;
    },
    isAlive: () => house?.child.exitCode === null && house.child.signalCode === null,
    isReady: () => READY.test(scene.said()),
    killAt(call, verdict) {
      deadly = { call, verdict };
    },
    called: (call) => names.filter((name) => name === call).length,
    refuse(calls) {
      refused = calls;
    },
    // What the venue says in this turn leaves at its end; an alert comes behind the price it is about.
    post: (role) =>
      void setImmediate(() => post(here, SCRIPT[role].message.id, SCRIPT[role].message.text)),
    price(role, spot) {
      spots[role] = spot;
      const { root, spots: prices } = SCRIPT[role];
      venue.price(root, prices[spot]);
    },
    quoteAgain() {
      for (const role of ["worked", "other"] as const) scene.price(role, spots[role]);
    },
    async ask(request) {
      const answer = await controlSocket().ask(directory, request);
      if (!answer.ok) throw new Error(answer.error.detail);
    },
    facts: record.facts,
    state: record.state,
    trade: (role) => findTrade(record.state(), SCRIPT[role].trade),
    async until(what, holds) {
      try {
        await expect.poll(holds, { timeout: PATIENCE, interval: LOOK_EVERY }).toBe(true);
      } catch (cause) {
        throw new Error(`never so: ${what}\n${tail(scene)}`, { cause });
      }
    },
    said: () => (house === null ? "" : house.out() + house.err()),
    async close() {
      scene.kill();
      record.close();
      await venue.close();
    },
  };
  scene.quoteAgain();
  return scene;
}

const diesAt = (death: LiveDeath) => ({
  NODE_OPTIONS: `--import=${DIES_AT}`,
  DIES_AT: JSON.stringify(death),
});

const tail = (scene: Scene): string =>
  [
    ...scene
      .facts()
      .slice(-12)
      .map((fact) => JSON.stringify(fact)),
    scene.said().split("\n").slice(-12).join("\n"),
  ].join("\n");

/** The journal as another process may read it, and only while one is writing it. */
function recordOf(path: string) {
  let reader: JournalReader | null = null;
  const facts: Fact[] = [];
  let state: State = initialState;
  function read(): void {
    if (reader === null) return;
    for (const { fact } of reader.read(facts.length)) {
      facts.push(fact);
      state = evolve(state, fact);
    }
  }
  return {
    open(): void {
      const opened = openJournalReadOnly(path);
      if (!opened.ok) throw new Error(opened.error.detail);
      reader = opened.value;
    },
    facts(): readonly Fact[] {
      read();
      return facts;
    },
    state(): State {
      read();
      return state;
    },
    /** Once more, and no longer. */
    close(): void {
      read();
      reader?.close();
      reader = null;
    },
  };
}

const LEGS: Readonly<Record<string, string>> = { SL: "s", TP: "t" };

/** `worked place e1`, `other modify t2`, `worked close`: what a call is about, in few words. */
function nameOf(venue: GatedVenue, { path, body }: Call): string {
  const verb = path.slice(path.indexOf("/") + 1);
  const roles = ["worked", "other"] as const;
  if (path.startsWith("Position")) {
    const about = String(body["contractId"]);
    return `${roles.find((one) => about.includes(`.${SCRIPT[one].root}.`))} close`;
  }
  const row = venue.truth().orders.find(({ id }) => id === body["orderId"]);
  const tag = String(verb === "place" ? body["customTag"] : row?.customTag);
  const [entry = "", leg = ""] = tag.split(/-(?=SL$|TP$)/);
  const name = readName(entry);
  const role = roles.find((one) => SCRIPT[one].trade === name?.trade);
  return `${role} ${verb} ${LEGS[leg] ?? name?.role}${(name?.tranche ?? 0) + 1}`;
}
