/**
 * The paper venue as one pure step: books and an event give new books and reports.
 *
 * ```text
 * applyToVenue(state, event) ─► { state, reports }
 * ```
 *
 * It plays an exchange and a broker at once, for any number of accounts: orders, brackets, fills,
 * fees, cash. Nobody else writes these books. An event costs what it touches, an account and the
 * price levels of one market; a price that touches nothing costs nothing and gives back the very
 * same state.
 */
import { invariant, unreachable } from "../../std/assert.ts";
import { emptyTrie, getIn, setIn } from "../../std/trie.ts";
import type { OrderId } from "../model/ids.ts";
import { rootOf } from "../model/instruments.ts";
import { money } from "../model/units.ts";
import type { Outcome, VenueOrder, VenueReport, VenueRequest } from "../model/venue.ts";
import { type Floor, refused } from "./answer.ts";
import { followFill } from "./brackets.ts";
import { cancelOrder, closePosition } from "./close.ts";
import type { RequestEvent, VenueEvent } from "./event.ts";
import { accountsReached, asBorn, asGone, relevelled, withChanges } from "./levels.ts";
import { meetReport } from "./match.ts";
import { modifyOrder } from "./modify.ts";
import { placeOrder } from "./place.ts";
import { rebuilt } from "./rebuild.ts";
import { snapshotOf } from "./snapshot.ts";
import { marketIn, type PaperAccount, type VenueState } from "./state.ts";
import { closeTurn, openTurn, report, type Turn } from "./turn.ts";

export interface VenueStep {
  /** The very same object when the event changed nothing. */
  readonly state: VenueState;
  readonly reports: readonly VenueReport[];
}

type EventOf<Kind extends VenueEvent["kind"]> = Extract<VenueEvent, { kind: Kind }>;

export function applyToVenue(state: VenueState, event: VenueEvent): VenueStep {
  switch (event.kind) {
    case "request":
      return onRequest(state, event);
    case "price":
      return onPrice(state, event);
    case "session":
      return silent(onSession(state, event));
    case "ask":
      return onQuestion(state, event);
    case "follow":
      return onFollow(state, event);
    case "account":
      return silent(onAccount(state, event));
    case "settings":
      return silent(onSettings(state, event));
    case "rebuild":
      return silent(onRebuild(state, event));
    default:
      return unreachable(event);
  }
}

const silent = (state: VenueState): VenueStep => ({ state, reports: [] });

function onRequest(state: VenueState, { request, quote, at }: RequestEvent): VenueStep {
  const account = getIn(state.accounts, request.account);
  if (account === undefined) return refusal(state, request, refused("account-not-found"));
  const root = rootOf(request.contract);
  if (root === null) return refusal(state, request, refused("contract-not-found"));
  const { session, quotesFrom } = marketIn(state.markets, root);
  const isOld = quote !== null && quote.at < quotesFrom;
  const floor: Floor = { root, session, quote: isOld ? null : quote };
  const turn = openTurn(account, at, state.settings);
  const outcome = answer(turn, request, floor);
  const reports: VenueReport[] = [];
  report(turn, reports);
  reports.push(answerTo(request, outcome));
  return { state: settle(state, turn), reports };
}

function answer(turn: Turn, request: VenueRequest, floor: Floor): Outcome {
  switch (request.kind) {
    case "place":
      return placeOrder(turn, request, floor);
    case "modify":
      return modifyOrder(turn, request, floor);
    case "cancel":
      return cancelOrder(turn, request);
    case "close":
    case "close-part":
      return closePosition(turn, request, floor);
    default:
      return unreachable(request);
  }
}

const refusal = (state: VenueState, request: VenueRequest, outcome: Outcome): VenueStep => ({
  state,
  reports: [answerTo(request, outcome)],
});

const answerTo = ({ account, id }: VenueRequest, outcome: Outcome): VenueReport => ({
  kind: "answer",
  account,
  id,
  outcome,
});

function onPrice(state: VenueState, { quote, at }: EventOf<"price">): VenueStep {
  const market = marketIn(state.markets, quote.instrument);
  if (market.session !== "open" || quote.at < market.quotesFrom) return silent(state);
  let next = state;
  const reports: VenueReport[] = [];
  for (const id of accountsReached(market, quote)) {
    const account = getIn(next.accounts, id);
    invariant(account !== undefined, "a price level names accounts of this venue");
    const turn = openTurn(account, at, state.settings);
    meetReport(turn, quote);
    report(turn, reports);
    next = settle(next, turn);
  }
  return { state: next, reports };
}

function onFollow(state: VenueState, event: EventOf<"follow">): VenueStep {
  const account = getIn(state.accounts, event.account);
  if (account === undefined) return silent(state);
  const turn = openTurn(account, event.at, state.settings);
  const view = orderKnown(turn, event.order);
  if (view !== undefined) followFill(turn, { view, average: event.average }, event.quantity);
  const reports: VenueReport[] = [];
  report(turn, reports);
  return { state: settle(state, turn), reports };
}

/** Resting, or ended not long ago. */
const orderKnown = ({ live, before }: Turn, order: OrderId): VenueOrder | undefined =>
  live.find(({ view }) => view.order === order)?.view ??
  before.ended.find((one) => one.order.order === order)?.order;

/** Writes a turn back into the books. */
function settle(state: VenueState, turn: Turn): VenueState {
  const account = closeTurn(turn);
  if (account === turn.before) return state;
  return {
    settings: state.settings,
    accounts: setIn(state.accounts, account.id, account),
    markets: withChanges(state, account.id, turn.changes),
  };
}

function onSession(state: VenueState, event: EventOf<"session">): VenueState {
  const { instrument, session, quotesFrom } = event;
  const market = { ...marketIn(state.markets, instrument), session, quotesFrom };
  return { ...state, markets: setIn(state.markets, instrument, market) };
}

function onQuestion(state: VenueState, { account, askedAt, since }: EventOf<"ask">): VenueStep {
  const found = getIn(state.accounts, account);
  return { state, reports: found === undefined ? [] : [snapshotOf(found, askedAt, since)] };
}

function onAccount(state: VenueState, { account, balance, fees }: EventOf<"account">): VenueState {
  const known = getIn(state.accounts, account);
  const opened: PaperAccount = known ?? {
    id: account,
    fees,
    series: account,
    orderCount: 0,
    fillCount: 0,
    balance,
    realised: money(0),
    feesPaid: money(0),
    positions: [],
    live: [],
    ended: [],
    fills: [],
    tags: emptyTrie(),
  };
  return { ...state, accounts: setIn(state.accounts, account, { ...opened, fees }) };
}

function onSettings(state: VenueState, { settings }: EventOf<"settings">): VenueState {
  const next = { ...state, settings };
  return { ...next, markets: relevelled(next) };
}

/** The old orders leave the levels, the new ones enter them. */
function onRebuild(state: VenueState, { account, books, at }: EventOf<"rebuild">): VenueState {
  const before = getIn(state.accounts, account);
  if (before === undefined) return state;
  const after = rebuilt(before, books, at);
  const changes = [...before.live.map(asGone), ...after.live.map(asBorn)];
  return {
    ...state,
    accounts: setIn(state.accounts, account, after),
    markets: withChanges(state, account, changes),
  };
}
