/**
 * The stand-in venue put together: calls and hub connections come in on one side, the controls of
 * tests and of the control API are on the other.
 *
 * Everything happens on the clock that was handed in: on virtual time a day of it takes moments,
 * and the same calls at the same times give the same answers.
 */
import { accountId } from "../../core/model/ids.ts";
import { dollars } from "../../core/model/units.ts";
import type { VenueState } from "../../core/paper/state.ts";
import type { Clock } from "../../ports/clock.ts";
import { type AccountTerms, accountJson, accounts } from "./accounts.ts";
import { calls, type Moves } from "./calls.ts";
import type { DeskParts } from "./desk.ts";
import { type Dials, dials } from "./dials.ts";
import { orderCalls, positionCalls } from "./endpoints.ts";
import { type Exchange, exchange, termsOf } from "./exchange.ts";
import { endDay, flatten } from "./flattening.ts";
import { tradingHours } from "./hours.ts";
import { type HubName, type Hubs, hubs } from "./hubs.ts";
import { callLimits } from "./limits.ts";
import { type Market, market } from "./market.ts";
import { orderBook, orderJson } from "./orders.ts";
import { positionJson, positions } from "./positions.ts";
import { loginCalls, readingCalls } from "./reading.ts";
import type { StandInSettings } from "./settings.ts";
import { restStamp } from "./stamps.ts";
import type { HubPeer, HubSession, StandIn } from "./stand-in.ts";
import type { Switches } from "./switches.ts";
import { teller } from "./teller.ts";
import { type Session, tokens } from "./tokens.ts";
import { tradeJson, trades } from "./trades.ts";

export interface StandInParts {
  readonly clock: Clock;
  readonly settings: StandInSettings;
  /** Of the tokens; two venues with one seed give out the same. */
  readonly seed?: number;
}

export interface StandInVenue extends StandIn, Dials, Pick<Market, "setQuote" | "feed"> {
  /** Opens or closes all markets; null lets the calendar decide again. */
  setSession(open: boolean | null): void;
  setMatching(change: Partial<StandInSettings["matching"]>): void;
  /** What a person or the firm changes about an account; false when there is none. */
  setAccount(id: number, change: Partial<AccountTerms>): boolean;
  /** The venue's own risk desk: cancels everything and closes every position of the account. */
  flatten(account: number): void;
  /** Says `GatewayLogout` to every hub connection. */
  logOut(): void;
  /** Every token given out so far is worth nothing from now on. */
  revokeTokens(): void;
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
  let { matching } = settings;
  let isClosed = false;
  const moves = moveCounter();
  const { turn, read } = dials(settings);
  const { switches } = read;
  const sessions = tokens(settings.tokenLife, seed);
  const lines = hubs({
    switches,
    subscribed: (topic, contract) => prices.introduce(topic, contract),
  });

  /** Does something whole, then lets the hubs speak. */
  function act(task: () => void): void {
    if (isClosed) return;
    task();
    lines.flush();
  }

  const actOnBooks = (task: () => void): void =>
    act(() => {
      task();
      moves.add();
    });

  const { book, floor, news } = booksOf({
    ...{ clock, ...read, settings, hubs: lines },
    ...{ moved: moves.add, act: actOnBooks },
  });
  const desk: DeskParts = { clock, ...read, ...book, teller: news, exchange: floor };
  const prices = market({
    ...{ clock, exchange: floor, hubs: lines, switches, act },
    printed: (root) => endDay(desk, root),
  });

  function loggedIn({ user }: Session): void {
    if (switches().secondLogin === "kicked") lines.logOut(user);
  }

  function connect(hub: HubName, token: string | null, peer: HubPeer): HubSession | number {
    const session = sessions.read(token, clock.now());
    if (isClosed || session === null) return 401;
    if (switches().tokenExpiry === "sockets-closed") {
      clock.schedule(session.expiresAt, () => lines.drop(session.token, EXPIRED));
    }
    return lines.connect(hub, session, peer);
  }

  const login = { users: settings.users, tokens: sessions, switches, loggedIn };
  const receive = calls({
    endpoints: [
      ...loginCalls(login),
      ...readingCalls({ ...book, ...read, bars: prices.bars, balance: floor.balance }),
      ...orderCalls(desk),
      ...positionCalls(desk, book.trades),
    ],
    tokens: sessions,
    limits: callLimits(settings.rates, switches),
    moves,
    ...read,
  });

  return {
    ...turn,
    ...controlsOf({ desk, book, floor, hubs: lines, act: actOnBooks }),
    receive(request, answered) {
      if (isClosed) return answered("cut");
      const answer = receive(request, clock.now());
      lines.flush();
      answered(answer);
    },
    connect,
    setQuote: prices.setQuote,
    feed: prices.feed,
    setMatching(change) {
      matching = { ...matching, ...change };
      floor.befall({ kind: "settings", at: clock.now(), settings: termsOf(matching) });
    },
    revokeTokens: sessions.endAll,
    close() {
      isClosed = true;
      lines.drop(null, null);
    },
  };
}

function moveCounter(): Moves {
  let count = 0;
  return {
    count: () => count,
    add() {
      count += 1;
    },
  };
}

interface BookParts extends Pick<DeskParts, "clock" | "delays" | "switches" | "wished"> {
  readonly settings: StandInSettings;
  readonly hubs: Hubs;
  readonly moved: () => void;
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
  for (const { id, balance } of settings.accounts) {
    const account = accountId(String(id));
    const about = { kind: "account", at: parts.clock.now(), account, fees: settings.fees } as const;
    floor.befall({ ...about, balance: dollars(balance) });
  }
  return { book, floor, news };
}

type Book = ReturnType<typeof booksOf>["book"];

interface ControlParts {
  readonly desk: DeskParts;
  readonly book: Book;
  readonly floor: Exchange;
  readonly hubs: Hubs;
  readonly act: (task: () => void) => void;
}

type Controls = Pick<
  StandInVenue,
  "setSession" | "setAccount" | "flatten" | "logOut" | "dump" | "truth"
>;

const controlsOf = ({ desk, book, floor, hubs, act }: ControlParts): Controls => ({
  setSession: (open) => book.hours.overrule(open, desk.clock.now()),
  setAccount(id, change) {
    const isThere = book.accounts.change(id, change);
    if (isThere) act(() => desk.teller.account(id));
    return isThere;
  },
  flatten: (account) => act(() => flatten(desk, account)),
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
