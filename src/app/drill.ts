/**
 * A trade that never was: an alert, decided, sent to a paper venue in memory, filled, protected and
 * taken through Target 1, by the very code that trades.
 *
 * ```text
 * alert ─► step ─► requests ─► venue ─► reports ─► step ─► ... ─► nothing left to do ─► forgotten
 * ```
 *
 * Both sides are pure functions, so nothing of it is seen anywhere. It is played to keep that code
 * ready: what runs a few times a day is not compiled by the runtime when it is needed, and the first
 * alert of a process takes a hundred times as long as one after some thousand others. It is judged by
 * the rules of the house too, for each limit is code of its own; where those allow no trade in the
 * morning or none without a person, the program's own rules still do.
 */
import { step } from "../core/engine.ts";
import { DEFAULT_BALANCE, DEFAULT_CONFIG, DEFAULT_RULES } from "../core/model/defaults.ts";
import type { Effect } from "../core/model/effect.ts";
import type { Message } from "../core/model/message.ts";
import type { Quote } from "../core/model/quote.ts";
import { OPEN_ROOM } from "../core/model/room.ts";
import type { Rules } from "../core/model/rules.ts";
import { type Millis, millis, ticks } from "../core/model/units.ts";
import type { VenueReport } from "../core/model/venue.ts";
import type { VenueEvent } from "../core/paper/event.ts";
import { DEFAULT_VENUE } from "../core/paper/settings.ts";
import { emptyVenue, type VenueState } from "../core/paper/state.ts";
import { applyToVenue, type VenueStep } from "../core/paper/venue.ts";
import { initialState, type State } from "../core/state.ts";
import { inputOf } from "./decider.ts";
import type { News } from "./inbox.ts";

/** Thursday, 19 November 2026, 09:00 in Chicago: an open market on any machine, at any time. */
const AT = millis(Date.UTC(2026, 10, 19, 15));
const ENTRY = 6326;

interface Moment {
  readonly at: Millis;
  /** Where the market stands, in points. */
  readonly price: number;
}

const ALERTED: Moment = { at: AT, price: ENTRY };
/** A price of the very millisecond in which an order came is no news to that order. */
const AT_TARGET_1: Moment = { at: millis(AT + 1_000), price: ENTRY + 8 };

/** Of what is alerted, and of what is traded. */
function quotesAt({ at, price }: Moment): readonly [es: Quote, mes: Quote] {
  const last = ticks(price * 4);
  const quote = { at, last, bid: last, ask: ticks(last + 1), high: last, low: last };
  return [
    { instrument: "ES", ...quote },
    { instrument: "MES", ...quote },
  ];
}

const ALERT: Message = {
  source: "chat-file",
  channel: "drill",
  id: "drill",
  author: "drill",
  text: `🚨 ES long ${ENTRY}: B\nStop: ${ENTRY - 10}\n@everyone`,
  embeds: [],
  referenced: null,
  event: "create",
  previous: null,
  sentAt: AT,
};

/** One decision after the other, for ever: each step yields how many orders it sent. */
export function* drills(rules: Rules = DEFAULT_RULES): Generator<number, never> {
  const usual = yield* play(NOBODY, ALERTED, [openingUnder(DEFAULT_RULES)]);
  const ours = yield* play(NOBODY, ALERTED, [openingUnder(rules)]);
  for (;;) {
    yield* trade(usual);
    yield* trade(ours);
  }
}

function* trade(opened: Scene): Generator<number, void> {
  const entered = yield* play(opened, ALERTED, [ARRIVAL]);
  const { state, reports } = pricesMove(entered.venue, AT_TARGET_1);
  yield* play({ state: entered.state, venue: state }, AT_TARGET_1, reports.map(heard));
}

interface Scene {
  readonly state: State;
  readonly venue: VenueState;
}

/** A venue that knows the account, and a house that has not begun. */
const NOBODY: Scene = {
  state: initialState,
  venue: applyToVenue(emptyVenue(DEFAULT_VENUE), {
    ...{ kind: "account", at: AT, fees: DEFAULT_RULES.fees },
    ...DEFAULT_BALANCE,
  }).state,
};

const openingUnder = (rules: Rules): News => ({
  ...{ kind: "start", mode: "paper", version: "drill", priceAgeMax: millis(3_000) },
  settings: { ...DEFAULT_CONFIG.settings, ruleSets: { default: rules } },
  balances: DEFAULT_CONFIG.balances,
});

const ARRIVAL: News = {
  ...{ kind: "message", message: ALERT, tradable: true, room: OPEN_ROOM, from: 0 },
};

/** Until neither side has anything to say. */
function* play(from: Scene, moment: Moment, news: readonly News[]): Generator<number, Scene> {
  const { at } = moment;
  const quotes = quotesAt(moment);
  const inbox = [...news];
  let { state, venue } = from;
  for (let next = inbox.shift(); next !== undefined; next = inbox.shift()) {
    const decided = step(state, inputOf(next, { at, quotes }));
    state = decided.state;
    let sent = 0;
    for (const effect of decided.effects) {
      const event = eventFor(effect, at, quotes[1]);
      if (event === null) continue;
      if (effect.kind === "Send") sent += 1;
      const answered = applyToVenue(venue, event);
      venue = answered.state;
      inbox.push(...answered.reports.map(heard));
    }
    yield sent;
  }
  return { state, venue };
}

const heard = (report: VenueReport): News => ({ kind: "report", report });

/** What a venue is concerned with. */
function eventFor(effect: Effect, at: Millis, quote: Quote): VenueEvent | null {
  if (effect.kind === "Send") return { kind: "request", at, request: effect.request, quote };
  if (effect.kind !== "AskVenue") return null;
  const { account, since } = effect;
  return { kind: "ask", at, account, askedAt: at, since };
}

const pricesMove = (venue: VenueState, moment: Moment): VenueStep =>
  applyToVenue(venue, { kind: "price", at: moment.at, quote: quotesAt(moment)[1] });
