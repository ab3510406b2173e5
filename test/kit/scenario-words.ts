/**
 * Facts, requests and the venue's books in one short line each, for transcripts.
 *
 * ```text
 * EntryFilled #1 e1 1 at 6326.25          trade 1, entry of its first tranche
 * -> modify #1 s2 to 6326.25              its second tranche's stop
 * ```
 *
 * `e`, `s` and `t` are entry, stop and target, `c` the venue's closing order. A line names the
 * account only where a scenario has several.
 */

import { isOfAlarm } from "../../src/core/model/alarm-fact.ts";
import type { ConfigChange, HeldRules } from "../../src/core/model/config-fact.ts";
import { isOfDuty } from "../../src/core/model/duty-fact.ts";
import type { Fact, FactOf } from "../../src/core/model/fact.ts";
import { type AccountId, readName, type TradeId } from "../../src/core/model/ids.ts";
import type { Instrument, Root } from "../../src/core/model/instrument.ts";
import { showPrice } from "../../src/core/model/instrument.ts";
import { instrumentOf, rootOf } from "../../src/core/model/instruments.ts";
import type { MessageRef } from "../../src/core/model/message.ts";
import type { Plan } from "../../src/core/model/plan.ts";
import type { Settings } from "../../src/core/model/rules.ts";
import { SCORE_PARTS, type Score } from "../../src/core/model/score.ts";
import type { Tracked } from "../../src/core/model/tracked.ts";
import { type Ticks, ticks } from "../../src/core/model/units.ts";
import type { Update } from "../../src/core/model/update.ts";
import type { VenueRequest } from "../../src/core/model/venue.ts";
import { showWhen } from "../../src/core/model/when.ts";
import { showMoney } from "../../src/core/model/wording.ts";
import { dayAndTime } from "../../src/core/notify/day-and-time.ts";
import { explainRefusal } from "../../src/core/notify/explain.ts";
import { opponentText } from "../../src/core/notify/explain-accounts.ts";
import { explainCut } from "../../src/core/notify/explain-cut.ts";
import { breakerText } from "../../src/core/notify/explain-day.ts";
import type { PaperAccount, VenueState } from "../../src/core/paper/state.ts";
import { alarmText } from "../../src/core/views/tell-alarm.ts";
import { flawText } from "../../src/core/views/tell-config.ts";
import { dutyText } from "../../src/core/views/tell-duty.ts";
import { firmText } from "../../src/core/views/tell-firm.ts";
import { noticeText } from "../../src/core/views/tell-notice.ts";
import { entriesOf } from "../../src/std/trie.ts";

export interface Words {
  fact(fact: Fact): string;
  request(request: VenueRequest): string;
  /** What every account holds and has resting: one line an account. */
  venue(state: VenueState): readonly string[];
}

const changeLine = ({ key, was, is, outcome }: ConfigChange): string =>
  `${key} ${was} -> ${is} ${outcome}`;

const heldLine = ({ accounts, name }: HeldRules): string => `${accounts.join(", ")} by "${name}"`;

interface Known {
  readonly number: number;
  readonly plan: Plan;
}

type Asked = FactOf<"ApprovalAsked">;

const lossText = ({
  limit,
  realised,
  open,
}: Pick<FactOf<"LossStepReached">, "limit" | "realised" | "open">): string =>
  `${showMoney(realised)} booked and ${showMoney(open)} open of ${showMoney(limit)}`;

const LEGS = { stop: "s", target: "t", close: "c", hand: "hand" } as const;

export function scenarioWords(): Words {
  const trades = new Map<TradeId, Known>();
  const messages = new Map<string, Root>();
  let settings: Settings = { ruleSets: {}, accounts: [] };

  const numberOf = (trade: TradeId): string => `#${trades.get(trade)?.number ?? "?"}`;
  const instrumentFor = (trade: TradeId): Instrument =>
    instrumentOf(trades.get(trade)?.plan.instrument ?? "MES");
  const priceOf = (trade: TradeId, price: Ticks): string => showPrice(instrumentFor(trade), price);
  const where = (account: AccountId | null): string =>
    settings.accounts.length > 1 && account !== null ? ` [${account}]` : "";

  /** Refusals count in ticks of the traded instrument; its price is written like the alert's. */
  const tradedRoot = ({ id }: MessageRef, account: AccountId | null): Root => {
    const root = messages.get(id) ?? "ES";
    const rules = settings.accounts.find((one) => one.id === account) ?? settings.accounts[0];
    return settings.ruleSets[rules?.rules ?? ""]?.tradeAs[root] ?? root;
  };

  function fact(one: Fact): string {
    const text = detailOf(one);
    return text === "" ? one.kind : `${one.kind} ${text}`;
  }

  function detailOf(fact: Fact): string {
    if (isOfAlarm(fact)) {
      const about = fact.trade === null ? fact.account : numberOf(fact.trade).trim();
      return `${about} ${fact.what}: ${alarmText(fact)}`;
    }
    if (isOfDuty(fact)) return dutyText(fact, (id) => id);
    if (!("trade" in fact) || fact.trade === null) return detailOfHouse(fact);
    if (fact.kind === "TradePlanned") return planned(fact);
    return `${numberOf(fact.trade)}${detailOfTrade(fact)}`;
  }

  function detailOfHouse(fact: Fact): string {
    switch (fact.kind) {
      case "SettingsAdopted":
        settings = fact.settings;
        return "";
      case "ConfigReloaded":
        settings = fact.settings ?? settings;
        return [...fact.changes.map(changeLine), ...(fact.held ?? []).map(heldLine)].join("; ");
      case "ConfigRefused":
        return fact.flaws.map(flawText).join("; ");
      case "AccountOpened":
      case "AccountSettled":
        return `${fact.account} ${showMoney(fact.balance)}`;
      case "LiveEnabled":
        return fact.name;
      case "TradeDateBegan":
        return fact.tradeDate;
      case "JournalRecovered":
        return `${fact.late} facts came late`;
      case "RunEnded":
        return fact.reason;
      case "LockedOut":
        return `until ${showWhen(fact.until)}${where(fact.account)}`;
      case "NoticeGiven":
        return noticeText(fact.notice);
      case "AccountSwitched":
        return `${fact.to}${where(fact.account)}`;
      case "GateMoved":
        return `${fact.gate}${where(fact.account)}: ${fact.reason}`;
      case "CommandTaken":
        return fact.answer.kind === "taken"
          ? `${fact.command.kind}: taken${fact.answer.note === undefined ? "" : `, ${fact.answer.note}`}`
          : `${fact.command.kind}: refused, ${fact.answer.reason}`;
      case "AlertRead":
        return alertRead(fact);
      case "MessageIgnored":
        return `${fact.message.id}: ${fact.reason}`;
      case "AlertRefused":
        return `${fact.message.id} ${refusal(fact, null)}`;
      case "TradeRefused":
        return `${fact.message.id}${where(fact.account)} ${refusal(fact, fact.account)}`;
      case "AlertShadowed":
        return `${fact.message.id}${where(fact.account)} ${planText(fact.plan)}${scoreText(fact.account, fact.score)}`;
      case "ApprovalAsked":
        return approvalAsked(fact);
      case "ApprovalEnded":
        return `${fact.message.id} entry ${fact.entry} ${fact.how}: ${fact.by}`;
      case "ReentryPostponed":
        return `${fact.message.id}${where(fact.account)} for the end of ${[...fact.trades.map(numberOf), ...(fact.behind === undefined ? [] : [opponentText(fact.behind)])].join(", ")}`;
      case "AlertHeld":
        return `${fact.message.id}${where(fact.account)} until the account is compared`;
      case "AlertTracked":
        return `${fact.message.id} ${fact.tracked.map(trackedText).join(", ")}`;
      case "UpdateRead":
        return `${fact.message.id}: ${fact.updates.map(updateText).join(", ")}`;
      case "UpdateSettled": {
        const look = fact.review === true ? " (look)" : "";
        const bound = fact.bound === null ? "" : ` ${numberOf(fact.bound)}`;
        return `${fact.message.id} ${fact.action}${bound}: ${fact.how}, ${fact.reason}${look}`;
      }
      case "LossStepReached":
        return `${fact.step} at ${fact.share / 10} %${where(fact.account)}: ${lossText(fact)}`;
      case "TotalStepReached":
        return `${fact.step} at ${fact.share / 10} % of all by ${fact.rules}: ${lossText(fact)}`;
      case "BreakerOpened": {
        const { breaker, measured, limit, until, account } = fact;
        return `${breaker}${where(account)}: ${breakerText(breaker, measured, limit)}, until ${dayAndTime(until)}`;
      }
      case "BreakerClosed":
        return `${fact.breaker}${where(fact.account)}: by ${numberOf(fact.by)}`;
      case "LimitsKept":
        return `until ${fact.until} on ${fact.accounts.join(", ")}: ${fact.loosened.join("; ")}`;
      case "FirmBegan":
      case "FirmTermsChanged":
      case "FirmDayClosed":
      case "FirmFloorRaised":
      case "FirmStepReached":
      case "FirmBreached":
      case "FirmPaidOut":
        return `${fact.account} ${firmText(fact)}`;
      case "FirmPlanKept":
        return `on ${fact.accounts.join(", ")}: ${firmText(fact)}`;
      case "LinkMoved":
        return `${fact.account} ${fact.state}`;
      case "AccountFlat":
        return fact.account;
      case "ClockMoved":
        return `${fact.account} ${fact.offset} ms, ${fact.isSound ? "sound" : "too far"}`;
      case "PositionDiffered":
        return `${fact.contract}${where(fact.account)}: ${fact.ours} in the books, ${fact.theirs} at the venue`;
      case "IncidentFound":
        return `${fact.what}${where(fact.account)}: ${fact.detail}`;
      case "OrphanCancelAsked":
        return `${shortOrder(fact.order)}${where(fact.account)}`;
      case "ForeignOrderSeen":
        return `${shortOrder(fact.order)}${where(fact.account)}: ${fact.detail}`;
      default:
        return "";
    }
  }

  function approvalAsked({ message, entry, until, at, smallest, group, reason }: Asked): string {
    const wait = `entry ${entry} for ${(until - at) / 1_000} s`;
    const size = smallest ? ", smallest size" : "";
    const who = group === null ? "" : `, group ${group}`;
    return `${message.id} ${wait}${size}${who}: ${reason}`;
  }

  function alertRead({ message, alert }: FactOf<"AlertRead">): string {
    messages.set(message.id, alert.instrument);
    const price = (at: Ticks): string => showPrice(instrumentOf(alert.instrument), at);
    const targets =
      alert.targets.length === 0 ? "" : `, targets ${alert.targets.map(price).join(" ")}`;
    const size = alert.size === null ? "" : `, size ${alert.size}`;
    const { instrument, side, entry, stop } = alert;
    return `${message.id} ${instrument} ${side} ${price(entry)}, stop ${price(stop)}${targets}${size}`;
  }

  function refusal(
    { message, refusal }: FactOf<"AlertRefused"> | FactOf<"TradeRefused">,
    account: AccountId | null,
  ): string {
    const instrument = instrumentOf(tradedRoot(message, account));
    return `${refusal.kind}: ${explainRefusal(refusal, instrument)}`;
  }

  function planned({
    trade,
    number,
    message,
    account,
    plan,
    score,
  }: FactOf<"TradePlanned">): string {
    trades.set(trade, { number, plan });
    return `#${number} ${message.id}${where(account)} ${planText(plan)}${scoreText(account, score)}`;
  }

  /** Where a scenario is about it. */
  function scoreText(account: AccountId, score: Score | undefined): string {
    const rules = settings.accounts.find((one) => one.id === account);
    const isTold = settings.ruleSets[rules?.rules ?? ""]?.score !== undefined;
    if (!isTold || score === undefined) return "";
    const parts = SCORE_PARTS.filter((part) => score.parts[part][2] > 0).map((part) => {
      const [found, points] = score.parts[part];
      return `${part} ${found ?? "?"} is ${points}`;
    });
    return `, score ${score.total}: ${parts.join(", ")}`;
  }

  function detailOfTrade(fact: Fact & { readonly trade: TradeId | null }): string {
    const { trade } = fact;
    if (trade === null) return "";
    const price = (at: Ticks): string => priceOf(trade, at);
    const leg = (one: { readonly leg: "stop" | "target"; readonly tranche: number }): string =>
      ` ${LEGS[one.leg]}${one.tranche + 1}`;
    switch (fact.kind) {
      case "EntrySent":
        return ` e${fact.tranche + 1}`;
      case "EntryAccepted":
        return ` e${fact.tranche + 1} as ${shortOrder(fact.order)}`;
      case "EntryRejected":
      case "EntryUnknown":
      case "EntryNotSent":
        return ` e${fact.tranche + 1}: ${fact.reason}`;
      case "EntryAbsent":
        return ` e${fact.tranche + 1}: look ${fact.reads} does not show it`;
      case "EntryFilled":
        return ` e${fact.tranche + 1} ${fact.quantity} at ${price(fact.price)}`;
      case "EntryClockStarted":
        return `: ${(fact.until - fact.from) / 1_000} s from now`;
      case "EntryWithdrawn":
        return `: ${fact.reason}`;
      case "EntryCancelAsked":
        return ` e${fact.tranche + 1}`;
      case "EntryEnded":
        return ` e${fact.tranche + 1} ${fact.how}`;
      case "EntrySplit":
        return ` ${fact.targetIndexes.map((to, index) => `e${index + 1} to target ${to + 1}`).join(", ")}`;
      case "LegPlaced":
      case "LegConfirmed":
        return `${leg(fact)} ${fact.quantity} at ${price(fact.price)}`;
      case "LegChangeAsked":
        return `${leg(fact)}${changeText(fact, price)}, ${fact.why}`;
      case "LegChangeRefused":
      case "LegRejected":
      case "LegUnknown":
        return `${leg(fact)}: ${fact.reason}`;
      case "LegCancelAsked":
        return leg(fact);
      case "LegEnded":
        return `${leg(fact)} ${fact.how}`;
      case "ExitFilled":
        return ` ${LEGS[fact.by]}${fact.tranche + 1} ${fact.quantity} at ${price(fact.price)}`;
      case "TargetHit":
        return ` target ${fact.target}: ${fact.quantity} at ${price(fact.price)}`;
      case "BreakevenDue":
        return ` at ${price(fact.stop)}, by ${fact.why}`;
      case "BreakevenKept":
        return `: the stop stays at ${price(fact.stop)}`;
      case "StopAimed":
        return ` at ${price(fact.stop)}, ${fact.why}`;
      case "TargetAimed":
        return ` t${fact.tranche + 1} at ${price(fact.target)}, ${fact.why}`;
      case "StopOverrun":
        return ` s${fact.tranche + 1}: the price is ${price(fact.price)}`;
      case "StopLoosened":
        return ` s${fact.tranche + 1} ${fact.price === null ? "cancelled" : `to ${price(fact.price)}`}`;
      case "ExitBegun":
        return `: ${fact.reason}`;
      case "ExitRepeated":
      case "CloseAsked":
        return `: try ${fact.tries}`;
      case "TrimBegun":
      case "TrimSent":
        return ` ${fact.quantity} of tranche ${fact.tranche + 1}`;
      case "TrimEnded":
        return `: ${fact.how}`;
      case "TradeClosed": {
        const sums = `gross ${showMoney(fact.gross)}, fees ${showMoney(fact.fees)}`;
        return ` by ${fact.how}: ${sums}, net ${showMoney(fact.net)}`;
      }
      case "TradeAbandoned":
        return `: ${fact.reason}`;
      case "IncidentFound":
        return ` ${fact.what}: ${fact.detail}`;
      default:
        return "";
    }
  }

  function request(one: VenueRequest): string {
    const named = readName(one.id);
    const name =
      named === null ? one.id : `${numberOf(named.trade)} ${named.role}${named.tranche + 1}`;
    const instrument = instrumentOf(rootOf(one.contract) ?? "MES");
    const price = (at: Ticks): string => showPrice(instrument, at);
    const whose = where(one.account);
    switch (one.kind) {
      case "place": {
        const at = one.price === null ? "" : ` ${price(one.price)}`;
        const order = `${one.side} ${one.quantity} ${one.contract} ${one.type}${at}`;
        return `place ${name}${whose} ${order}${bracketText(one, instrument)}`;
      }
      case "modify":
        return `modify ${name}${whose}${changeText(one, price)}`;
      case "cancel":
        return `cancel ${named === null ? shortOrder(one.order) : name}${whose}`;
      case "close":
        return `close ${numberOf(named?.trade ?? ("" as TradeId))}${whose} ${one.contract}`;
      case "close-part":
        return `close-part ${numberOf(named?.trade ?? ("" as TradeId))}${whose} ${one.quantity} ${one.contract}`;
    }
  }

  function venue(state: VenueState): readonly string[] {
    return entriesOf(state.accounts)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, account]) => accountText(account));
  }

  function accountText({ id, positions, live, balance }: PaperAccount): string {
    const held = positions.map(
      ({ contract, net }) => `${net > 0 ? "long" : "short"} ${Math.abs(net)} ${contract}`,
    );
    const resting = live
      .filter(({ view }) => view.status === "working")
      .map(({ view, root }) => {
        const named = readName(view.parent ?? view.tag ?? "");
        const name =
          named === null
            ? view.role
            : `${numberOf(named.trade)} ${view.role[0]}${named.tranche + 1}`;
        const at = view.price === null ? "" : ` at ${showPrice(instrumentOf(root), view.price)}`;
        return `${name} ${view.quantity - view.filled}${at}`;
      });
    const holds = held.length === 0 ? "flat" : held.join(", ");
    const rests = resting.length === 0 ? "nothing rests" : resting.join(", ");
    return `${settings.accounts.length > 1 ? `${id}: ` : ""}${holds}; ${rests}; ${showMoney(balance)}`;
  }

  return { fact, request, venue };
}

function updateText(update: Update): string {
  const { action, instrument, ...rest } = update;
  const said = Object.values(rest).filter((one) => one !== null);
  return [action, ...(instrument === null ? [] : [instrument]), ...said].join(" ");
}

function planText(plan: Plan): string {
  const instrument = instrumentOf(plan.instrument);
  const price = (at: Ticks): string => showPrice(instrument, at);
  const total = plan.tranches.reduce((sum, one) => sum + one.quantity, 0);
  const entry = plan.entry.kind === "limit" ? `limit ${price(plan.entry.limit)}` : "market";
  const exits = plan.tranches.map(({ quantity, target }) => `${quantity} at ${price(target)}`);
  const what = `${plan.side} ${total} ${plan.contract} ${entry}, stop ${price(plan.stop)}`;
  return `${what}, targets ${exits.join(" and ")}, risk ${showMoney(plan.risk)}${cutText(plan)}`;
}

const cutText = ({ cuts = [] }: Plan): string =>
  cuts.map((cut) => `, ${cut.to} for ${cut.from}: ${explainCut(cut)}`).join("");

function bracketText(
  request: Extract<VenueRequest, { kind: "place" }>,
  instrument: Instrument,
): string {
  if (request.bracket === null) return "";
  const { stopTicks, targetTicks } = request.bracket;
  const points = (distance: Ticks): string => showPrice(instrument, ticks(distance));
  return `, stop ${points(stopTicks)} away, target ${points(targetTicks)} away`;
}

function changeText(
  { price: to, quantity }: { readonly price: Ticks | null; readonly quantity: number | null },
  price: (at: Ticks) => string,
): string {
  return `${to === null ? "" : ` to ${price(to)}`}${quantity === null ? "" : ` size ${quantity}`}`;
}

/** `paper-o12` is the twelfth order of its account. */
const shortOrder = (order: string): string => order.slice(order.lastIndexOf("-") + 1);

function trackedText(one: Tracked): string {
  const { contract } = one;
  const name =
    contract.asset === "option"
      ? `${contract.symbol} ${contract.expiry} ${contract.strike} ${contract.right}`
      : contract.symbol;
  return one.kind === "entry" ? `${one.side} ${name} ${one.entry}` : `${one.action} ${name}`;
}
