/**
 * The stand-in venue put together: calls and hub connections come in on one side, the controls of
 * tests and of the control API are on the other.
 *
 * Everything happens on the clock that was handed in: on virtual time a day of it takes moments,
 * and the same calls at the same times give the same answers.
 */
import type { VenueState } from "../../core/paper/state.ts";
import type { Clock } from "../../ports/clock.ts";
import { ok, type Result } from "../../std/result.ts";
import { type AccountTerms, accountJson, accounts } from "./accounts.ts";
import { calls } from "./calls.ts";
import type { DeskParts } from "./desk.ts";
import { orderCalls, positionCalls } from "./endpoints.ts";
import { type Exchange, exchange } from "./exchange.ts";
import { endDay, flatten } from "./flattening.ts";
import { tradingHours } from "./hours.ts";
import { type HubName, type Hubs, hubs } from "./hubs.ts";
import { callLimits } from "./limits.ts";
import { type Market, market } from "./market.ts";
import { orderBook, orderJson } from "./orders.ts";
import { positionJson, positions } from "./positions.ts";
import { loginCalls, readingCalls } from "./reading.ts";
import type { Delays, StandInSettings } from "./settings.ts";
import { restStamp } from "./stamps.ts";
import type { HubPeer, HubSession, StandIn } from "./stand-in.ts";
import { DEFAULT_SWITCHES, type Switches, turned } from "./switches.ts";
import { teller } from "./teller.ts";
import { type Session, tokens } from "./tokens.ts";
import { tradeJson, trades } from "./trades.ts";
import { type Refusal, type Wishes, wishes } from "./wishes.ts";

export interface StandInParts {
  readonly clock: Clock;
  readonly settings: StandInSettings;
  /** Of the tokens; two venues with one seed give out the same. */
  readonly seed?: number;
}

export interface StandInVenue extends StandIn, Pick<Market, "setQuote" | "feed"> {
  /** Opens or closes all markets; null lets the calendar decide again. */
  setSession(open: boolean | null): void;
  setSwitch(name: string, value: string): Result<void, string>;
  /** From now on; what is on its way already keeps its pace. */
  setDelays(change: Partial<Delays>): void;
  /** What a person or the firm changes about an account; false when there is none. */
  setAccount(id: number, change: Partial<AccountTerms>): boolean;
  /** The venue's own risk desk: cancels everything and closes every position of the account. */
  flatten(account: number): void;
  /**
   * The next call of that path is refused with these words, once it has passed the gate. Or the
   * next leg of a bracket, in the moment it should begin to work: `bracket/stop`, `bracket/target`.
   */
  refuseNext(path: string, refusal: Refusal): void;
  /** Says `GatewayLogout` to every hub connection. */
  logOut(): void;
  /** Every token given out so far is worth nothing from now on. */
  revokeTokens(): void;
  switches(): Switches;
  dump(): StandInDump;
  /** The books themselves, for whoever checks them from outside. */
  truth(): VenueState;
  close(): void;
}

export interface StandInDump {
  readonly at: string;
  readonly accounts: readonly unknown[];
  readonly orders: readonly unknown[];
  readonly positions: readonly unknown[];
  readonly trades: readonly unknown[];
  readonly connections: readonly unknown[];
  readonly switches: Switches;
}

export function createStandIn({ clock, settings, seed = 1 }: StandInParts): StandInVenue {
  let switches: Switches = { ...DEFAULT_SWITCHES, ...settings.switches };
  let delays = settings.delays;
  let isClosed = false;
  const current = (): Switches => switches;
  const sessions = tokens(settings.tokenLife, seed);
  const wanted = wishes();
  const lines = hubs({
    switches: current,
    subscribed: (topic, contract) => prices.introduce(topic, contract),
  });

  /** Does something whole, then lets the hubs speak. */
  function act(task: () => void): void {
    if (isClosed) return;
    task();
    lines.flush();
  }

  const common = { clock, switches: current, delays: () => delays, wished: wanted.take };
  const { book, floor, news } = booksOf({ ...common, settings, hubs: lines, act });
  const desk: DeskParts = { ...common, ...book, teller: news, exchange: floor };
  const prices = market({
    ...{ clock, exchange: floor, hubs: lines, switches: current, act },
    printed: (root) => endDay(desk, root),
  });

  function loggedIn({ user }: Session): void {
    if (switches.secondLogin === "kicked") lines.logOut(user);
  }

  function connect(hub: HubName, token: string | null, peer: HubPeer): HubSession | number {
    const session = sessions.read(token, clock.now());
    if (isClosed || session === null) return 401;
    if (switches.tokenExpiry === "sockets-closed") {
      clock.schedule(session.expiresAt, () => lines.drop(session.token, EXPIRED));
    }
    return lines.connect(hub, session, peer);
  }

  const login = { users: settings.users, tokens: sessions, switches: current, loggedIn };
  const receive = calls({
    endpoints: [
      ...loginCalls(login),
      ...readingCalls({ accounts: book.accounts, bars: prices.bars, balance: floor.balance }),
      ...orderCalls(desk),
      ...positionCalls(desk, book.trades),
    ],
    tokens: sessions,
    limits: callLimits(settings.rates, current),
    switches: current,
  });

  return {
    ...controlsOf({ desk, book, floor, hubs: lines, act, wanted }),
    receive(request, answered) {
      if (isClosed) return answered("cut");
      const answer = receive(request, clock.now());
      lines.flush();
      answered(answer);
    },
    connect,
    setQuote: prices.setQuote,
    feed: prices.feed,
    setSwitch(name, value) {
      const next = turned(switches, name, value);
      if (!next.ok) return next;
      switches = next.value;
      return ok(undefined);
    },
    setDelays(change) {
      delays = { ...delays, ...change };
    },
    revokeTokens: sessions.endAll,
    switches: current,
    close() {
      isClosed = true;
      lines.drop(null, null);
    },
  };
}

interface BookParts extends Pick<DeskParts, "clock" | "delays" | "switches" | "wished"> {
  readonly settings: StandInSettings;
  readonly hubs: Hubs;
  readonly act: (task: () => void) => void;
}

function booksOf(parts: BookParts) {
  const { settings, hubs } = parts;
  const book = {
    accounts: accounts(settings.accounts),
    orders: orderBook(),
    positions: positions(),
    trades: trades(settings.fees.kind === "table"),
    hours: tradingHours(settings.hours),
  };
  const news = teller({ hubs, accounts: book.accounts, balance: (id) => floor.balance(id) });
  const floor = exchange({ ...parts, ...book, teller: news });
  for (const { id, balance } of settings.accounts) floor.openAccount(id, balance);
  return { book, floor, news };
}

type Book = ReturnType<typeof booksOf>["book"];

interface ControlParts {
  readonly desk: DeskParts;
  readonly book: Book;
  readonly floor: Exchange;
  readonly hubs: Hubs;
  readonly act: (task: () => void) => void;
  readonly wanted: Wishes;
}

type Controls = Pick<
  StandInVenue,
  "setSession" | "setAccount" | "flatten" | "refuseNext" | "logOut" | "dump" | "truth"
>;

const controlsOf = ({ desk, book, floor, hubs, act, wanted }: ControlParts): Controls => ({
  setSession: (open) => book.hours.overrule(open, desk.clock.now()),
  setAccount(id, change) {
    const isThere = book.accounts.change(id, change);
    if (isThere) act(() => desk.teller.account(id));
    return isThere;
  },
  flatten: (account) => act(() => flatten(desk, account)),
  refuseNext: wanted.add,
  logOut: () => act(() => hubs.logOut(null)),
  dump: () => ({
    at: restStamp(desk.clock.now()),
    accounts: book.accounts.all().map((row) => accountJson(row, floor.balance(row.id))),
    ...listed(book),
    connections: hubs.connections(),
    switches: desk.switches(),
  }),
  truth: floor.state,
});

const EXPIRED = "Connection closed with an error.";

function listed(book: Book) {
  const ids = book.accounts.all().map(({ id }) => id);
  return {
    orders: ids.flatMap((id) => book.orders.of(id)).map((row) => orderJson(row, restStamp)),
    positions: ids
      .flatMap((id) => book.positions.of(id))
      .map((row) => positionJson(row, restStamp)),
    trades: ids.flatMap((id) => book.trades.of(id)).map((row) => tradeJson(row, restStamp)),
  };
}
