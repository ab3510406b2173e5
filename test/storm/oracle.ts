/**
 * The judge of the storm. It looks at the venue's truth and at the journal, never at what the
 * program believes, and knows only what must always hold.
 *
 * | Id | Property | When |
 * |---|---|---|
 * | I1 | a position is never larger than allowed | every change |
 * | I2 I3 I4 | held contracts are covered by a working stop | every change |
 * | I5 | a position never turns against its trade | every change |
 * | I6 | one alert enters at most what was planned for it | every change |
 * | I7 | every order has a durable intent before it | every request |
 * | I8 | orders of strangers are reported, and never touched | end |
 * | I9 | what could still exit is never more than what is held | every change |
 * | I10 | nobody enters behind a closed gate, uncompared, or beside an unknown fate | every commit |
 * | I11 | a stop rests where its trade wants it | every change |
 * | I12 | every entry fits into what is left of the daily loss | every commit |
 * | I13 | nobody enters while a daily loss or a breaker forbids it | every commit |
 * | I15 | the journal has no gap | end |
 * | I18 | terminal order states never change | every commit |
 * | I19 | fills count once, and add up to the position | every change, end |
 * | I22 | an account has one trade at a time in a product | every commit |
 * | I33 | every change, close and part close is sent as it was written | every request |
 * | I34 | a message is read once, and only as it was said | every commit |
 * | I35 | a message never loosens a stop, and never touches a younger trade | every commit |
 * | I36 | within a minute of a target no message takes contracts off | every commit |
 * | I37 | an alert of a room that asks first is taken after a yes | every commit |
 *
 * I14, I16, I17, I20, I21 and I32 need a whole run; `storm.ts` checks them.
 */
import { directionOf } from "../../src/core/model/alert.ts";
import type { Fact, FactOf } from "../../src/core/model/fact.ts";
import { readName, requestIdOf, tagOf } from "../../src/core/model/ids.ts";
import type { Root } from "../../src/core/model/instrument.ts";
import { instrumentOf } from "../../src/core/model/instruments.ts";
import { type Message, messageKey } from "../../src/core/model/message.ts";
import type { VenueRequest } from "../../src/core/model/venue.ts";
import type { VenueEvent } from "../../src/core/paper/event.ts";
import type { PaperAccount, VenueState } from "../../src/core/paper/state.ts";
import { valuesOf } from "../../src/std/trie.ts";
import { gatekeeper } from "./gatekeeper.ts";
import { isByHand } from "./hand.ts";
import { opponents } from "./opponents.ts";
import { ASKING } from "./person.ts";
import { type Scored, scorer, UNSCORED } from "./scorer.ts";
import { type Purse, treasurer, UNJUDGED } from "./treasurer.ts";

export interface OracleParts {
  readonly brackets: "native" | "none";
  /** How long a venue that keeps the brackets takes for what one of its orders does to another. */
  readonly linkDelay: number;
  /** How long after a fault orders may stay that nobody holds anything for. */
  readonly overExitMax: number;
  readonly positionMax: number;
  /** Accounts of one login: those that are exposed are looked at in turn, one a second. */
  readonly sharers: number;
  readonly now: () => number;
  /**
   * It left while the journal could not be written, or before it was asked to: it only reduces. Where
   * the process died of that, another request may have been written by the same name since.
   */
  readonly isUnwritten: (request: VenueRequest, isNamed: boolean) => boolean;
  /** What may be lost in a day. */
  readonly purse?: Purse;
  /** Left out: the score is only told. */
  readonly scored?: Scored;
  /** When a fault last struck: without one shortly before or during it, a wrong state has no excuse. */
  readonly lastFaultAt: () => number;
}

export interface Oracle {
  /** What was asked of the venue is looked at with it. */
  venueChanged(state: VenueState, event: VenueEvent | null): void;
  journaled(facts: readonly Fact[]): void;
  /** The author said it; it may be delivered at any time, or never. */
  said(message: Message): void;
  /** Saved beside a journal that refuses: intent enough for an order that only reduces. */
  saved(facts: readonly Fact[]): void;
  crashed(): void;
  started(): void;
  /** At the very end, faults long over: nothing may still be wrong. */
  end(): void;
  blame(rule: string, detail: string): void;
  readonly broken: readonly string[];
  /** Of every position that was ever held, from flat to flat: how long some of it had no stop. */
  nakedTimes(): readonly number[];
}

interface KnownTrade {
  readonly account: string;
  readonly contract: string;
  readonly family: Root;
  readonly direction: 1 | -1;
  readonly planned: number;
  readonly alertedAt: number;
  /** Where its stop should rest, by the facts. */
  stopAim: number;
  targetAt: number | null;
  entered: number;
  isOver: boolean;
  /** The same by the journal alone: before its venue tells, nobody knows that it has filled again. */
  isOverInBooks: boolean;
  /** On its way out, or a person's: nobody moves its stop any more. */
  isLeft: boolean;
  /** The close call or a trim was used: legs and position may differ for a moment. */
  loose: boolean;
  /** Its entry was executed when three lists had not shown it, and room was given to others. */
  isLate: boolean;
}

interface Interval {
  readonly since: number;
  readonly down: number;
}

/** The longest a state may last: with a healthy line, and with one that loses and delays. */
export const NAKED_HEALTHY = 1_500;
/** Each account in the round of a login costs every other one a second; so does one just left. */
const LOOK_EVERY = 1_000;
const WATCHED = 31_000;
const COMPARES: ReadonlySet<Fact["kind"]> = new Set<Fact["kind"]>([
  ...(["AccountOpened", "LinkMoved", "PositionDiffered"] as const),
]);
const MOVES_AIM: ReadonlySet<Fact["kind"]> = new Set<Fact["kind"]>([
  ...(["StopAimed", "BreakevenDue", "ExitBegun", "TradeReleased"] as const),
  ...(["TradeClosed", "TradeAbandoned", "TradeReopened"] as const),
]);
/** From a fill, or a new aim, to the stop at its price. */
const MISPLACED = 2_000;
export const FAULTY = 30_000;
/** A request lost this long ago may still be waiting for its time-out. */
const FAULT_SHADOW = 5_000;
const BROKEN_MAX = 20;
const MINUTE = 60_000;

export function createOracle(parts: OracleParts): Oracle {
  const broken: string[] = [];
  const intents = new Set<string>();
  const trades = new Map<string, KnownTrade>();
  const approved = new Set<string>();
  const ended = new Map<string, string>();
  const contracts = new Map<string, Set<string>>();
  const wrongs = new Map<string, Interval>();
  /** What changes and part closes were written to be, by request and by tranche. */
  const changes = new Map<string, string>();
  const trims = new Map<string, number>();
  const saved = new Set<Fact>();
  /** Of its trade already known from beside the journal, which has them later. */
  const foretold = new Set<Fact>();
  /** When something was last heard of an account; and those that were not compared since a gap. */
  const heardAt = new Map<string, number>();
  const uncompared = new Set<string>();
  /** What was said, and what was read of it with the time it was said. */
  const spoken = new Set<string>();
  const read = new Map<string, number>();
  let lastRead = 0;
  let isEdit = false;
  /** When a leg of no trade last turned up, by account and contract. */
  const strays = new Map<string, number>();
  const checkGate = gatekeeper((detail) => blame("I10", detail));
  const checkSides = opponents((detail) => blame("I40", detail));
  const checkScore = scorer(parts.scored ?? UNSCORED, (detail) => blame("I41", detail));
  const money = treasurer(parts.purse ?? UNJUDGED, (rule, detail) => blame(rule, detail));
  let venueNow: VenueState | null = null;
  const naked = new Map<string, number>();
  const nakedTimes: number[] = [];
  let downSince: number | null = null;
  let downTotal = 0;
  const downTime = (): number => downTotal + (downSince === null ? 0 : parts.now() - downSince);

  function blame(rule: string, detail: string): void {
    const at = new Date(parts.now()).toISOString().slice(11, 23);
    if (broken.length < BROKEN_MAX) broken.push(`${rule} ${at} ${detail}`);
  }

  function journaled(facts: readonly Fact[]): void {
    for (const fact of facts) {
      checkGate(fact);
      checkScore(fact);
      checkSides(fact);
      money.hear(fact);
      if (fact.kind === "IncidentFound" && fact.what === "balance-differs")
        blame("I20", fact.detail);
      if (fact.kind === "ApprovalEnded" && fact.how === "approved")
        approved.add(messageKey(fact.message));
      if (fact.kind === "TradePlanned") {
        checkAlone(fact);
        checkApproved(fact);
        intents.add(tagOf(fact.trade, "e", 0, 1));
        trades.set(fact.trade, {
          account: fact.account,
          contract: fact.plan.contract,
          family: familyOf(fact.plan),
          direction: directionOf(fact.plan.side),
          planned: fact.plan.tranches.reduce((sum, one) => sum + one.quantity, 0),
          alertedAt: fact.sentAt ?? fact.at,
          stopAim: fact.plan.stop,
          targetAt: null,
          entered: 0,
          isOver: false,
          isOverInBooks: false,
          isLeft: false,
          loose: false,
          isLate: false,
        });
      }
      if (fact.kind === "EntrySent") intents.add(tagOf(fact.trade, "e", fact.tranche, 1));
      if (fact.kind === "LegPlaced")
        intents.add(tagOf(fact.trade, fact.leg === "stop" ? "s" : "t", fact.tranche, fact.attempt));
      noteChange(fact);
      if (!foretold.has(fact)) learn(fact);
      noteRound(fact);
      checkWord(fact);
      checkTerminal(fact);
    }
    money.close();
    // An aim may move to where the stop is, as well as the other way round.
    if (venueNow !== null && facts.some(({ kind }) => MOVES_AIM.has(kind))) checkPlaces(venueNow);
  }

  /** False for what concerns no trade that is known. */
  function learn(fact: Fact): boolean {
    if (!("trade" in fact) || fact.trade === null || !trades.has(fact.trade)) return false;
    tradeChanged(fact.trade, fact);
    return true;
  }

  function noteRound(fact: Fact): void {
    if (fact.kind === "RunStarted") for (const id of heardAt.keys()) uncompared.add(id);
    const account =
      "account" in fact
        ? fact.account
        : "trade" in fact && fact.trade !== null
          ? trades.get(fact.trade)?.account
          : null;
    if (account == null) return;
    heardAt.set(account, parts.now());
    if (fact.kind === "AccountSettled") uncompared.delete(account);
    if (COMPARES.has(fact.kind)) uncompared.add(account);
  }

  /** How many accounts of a login are in the round: those in a trade, or out of one a moment ago. */
  function inRound(): number {
    const open = new Set(
      [...trades.values()].filter((one) => !one.isOver).map((one) => one.account),
    );
    const round = [...heardAt].filter(
      ([id, at]) => open.has(id) || uncompared.has(id) || at > parts.now() - WATCHED,
    );
    return Math.max(1, Math.min(parts.sharers, round.length));
  }

  function checkPlaces(state: VenueState): void {
    for (const account of valuesOf(state.accounts)) {
      for (const contract of contractsEver(account)) {
        const key = `${account.id}/${contract}`;
        watch("misplaced", key, isAnyMisplaced(account, contract), MISPLACED);
      }
    }
  }

  function checkApproved({ message, number }: FactOf<"TradePlanned">): void {
    if (message.channel === ASKING && !approved.has(messageKey(message)))
      blame("I37", `trade #${number} of ${message.id} was planned without a yes`);
  }

  /** Nothing may be added here, so whatever is on must be over before the next one is planned. */
  function checkAlone({ account, trade, plan }: FactOf<"TradePlanned">): void {
    const other = [...trades].find(
      ([, one]) => one.account === account && one.family === familyOf(plan) && !one.isOverInBooks,
    );
    if (other !== undefined) blame("I22", `${trade} was planned while ${other[0]} was on`);
  }

  function tradeChanged(id: string, fact: Fact): void {
    const trade = trades.get(id);
    if (trade === undefined) return;
    if (fact.kind === "TradeClosed" || fact.kind === "TradeAbandoned")
      Object.assign(trade, { isOver: true, isOverInBooks: true });
    if (fact.kind === "TradeReopened")
      reopen(Object.assign(trade, { isLeft: false, isOverInBooks: false }));
    if (fact.kind === "ExitBegun" || fact.kind === "TradeReleased") trade.isLeft = true;
    if (fact.kind === "TargetHit") trade.targetAt = fact.at;
    const isTighter = (stop: number): boolean => trade.direction * (stop - trade.stopAim) > 0;
    if (fact.kind === "StopAimed" && fact.why === "message" && !isTighter(fact.stop))
      blame("I35", `${id}: a message moves the stop from ${trade.stopAim} to ${fact.stop}`);
    if (fact.kind === "StopAimed" || (fact.kind === "BreakevenDue" && isTighter(fact.stop)))
      trade.stopAim = fact.stop;
    if (fact.kind === "CloseAsked" || fact.kind === "TrimBegun") trade.loose = true;
  }

  /** What a request of that name has to say. */
  function noteChange(fact: Fact): void {
    if (fact.kind === "LegChangeAsked") {
      const tag = tagOf(fact.trade, fact.leg === "stop" ? "s" : "t", fact.tranche, fact.attempt);
      changes.set(requestIdOf(tag, "modify"), `${fact.price} ${fact.quantity}`);
    }
    if (fact.kind === "CloseAsked") changes.set(tagOf(fact.trade, "c", 0, fact.tries), "close");
    if (fact.kind !== "TrimBegun" && fact.kind !== "TrimSent") return;
    const isNew = fact.kind === "TrimBegun" && !saved.has(fact);
    saved.add(fact);
    const count = (trims.get(fact.trade) ?? 0) + (isNew ? 1 : 0);
    trims.set(fact.trade, count);
    if (fact.kind === "TrimSent")
      changes.set(tagOf(fact.trade, "p", fact.tranche, count), `part ${fact.quantity}`);
  }

  function checkChange(event: VenueEvent): void {
    if (event.kind !== "request" || isByHand(event.request)) return;
    const { request } = event;
    const sent = sayingOf(request);
    if (sent === null) return;
    const written = changes.get(request.id);
    if (written === sent || parts.isUnwritten(request, written !== undefined)) return;
    blame("I33", `${request.id}: ${sent}, written ${written}`);
  }

  function checkWord(fact: Fact): void {
    if (fact.kind === "AlertRead" || fact.kind === "UpdateRead") {
      const edit = fact.edit ?? "";
      const [id = ""] = fact.message.id.split("#");
      const name = `${fact.message.id} ${edit}`;
      if (!spoken.has(`${id} ${fact.text}`)) blame("I34", `nobody said ${id} "${fact.text}"`);
      if (read.has(name)) blame("I34", `${name} was read twice`);
      read.set(name, fact.sentAt);
      lastRead = fact.sentAt;
      isEdit = edit !== "";
    }
    if (fact.kind !== "UpdateSettled" || fact.bound === null || fact.how !== "applied") return;
    const trade = trades.get(fact.bound);
    if (trade === undefined) return;
    if (!isEdit && trade.alertedAt > lastRead)
      blame("I35", `${fact.message.id} touches ${fact.bound}, which is younger`);
    if (fact.action === "trim" && trade.targetAt !== null && fact.at - trade.targetAt <= MINUTE)
      if (fact.reason.includes("taken off"))
        blame("I36", `${fact.bound} is trimmed ${fact.at - trade.targetAt} ms after a target`);
  }

  /** What turns up after it was given up may stand against a trade taken since. */
  function reopen(trade: KnownTrade): void {
    Object.assign(trade, { isOver: false, loose: true });
  }

  function checkTerminal(fact: Fact): void {
    if (fact.kind !== "EntryEnded" && fact.kind !== "EntryRejected" && fact.kind !== "EntryNotSent")
      return;
    const key = `${fact.trade}/${fact.tranche}`;
    const how = fact.kind === "EntryEnded" ? fact.how : fact.kind;
    const before = ended.get(key);
    // "Not sent" is our conclusion; the venue's word may correct it. Its own words never change.
    if (before !== undefined && before !== "EntryNotSent")
      blame("I18", `${key} was ${before}, became ${how}`);
    ended.set(key, how);
  }

  function checkIntent(event: VenueEvent): void {
    if (event.kind !== "request" || event.request.kind !== "place") return;
    const { request } = event;
    const { tag, role, account } = request;
    const isKnown = readName(tag) === null || intents.has(tag);
    const planned = trades.get(readName(tag)?.trade ?? "")?.contract ?? request.contract;
    if (planned !== request.contract)
      blame("I7", `order ${tag} on ${account} is for ${request.contract}, planned was ${planned}`);
    if (isKnown || (role !== "entry" && parts.isUnwritten(request, false))) return;
    blame("I7", `order ${tag} on ${account} has no durable intent`);
  }

  /** A close knows no trade: one that comes late takes what the next one of the contract holds. */
  function closeMeetsAll(event: VenueEvent): void {
    if (event.kind !== "request") return;
    const { request } = event;
    const { account, contract } = request;
    if (isLateLeg(request)) strays.set(`${account}/${contract}`, parts.now());
    if (!request.kind.startsWith("close") && !isByHand(request)) return;
    for (const trade of trades.values())
      if (trade.account === account && trade.contract === contract) trade.loose = true;
  }

  /** A leg that was given up, executed when its trade is over. */
  function isLateLeg(request: VenueRequest): boolean {
    if (request.kind !== "place" || request.role === "entry") return false;
    return trades.get(readName(request.tag)?.trade ?? "")?.isOver === true;
  }

  function noteEvent(event: VenueEvent): void {
    checkIntent(event);
    checkChange(event);
    closeMeetsAll(event);
  }

  function checkFills(account: PaperAccount): void {
    const entered = new Map<string, number>();
    let net = 0;
    for (const fill of account.fills) {
      net += fill.side === "buy" ? fill.quantity : -fill.quantity;
      const trade = fill.role === "entry" ? readName(fill.tag ?? "")?.trade : undefined;
      if (trade) entered.set(trade, (entered.get(trade) ?? 0) + fill.quantity);
    }
    const held = account.positions.reduce((sum, one) => sum + one.net, 0);
    if (net !== held) blame("I19", `${account.id} holds ${held}, its fills say ${net}`);
    for (const [id, quantity] of entered) {
      const trade = trades.get(id);
      const planned = trade?.planned ?? 0;
      if (quantity > planned) blame("I6", `${id} entered ${quantity} of ${planned}`);
      if (trade === undefined || quantity === trade.entered) continue;
      trade.entered = quantity;
      // Nobody but the venue knows yet.
      if (trade.isOver) reopen(Object.assign(trade, { isLate: true }));
    }
  }

  /** Also those that are flat by now: a wrong state ends there. */
  function contractsEver(account: PaperAccount): ReadonlySet<string> {
    const known = contracts.get(account.id) ?? new Set();
    for (const one of account.positions) known.add(one.contract);
    for (const one of account.live) known.add(one.view.contract);
    contracts.set(account.id, known);
    return known;
  }

  function checkContract(account: PaperAccount, contract: string): void {
    const net = account.positions.find((one) => one.contract === contract)?.net ?? 0;
    const key = `${account.id}/${contract}`;
    const held = Math.abs(net);
    const stops = working(account, contract, "stop", net);
    const targets = working(account, contract, "target", net);
    const open = [...trades.values()].filter(
      (one) => one.account === account.id && one.contract === contract && !one.isOver,
    );
    const late = open.reduce((sum, one) => sum + (one.isLate ? one.entered : 0), 0);
    if (held > parts.positionMax + late) blame("I1", `${key} holds ${net}`);
    // Where the venue keeps the brackets, each event leaves every contract covered.
    const isCalm = !open.some((one) => one.loose) && strays.get(key) !== parts.now();
    const looked = NAKED_HEALTHY + (inRound() - 1) * LOOK_EVERY;
    const allowed = parts.brackets === "native" && isCalm ? parts.linkDelay : looked;
    watch("naked", key, held > stops, allowed);
    countNaked(key, held);
    const reversed = net !== 0 && open.length > 0 && open.every((one) => one.direction * net < 0);
    watch("reversed", key, reversed, allowed);
    const over = Math.max(stops, targets) > held;
    watch("over-exit", key, over, allowed);
  }

  /** A position begins and ends flat. What its account waits for its turn of the login is not counted. */
  function countNaked(key: string, held: number): void {
    if (held > 0 && !naked.has(key)) naked.set(key, 0);
    if (held > 0 || !naked.has(key)) return;
    nakedTimes.push(Math.max(0, (naked.get(key) ?? 0) - (inRound() - 1) * LOOK_EVERY));
    naked.delete(key);
  }

  /** A stop that works, and not where the facts say it should. */
  function isAnyMisplaced({ live }: PaperAccount, contract: string): boolean {
    return live.some(({ view }) => {
      if (view.role !== "stop" || view.contract !== contract || view.status !== "working")
        return false;
      const trade = trades.get(readName(view.parent ?? view.tag ?? "")?.trade ?? "");
      return trade !== undefined && !trade.isOver && !trade.isLeft && view.price !== trade.stopAim;
    });
  }

  /** A wrong state may begin; how long it may last depends on whether the line was healthy. */
  function watch(kind: keyof typeof RULES, key: string, isWrong: boolean, allowed: number): void {
    const name = `${kind} ${key}`;
    const known = wrongs.get(name);
    if (isWrong && known === undefined) {
      wrongs.set(name, { since: parts.now(), down: downTime() });
      if (allowed === 0) blame(RULES[kind], `${name}, at once`);
    }
    if (isWrong || known === undefined) return;
    wrongs.delete(name);
    judge(kind, name, known, allowed);
    if (kind === "naked") naked.set(key, (naked.get(key) ?? 0) + upSince(known));
  }

  const upSince = ({ since, down }: Interval): number => parts.now() - since - (downTime() - down);

  function judge(
    kind: keyof typeof RULES,
    name: string,
    interval: Interval,
    allowed: number,
  ): void {
    const { since } = interval;
    const up = upSince(interval);
    const faulty = kind === "over-exit" ? parts.overExitMax : FAULTY;
    const isHealthy = parts.lastFaultAt() < since - FAULT_SHADOW;
    const limit = isHealthy ? allowed : faulty;
    if (up > limit) blame(RULES[kind], `${name} for ${up} ms, at most ${limit}`);
  }

  return {
    broken,
    blame,
    journaled,
    said: ({ id, text }) => void spoken.add(`${id} ${text}`),
    saved: (facts) => {
      for (const fact of facts) {
        if (learn(fact)) foretold.add(fact);
        noteChange(fact);
        if (fact.kind !== "LegPlaced") continue;
        intents.add(tagOf(fact.trade, fact.leg === "stop" ? "s" : "t", fact.tranche, fact.attempt));
      }
      if (venueNow !== null && facts.some(({ kind }) => MOVES_AIM.has(kind))) checkPlaces(venueNow);
    },
    nakedTimes: () => nakedTimes,
    venueChanged(state, event) {
      if (event !== null) noteEvent(event);
      for (const account of valuesOf(state.accounts)) {
        checkFills(account);
        for (const contract of contractsEver(account)) checkContract(account, contract);
      }
      venueNow = state;
      checkPlaces(state);
    },
    crashed: () => {
      downSince ??= parts.now();
    },
    started: () => {
      if (downSince !== null) downTotal += parts.now() - downSince;
      downSince = null;
    },
    end() {
      for (const name of wrongs.keys()) blame("I17", `${name} at the end`);
    },
  };
}

/** A mini and its micro are one product. */
const familyOf = ({ instrument }: { readonly instrument: Root }): Root =>
  instrumentOf(instrument).family;

/** What a change, a part close or a close asks for; null for what is checked elsewhere. */
function sayingOf(request: VenueRequest): string | null {
  switch (request.kind) {
    case "modify":
      return `${request.price} ${request.quantity}`;
    case "close-part":
      return `part ${request.quantity}`;
    case "close":
      return "close";
    default:
      return null;
  }
}

const RULES = { naked: "I2", reversed: "I5", "over-exit": "I9", misplaced: "I11" } as const;

/** Contracts that working orders of ours would take out of a position of this sign. */
function working(
  account: PaperAccount,
  contract: string,
  role: "stop" | "target",
  net: number,
): number {
  const side = net >= 0 ? "sell" : "buy";
  let sum = 0;
  for (const { view } of account.live) {
    const counts = view.contract === contract && view.role === role && view.status === "working";
    if (counts && (net === 0 || view.side === side)) sum += view.quantity - view.filled;
  }
  return sum;
}
