/** The stand-in venue on virtual time, with a caller who is logged in and writes everything down. */
import { expect } from "vitest";
import type { Root } from "../../src/core/model/instrument.ts";
import { parseIso } from "../../src/core/model/iso-time.ts";
import { type Millis, millis } from "../../src/core/model/units.ts";
import { type VirtualClock, virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { activeId } from "../../src/shell/topstepx-sim/contracts.ts";
import type { StandInQuote } from "../../src/shell/topstepx-sim/market.ts";
import {
  DEFAULT_STAND_IN,
  NO_DELAYS,
  type StandInSettings,
} from "../../src/shell/topstepx-sim/settings.ts";
import type { HubSession, WireAnswer } from "../../src/shell/topstepx-sim/stand-in.ts";
import type { Switches } from "../../src/shell/topstepx-sim/switches.ts";
import { createStandIn, type StandInVenue } from "../../src/shell/topstepx-sim/venue.ts";

/** A Friday morning in Chicago. */
const MORNING = "2026-11-20T15:00:00Z";
export const ACCOUNT = 101;

/*
 * What goes over the wire is read here by types of our own, though the venue has such types as well: a
 * field that it stopped to write, or wrote under another name, would else be missed by nobody.
 */

/** An order as the venue writes it; on the stream what is null is left out. */
export interface WireOrder {
  readonly id: number;
  readonly accountId: number;
  readonly contractId: string;
  readonly symbolId: string;
  readonly creationTimestamp: string;
  readonly updateTimestamp: string;
  readonly status: number;
  readonly type: number;
  readonly side: number;
  readonly size: number;
  readonly limitPrice: number | null;
  readonly stopPrice: number | null;
  readonly fillVolume: number;
  readonly filledPrice: number | null;
  readonly customTag: string | null;
  readonly parentOrderId?: number;
  readonly trailPrice?: number;
  readonly trailDistance?: number;
}

export interface WirePosition {
  readonly id: number;
  readonly accountId: number;
  readonly contractId: string;
  readonly creationTimestamp: string;
  readonly type: number;
  readonly size: number;
  readonly averagePrice: number;
}

export interface WireTrade {
  readonly id: number;
  readonly accountId: number;
  readonly contractId: string;
  readonly creationTimestamp: string;
  readonly price: number;
  readonly profitAndLoss: number | null;
  readonly fees: number;
  readonly commissions: number;
  readonly side: number;
  readonly size: number;
  readonly voided: boolean;
  readonly orderId: number;
}

export interface WireAccount {
  readonly id: number;
  readonly name: string;
  readonly balance: number;
  readonly canTrade: boolean;
  readonly isVisible: boolean;
  readonly simulated: boolean;
}

export interface WireContract {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly tickSize: number;
  readonly tickValue: number;
  readonly activeContract: boolean;
  readonly symbolId: string;
}

export interface WireBar {
  readonly t: string;
  readonly o: number;
  readonly h: number;
  readonly l: number;
  readonly c: number;
  readonly v: number;
}

/** Of every answer the first three; which of the others are there depends on the call. */
export interface Envelope {
  readonly success: boolean;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly token: string;
  readonly newToken: string | null;
  readonly orderId: number;
  readonly order: WireOrder;
  readonly orders: readonly WireOrder[];
  readonly totalCount: number;
  readonly positions: readonly WirePosition[];
  readonly trades: readonly WireTrade[];
  readonly accounts: readonly WireAccount[];
  readonly contract: WireContract;
  readonly contracts: readonly WireContract[];
  readonly bars: readonly WireBar[];
}

export interface Heard {
  readonly target: string;
  readonly args: readonly unknown[];
}

type UserRow = Partial<WireOrder & WirePosition & WireTrade & WireAccount>;
type MarketRow = { readonly type: number; readonly price: number } | null;

/** The row in a user event, which comes wrapped. */
export const rowIn = ({ args: [wrapped] }: Heard): UserRow =>
  // What it holds is the point of the tests, field by field.
  (wrapped as { readonly data: UserRow }).data;

/** The list in a market event; its first argument is the contract. */
export const listIn = ({ args: [, list] }: Heard): readonly MarketRow[] =>
  list as readonly MarketRow[]; // as above

export interface Listener {
  readonly session: HubSession;
  readonly heard: Heard[];
  readonly ends: (string | null)[];
}

export interface StandInDesk {
  readonly clock: VirtualClock;
  readonly venue: StandInVenue;
  readonly contract: string;
  token(): string;
  raw(path: string, body: string, token?: string | null): WireAnswer;
  /** The envelope of a call that passed the gate. */
  call(path: string, body?: object): Envelope;
  place(more?: object): Envelope;
  listen(hub: "user" | "market", token?: string): Listener;
  /** Listens to everything about the account. */
  follow(): Listener;
  price(last: number, more?: Partial<StandInQuote>): void;
  advance(milliseconds: number): void;
  /** It has to be there. */
  order(id: number): WireOrder;
  orders(): readonly WireOrder[];
  open(): readonly WireOrder[];
  positions(): readonly WirePosition[];
  trades(): readonly WireTrade[];
  net(): number;
  idOf(root: Root): string;
}

export interface DeskSetup extends Partial<Omit<StandInSettings, "switches">> {
  readonly at?: string;
  readonly switches?: Partial<Switches>;
  readonly seed?: number;
}

export function standInDesk({
  at = MORNING,
  switches = {},
  seed = 1,
  ...more
}: DeskSetup = {}): StandInDesk {
  const clock = virtualClock(parseIso(at) ?? millis(0));
  const settings = { ...DEFAULT_STAND_IN, delays: NO_DELAYS, rates: null, ...more, switches };
  const venue = createStandIn({ clock, settings, seed });
  const contract = activeId("MES", clock.now());

  function raw(path: string, body: string, token: string | null = current): WireAnswer {
    const answers: (WireAnswer | "cut")[] = [];
    const method = path.endsWith("/ping") ? "GET" : "POST";
    venue.receive({ method, path, token, body }, (answer) => void answers.push(answer));
    expect(answers).toHaveLength(1);
    return answers[0] as WireAnswer;
  }

  function call(path: string, body: object = {}): Envelope {
    const answer = raw(path, JSON.stringify(body));
    expect(answer.status, `${path}: ${answer.body}`).toBe(200);
    return JSON.parse(answer.body);
  }

  let current = "";
  current = call("/api/Auth/loginKey", { userName: "trader", apiKey: "practice-key" }).token;

  function listen(hub: "user" | "market", token = current): Listener {
    const heard: Heard[] = [];
    const ends: (string | null)[] = [];
    const session = venue.connect(hub, token, {
      send: (target, args) => void heard.push({ target, args }),
      end: (error) => void ends.push(error),
      stall: () => {},
      cut: () => {},
    });
    if (typeof session === "number") throw new Error(`refused with ${session}`);
    return { session, heard, ends };
  }

  const orders = (): readonly WireOrder[] =>
    call("/api/Order/search", { accountId: ACCOUNT, startTimestamp: "2020-01-01T00:00:00Z" })
      .orders;

  return {
    clock,
    venue,
    contract,
    token: () => current,
    raw,
    call,
    place: (wish = {}) =>
      call("/api/Order/place", {
        accountId: ACCOUNT,
        contractId: contract,
        type: 2,
        side: 0,
        size: 1,
        ...wish,
      }),
    listen,
    follow() {
      const listener = listen("user");
      const { session } = listener;
      expect(session.invoke("SubscribeAccounts", [])).toBeNull();
      for (const topic of ["Orders", "Positions", "Trades"]) {
        expect(session.invoke(`Subscribe${topic}`, [ACCOUNT])).toBeNull();
      }
      return listener;
    },
    price(last, wish = {}) {
      const quote = { last, bid: last, ask: last + 0.25, ...wish };
      expect(venue.setQuote(contract, quote)).toEqual({ ok: true, value: undefined });
    },
    advance: (milliseconds) => void clock.runUntil(millis(clock.now() + milliseconds) as Millis),
    order(id) {
      const found = orders().find((one) => one.id === id);
      if (found === undefined) throw new Error(`there is no order ${id}`);
      return found;
    },
    orders,
    open: () => call("/api/Order/searchOpen", { accountId: ACCOUNT }).orders,
    positions: () => call("/api/Position/searchOpen", { accountId: ACCOUNT }).positions,
    trades: () =>
      call("/api/Trade/search", { accountId: ACCOUNT, startTimestamp: "2020-01-01T00:00:00Z" })
        .trades,
    net: () => {
      const held = call("/api/Position/searchOpen", { accountId: ACCOUNT }).positions[0];
      return held === undefined ? 0 : held.type === 1 ? held.size : -held.size;
    },
    idOf: (root) => activeId(root, clock.now()),
  };
}
