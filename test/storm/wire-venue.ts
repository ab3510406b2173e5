/**
 * The storm's other venue: the whole TopstepX adapter, a wire that fails, and the stand-in venue.
 *
 * ```text
 * program ─► broker, gateway, user hub ─► transport in memory ─► faults ─► stand-in ─► judge
 *            (one life of the program)    (what was sent, is)              (its books)
 * ```
 *
 * What dies with the program is the first box: nothing in it runs or hears any more. A request that
 * has left arrives all the same, and the venue goes on. All on the storm's clock.
 */
import type { AccountId } from "../../src/core/model/ids.ts";
import { readName, type Tag } from "../../src/core/model/ids.ts";
import type { BracketSupport } from "../../src/core/model/rules.ts";
import { contracts, type Millis, millis } from "../../src/core/model/units.ts";
import type { VenueReport, VenueRequest } from "../../src/core/model/venue.ts";
import type { VenueEvent } from "../../src/core/paper/event.ts";
import type { VenueSettings } from "../../src/core/paper/settings.ts";
import type { VenueState } from "../../src/core/paper/state.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Log } from "../../src/ports/log.ts";
import { TopstepxBroker } from "../../src/shell/topstepx/broker.ts";
import { contractOfCode, contractOfId } from "../../src/shell/topstepx/contract-names.ts";
import { GatewayClient } from "../../src/shell/topstepx/gateway-client.ts";
import { liveUserHub } from "../../src/shell/topstepx/live-user-hub.ts";
import type { Exchange, Reply, Transport } from "../../src/shell/topstepx/transport.ts";
import { activeId } from "../../src/shell/topstepx-sim/contracts.ts";
import { FAULT_NAMES } from "../../src/shell/topstepx-sim/fault-names.ts";
import type { Strike } from "../../src/shell/topstepx-sim/fault-odds.ts";
import { withFaults } from "../../src/shell/topstepx-sim/faults.ts";
import { DEFAULT_STAND_IN, PRACTICE_ACCOUNT } from "../../src/shell/topstepx-sim/settings.ts";
import type {
  HubPeer,
  StandIn,
  WireAnswer,
  WireRequest,
} from "../../src/shell/topstepx-sim/stand-in.ts";
import { createStandIn } from "../../src/shell/topstepx-sim/venue.ts";
import { invariant, unreachable } from "../../src/std/assert.ts";

import { valuesOf } from "../../src/std/trie.ts";
import { memoryTransport } from "../kit/memory-transport.ts";
import type { StormVenue } from "./sim-venue.ts";
import type { Faults } from "./weather.ts";
import { wireBooks } from "./wire-books.ts";
import type { WireWeather } from "./wire-weather.ts";

export interface WireVenueParts {
  readonly clock: Clock;
  readonly seed: number;
  readonly weather: WireWeather;
  readonly brackets: BracketSupport;
  readonly matching: Omit<VenueSettings, "brackets" | "links">;
  readonly accounts: readonly AccountId[];
  readonly balance: number;
  /** There and back. */
  readonly roundTrip: number;
  readonly masked: ReadonlySet<string>;
  /** What befalls the program and the venue rather than the wire. */
  readonly faults: Faults;
  readonly spoiled: Spoiled;
  /** Nothing goes wrong before. */
  readonly from: Millis;
  /** Until when it may do harm. */
  readonly struck: (strike: Strike, until: Millis) => void;
  /** The venue says no because it was told to: perhaps long after that, to whichever came next. */
  readonly refused: () => void;
  /** Null where the books moved by themselves. */
  readonly changed: (state: VenueState, event: VenueEvent | null) => void;
  readonly heard: (report: VenueReport) => void;
  /** Something was filled, and nobody could say so. */
  readonly filledDeaf: () => void;
  readonly badForm: (detail: string) => void;
  readonly called: (calls: number, path: string) => void;
  readonly log: Log;
}

/** A deliberate mistake between the adapter and the wire. */
export interface Spoiled {
  readonly request?: (request: Exchange) => Exchange;
  readonly reply?: (reply: Reply, request: Exchange) => Reply;
}

const KEY = { userName: "trader", apiKey: "practice-key" };
const PERSON = { userName: "person", apiKey: "by-hand" };
const MINUTE = 60_000;
const BAD_FORM = /Invalid (?!price)|not aligned|requires a|must be|at least/i;
const WELL = '"success":true,"errorCode":0,"errorMessage":null}';
const VELOCITY = "Order rejected by velocity control.";

/** How long what has struck goes on, in milliseconds; others are over at once. */
const LASTING: Readonly<Record<string, number>> = {
  "hub-deaf": 60_000,
  "hub-stalled": 40_000,
  "hub-dropped": 10_000,
  "hub-reset": 10_000,
  "hub-logout": 40_000,
  "hub-refused": 30_000,
  "executed-late": 20_000,
  "read-stale": 10_000,
  "answer-late": 10_000,
  "request-lost": 10_000,
  "answer-lost": 10_000,
  "rate-limited": 20_000,
  "rate-limited-until": 20_000,
  unauthorized: 20_000,
};

export function wireVenue(parts: WireVenueParts): StormVenue {
  const { clock, faults, weather } = parts;
  const watched: Clock = {
    now: clock.now,
    schedule: (at, task) =>
      clock.schedule(at, () => {
        task();
        look();
      }),
  };
  const venue = createStandIn({
    clock: watched,
    seed: parts.seed,
    settings: {
      ...DEFAULT_STAND_IN,
      users: [KEY, PERSON],
      accounts: parts.accounts.map((account) => ({
        ...PRACTICE_ACCOUNT,
        ...{ id: Number(account), name: `PRAC-${account}`, balance: parts.balance },
        bracketMode: parts.brackets === "native" ? "autoOco" : "position",
      })),
      ...{ delays: weather.delays, matching: parts.matching, switches: weather.switches },
      tokenLife: millis(weather.tokenLife),
    },
  });
  const faulty = withFaults({
    venue,
    clock: watched,
    seed: parts.seed,
    rates: {},
    masked: parts.masked,
    struck: (strike) => {
      parts.struck(strike, millis(clock.now() + (LASTING[strike.name] ?? 0)));
    },
  });
  clock.schedule(parts.from, () => {
    for (const name of FAULT_NAMES) faulty.setRate(name, weather.rates[name] ?? 0);
  });
  const books = wireBooks(venue);
  const peers = new Set<HubPeer>();
  const calls: number[] = [];
  /** Where the venue says no to what comes next. */
  const refusing = new Map<string, number>();
  let seen = venue.truth();
  let process: Process | null = null;
  let lineDownSince: number | null = null;
  let closedUntil = 0;
  let fills = 0;

  const truth = (): VenueState => books(venue.truth());

  function look(): void {
    if (venue.truth() === seen) return;
    seen = venue.truth();
    const now = valuesOf(seen.accounts).reduce((sum, one) => sum + one.fillCount, 0);
    if (now > fills && lineDownSince !== null) parts.filledDeaf();
    fills = now;
    parts.changed(truth(), null);
  }

  /** What was asked, in the words of the port. */
  function asked(request: VenueRequest): void {
    parts.changed(truth(), { kind: "request", at: clock.now(), request, quote: null });
  }

  function countCall(path: string): void {
    calls.push(clock.now());
    while ((calls[0] ?? 0) <= clock.now() - MINUTE) calls.shift();
    parts.called(calls.length, path);
  }

  /** The program's end of the wire. */
  const line: StandIn = {
    receive(request, answered) {
      countCall(request.path);
      const placed = placedBy(request);
      if (placed !== null) asked(placed);
      faulty.receive(request, (answer) => {
        checkForm(request, answer);
        noteRefusal(request, answer);
        answered(answer);
      });
      look();
    },
    connect(hub, token, peer) {
      if (clock.now() < closedUntil) return 502;
      peers.add(peer);
      return faulty.connect(hub, token, peer);
    },
  };

  /** It checks the order first, so another no may come before the one it was told to say. */
  function noteRefusal({ path }: WireRequest, answer: WireAnswer | "cut"): void {
    const code = refusing.get(path);
    if (code === undefined || answer === "cut") return;
    if (!answer.body.includes(`"success":false,"errorCode":${code},`)) return;
    refusing.delete(path);
    parts.refused();
  }

  function refuseNext(path: string, errorCode: number, errorMessage: string | null): void {
    refusing.set(path, errorCode);
    venue.refuseNext(path, { errorCode, errorMessage });
  }

  /** The venue may say no to an order, but never because it was written wrongly. */
  function checkForm({ path, body }: WireRequest, answer: WireAnswer | "cut"): void {
    if (answer === "cut" || answer.body.endsWith(WELL)) return;
    const isWrong = answer.status === 400 || BAD_FORM.test(answer.body);
    if (isWrong) parts.badForm(`${path} ${body}: ${answer.body}`);
  }

  function begin(listener: (report: VenueReport) => void): void {
    calls.length = 0;
    lineDownSince = null;
    process = startProcess(parts, line, (report) => {
      if (report.kind === "link") noteLink(report.state);
      parts.heard(report);
      listener(report);
    });
  }

  function noteLink(state: "up" | "down"): void {
    lineDownSince = state === "up" ? null : (lineDownSince ?? clock.now());
  }

  /** By the venue itself: this one, or whichever comes next where this one is lost. */
  function beRefused(request: VenueRequest): void {
    if (request.kind === "modify" && faults.strikes("modify-refused"))
      refuseNext("/api/Order/modify", 3, null);
    if (request.kind !== "place") return;
    const isEntry = request.role === "entry";
    if (faults.strikes(isEntry ? "place-refused" : "leg-refused"))
      refuseNext("/api/Order/place", 2, VELOCITY);
    if (request.bracket !== null && faults.strikes("leg-refused"))
      venue.refuseNext("bracket/stop", { errorCode: 2, errorMessage: VELOCITY });
  }

  /** A person has a login of their own, and a line that works. */
  function byHand(path: string, body: unknown): boolean {
    const call = (to: string, said: unknown, token: string | null): Row => {
      let text = "";
      venue.receive({ method: "POST", path: to, token, body: JSON.stringify(said) }, (answer) => {
        text = answer === "cut" ? "" : answer.body;
      });
      return text === "" ? {} : JSON.parse(text);
    };
    const { token } = call("/api/Auth/loginKey", PERSON, null);
    const { success } = call(path, body, String(token));
    look();
    return success === true;
  }

  return {
    brackets: parts.brackets,
    open: begin,
    send(request) {
      invariant(process !== null, "only a program that runs sends");
      if (request.kind !== "place") asked(request);
      beRefused(request);
      process.broker.send(request);
    },
    ask: (account, since) => process?.broker.ask(account, since),
    close: () => {},
    calm() {
      closedUntil = 0;
      faulty.calm();
    },
    truth,
    lineDownSince: () => lineDownSince,
    price({ instrument, last, bid, ask }) {
      // Without brackets of its own a venue that goes on leaves open what nobody can close.
      if (process === null && parts.brackets === "none") return;
      const id = activeId(instrument, clock.now());
      const set = venue.setQuote(id, { last: last / 4, bid: bid / 4, ask: ask / 4 });
      invariant(set.ok, "a price of the storm fits the contract");
      look();
    },
    hangUp() {
      process?.end();
      process = null;
      peers.clear();
    },
    breakLine(span) {
      closedUntil = clock.now() + span;
      for (const peer of peers) peer.cut();
      peers.clear();
    },
    foreign(request) {
      asked(request);
      return byHand(...callOf(request));
    },
  };
}

type Row = Readonly<Record<string, unknown>>;

interface Process {
  readonly broker: TopstepxBroker;
  end(): void;
}

function startProcess(
  parts: WireVenueParts,
  venue: StandIn,
  listener: (report: VenueReport) => void,
): Process {
  const { brackets, clock, log, roundTrip } = parts;
  let isAlive = true;
  const mortal: Clock = {
    now: clock.now,
    schedule: (at, task) => clock.schedule(at, () => isAlive && task()),
  };
  const { request: ask = (one) => one, reply: answer = (one) => one } = parts.spoiled;
  const inMemory = memoryTransport({ clock, venue, roundTrip });
  const transport: Transport = {
    clock: mortal,
    exchange: (request, replied) =>
      inMemory.exchange(ask(request), (reply) => isAlive && replied(answer(reply, request))),
    connect: (hub, token, listening) =>
      inMemory.connect(hub, token, {
        up: () => isAlive && listening.up(),
        down: (reason) => isAlive && listening.down(reason),
        event: (target, args) => isAlive && listening.event(target, args),
      }),
    close: () => inMemory.close(),
  };
  const gateway = new GatewayClient({ transport, credentials: KEY, log });
  const accounts = parts.accounts.map((account) => ({ account, number: Number(account) }));
  const numbers = accounts.map(({ number }) => number);
  const seed = clock.now();
  const broker = new TopstepxBroker({
    ...{ clock: mortal, gateway, brackets, log, accounts },
    hub: liveUserHub({ transport, tokens: gateway, accounts: numbers, seed, log }),
    contracts: { byCode: contractOfCode, byId: contractOfId },
  });
  gateway.listen({ shutOut: () => {}, dated: () => {}, isExposed: () => broker.isExposed });
  broker.open(listener);
  return {
    broker,
    end() {
      isAlive = false;
      inMemory.close();
    },
  };
}

/** The order a call asks for, where it is one of ours. */
function placedBy({ path, body }: WireRequest): VenueRequest | null {
  if (path !== "/api/Order/place") return null;
  const asked: Row = JSON.parse(body);
  const tag = String(asked["customTag"]) as Tag;
  const role = readName(tag)?.role;
  return {
    kind: "place",
    id: tag,
    account: String(asked["accountId"]) as AccountId,
    contract: contractOfId(String(asked["contractId"]))?.code ?? "",
    tag,
    role: role === "s" ? "stop" : role === "t" ? "target" : "entry",
    side: asked["side"] === 0 ? "buy" : "sell",
    type: "market",
    quantity: contracts(Number(asked["size"])),
    price: null,
    bracket: null,
  };
}

/** What a person would click, as the platform sends it. */
function callOf(request: VenueRequest): readonly [path: string, body: unknown] {
  const accountId = Number(request.account);
  const contractId = contractOfCode(request.contract)?.id;
  switch (request.kind) {
    case "place": {
      const { quantity: size, price, tag: customTag } = request;
      const limitPrice = price === null ? null : price / 4;
      const order = { type: 1, side: request.side === "buy" ? 0 : 1, size, limitPrice, customTag };
      return ["/api/Order/place", { accountId, contractId, ...order }];
    }
    case "modify": {
      const price = request.price === null ? null : request.price / 4;
      const prices = { limitPrice: price, stopPrice: price };
      return ["/api/Order/modify", { accountId, orderId: Number(request.order), ...prices }];
    }
    case "cancel":
      return ["/api/Order/cancel", { accountId, orderId: Number(request.order) }];
    case "close":
      return ["/api/Position/closeContract", { accountId, contractId }];
    case "close-part":
      return [
        "/api/Position/partialCloseContract",
        { accountId, contractId, size: request.quantity },
      ];
    default:
      return unreachable(request);
  }
}
