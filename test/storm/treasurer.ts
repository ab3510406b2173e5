/**
 * The judge of money, by the facts alone and by a reckoning of its own.
 *
 * I12: at every entry, what the day has lost, what open trades can still lose at their confirmed
 * stops, and what this entry risks, are together below the daily loss: of the account, and of all of
 * them; and nobody holds more than the smallest position size that was saved before. I13: nobody enters while a daily loss or a breaker forbids it, and what was lost is followed by
 * its lock.
 *
 * It knows less than the program (no slippage, no fees, a stop only where the venue confirmed it), so
 * whatever it finds wrong is wrong by more than that.
 */
import { directionOf } from "../../src/core/model/alert.ts";
import type { Fact, FactOf } from "../../src/core/model/fact.ts";
import type { Root } from "../../src/core/model/instrument.ts";
import { instrumentOf } from "../../src/core/model/instruments.ts";
import { tradeDateEnd, tradeDateOf } from "../../src/core/model/trade-date.ts";
import { auditor, type StormFirm } from "./firm.ts";

export interface Purse {
  /** Ten-thousandths of a dollar; null = not judged in this weather. */
  readonly dailyLoss: number | null;
  /** Of all accounts together. */
  readonly total: number | null;
  /** Thousandths of either at which entries end. */
  readonly block: number;
  /** What one trade may lose. */
  readonly trade: number | null;
  readonly firm: StormFirm | null;
  /** The smallest position size in the file so far. */
  readonly positionMax: () => number;
}

/** Where a bad day is not what is tested. */
export const UNJUDGED: Purse = {
  ...{ dailyLoss: null, total: null, block: 1_000, trade: null, firm: null },
  positionMax: () => Number.POSITIVE_INFINITY,
};

interface Lot {
  readonly quantity: number;
  isPending: boolean;
  entered: number;
  enteredSum: number;
  exited: number;
  exitedSum: number;
  stop: number | null;
}

interface Trade {
  readonly account: string;
  /** Of a mini, in thousandths. */
  readonly weight: number;
  readonly worst: number;
  readonly aim: number;
  readonly worth: number;
  readonly lots: Lot[];
  isOver: boolean;
  net: number;
}

export interface Treasurer {
  hear(fact: Fact): void;
  /** The facts of one commit are known. */
  close(): void;
}

export function treasurer(
  purse: Purse,
  blame: (rule: "I12" | "I13" | "I39", detail: string) => void,
): Treasurer {
  const firm = auditor(purse.firm, blame);
  const trades = new Map<string, Trade>();
  const realised = new Map<string, number>();
  const lockedUntil = new Map<string, number>();
  const pausedUntil = new Map<string, number>();
  let now = 0;
  let positionMax = Number.POSITIVE_INFINITY;

  const sumOf = (accounts: ReadonlyMap<string, number>): number =>
    [...accounts.values()].reduce((sum, one) => sum + one, 0);
  const lossOf = (account: string | null): number =>
    Math.max(0, -(account === null ? sumOf(realised) : (realised.get(account) ?? 0)));
  const openOf = (account: string | null, but: string): number =>
    [...trades]
      .filter(([id, one]) => id !== but && !one.isOver && (account ?? one.account) === one.account)
      .reduce((sum, [, one]) => sum + worstOf(one), 0);

  /** Held or on order: contracts, and how many minis they are, in thousandths. */
  function heldBy(account: string) {
    const held = { contracts: 0, weight: 0 };
    for (const { lots, weight } of [...trades.values()].filter(
      (one) => !one.isOver && one.account === account,
    ))
      for (const lot of lots) {
        const left = (lot.isPending ? lot.quantity : lot.entered) - lot.exited;
        held.contracts += left;
        held.weight += left * weight;
      }
    return held;
  }

  /** By the ticks from the worst entry to the stop, and what one of them is worth in that product. */
  function checkRisk({ trade, plan }: FactOf<"TradePlanned">, quantity: number): void {
    const { tickValue } = instrumentOf(plan.instrument);
    const least = quantity * tickValue * Math.abs(plan.worst - plan.stop);
    if (plan.risk < least) blame("I12", `${trade} says ${plan.risk} is at risk, it is ${least}`);
    if (purse.trade !== null && plan.risk > purse.trade)
      blame("I12", `${trade} risks ${plan.risk}, of ${purse.trade} a trade`);
    const shrunk = plan.cuts?.find((cut) => cut.why === "micro");
    if (shrunk !== undefined && quantity > shrunk.from * shrunk.ratio)
      blame("I12", `${trade} buys ${quantity} micros for ${shrunk.from} minis`);
  }

  function enter(fact: FactOf<"TradePlanned">): void {
    const { account, trade, plan } = fact;
    mayEnter(account, trade, fact.at);
    const check = (limit: number | null, whose: string | null): void => {
      const sum = lossOf(whose) + openOf(whose, trade) + plan.risk;
      if (limit !== null && sum > limit)
        blame("I12", `${trade} of ${account}: ${sum} could be lost, of ${whose ?? "all"} ${limit}`);
    };
    const quantity = plan.tranches.reduce((sum, one) => sum + one.quantity, 0);
    const one = weightOf(plan.instrument);
    checkRisk(fact, quantity);
    const held = heldBy(account);
    const contracts = held.contracts + quantity;
    if (contracts > positionMax)
      blame("I12", `${trade} of ${account}: ${contracts} held, ${positionMax} in the file`);
    firm.enter({
      ...{ account, trade, realised: realised.get(account) ?? 0, risk: plan.risk },
      open: openOf(account, trade),
      weight: held.weight + quantity * one,
    });
    check(purse.dailyLoss, account);
    check(purse.total, null);
    trades.set(trade, {
      account,
      weight: one,
      worst: plan.worst,
      aim: plan.stop,
      worth: directionOf(plan.side) * instrumentOf(plan.instrument).tickValue,
      lots: plan.tranches.map(({ quantity }) => ({
        ...{ quantity, isPending: true, entered: 0, enteredSum: 0, exited: 0, exitedSum: 0 },
        stop: null,
      })),
      isOver: false,
      net: 0,
    });
  }

  function mayEnter(account: string, what: string, at: number): void {
    const locked = lockedUntil.get(account) ?? 0;
    if (at < locked) blame("I13", `${what} enters although ${account} is locked until ${locked}`);
    firm.mayEnter(account, what, at);
    const paused = pausedUntil.get(account) ?? 0;
    if (at < paused) blame("I13", `${what} enters although a breaker holds ${account}`);
  }

  function lock(accounts: Iterable<string>, fact: { at: number; step: string }): void {
    if (fact.step !== "block" && fact.step !== "flatten") return;
    const until = tradeDateEnd(tradeDateOf(fact.at as FactOf<"TradePlanned">["at"]));
    for (const account of accounts) lockedUntil.set(account, until);
  }

  const book = (account: string, net: number): void =>
    void realised.set(account, (realised.get(account) ?? 0) + net);

  function ofTrade(fact: Fact): void {
    const trade = "trade" in fact && fact.trade !== null ? trades.get(fact.trade) : undefined;
    if (trade === undefined) return;
    const lot = "tranche" in fact ? trade.lots[fact.tranche] : undefined;
    switch (fact.kind) {
      case "TradeClosed":
        trade.isOver = true;
        trade.net = fact.net;
        return book(trade.account, fact.net);
      case "TradeAbandoned":
        trade.isOver = true;
        trade.net = 0;
        return;
      case "TradeReopened":
        book(trade.account, -trade.net);
        Object.assign(trade, { isOver: false, net: 0 });
        return;
      default:
        if (lot !== undefined) ofLot(lot, fact);
    }
  }

  function hear(fact: Fact): void {
    now = fact.at;
    firm.hear(fact);
    switch (fact.kind) {
      case "RunStarted":
      case "ConfigReloaded":
        positionMax = purse.positionMax();
        return;
      case "AccountOpened":
        return book(fact.account, 0);
      case "TradePlanned":
        return enter(fact);
      case "EntrySent": {
        const account = trades.get(fact.trade)?.account;
        const locked = lockedUntil.get(account ?? "") ?? 0;
        if (fact.at < locked) blame("I13", `${fact.trade}/${fact.tranche} is sent while locked`);
        firm.mayEnter(account ?? "", `${fact.trade}/${fact.tranche}`, fact.at);
        return;
      }
      case "LossStepReached":
        return lock([fact.account], fact);
      case "TotalStepReached":
        return lock(realised.keys(), fact);
      case "BreakerOpened":
        pausedUntil.set(fact.account, Math.max(pausedUntil.get(fact.account) ?? 0, fact.until));
        return;
      default:
        return ofTrade(fact);
    }
  }

  /** While something is open it may make up for what was lost; without it the loss is what it is. */
  function close(): void {
    const isFlat = (account: string | null): boolean =>
      [...trades.values()].every((one) => one.isOver || (account ?? one.account) !== one.account);
    const spent = (limit: number | null, account: string | null): boolean =>
      limit !== null && lossOf(account) * 1_000 >= limit * purse.block && isFlat(account);
    const isAllSpent = realised.size > 1 && spent(purse.total, null);
    for (const [account, made] of realised) if (isFlat(account)) firm.flat(account, made, now);
    for (const account of realised.keys()) {
      if (!isAllSpent && !spent(purse.dailyLoss, account)) continue;
      if ((lockedUntil.get(account) ?? 0) <= now)
        blame("I13", `${account} has lost ${lossOf(account)} and is not locked`);
    }
  }

  return { hear, close };
}

/** Index futures: ten micros are a mini. */
const weightOf = (root: Root): number => (instrumentOf(root).family === root ? 1_000 : 100);

function worstOf({ lots, worst, aim, worth }: Trade): number {
  let lost = 0;
  for (const lot of lots) {
    const held = lot.entered - lot.exited;
    const pending = lot.isPending ? Math.max(0, lot.quantity - lot.entered) : 0;
    lost += pending * worth * (worst - aim);
    if (lot.entered === 0) continue;
    const mean = lot.enteredSum / lot.entered;
    lost -= worth * (lot.exitedSum - lot.exited * mean);
    if (held > 0 && lot.stop !== null) lost += held * worth * (mean - lot.stop);
  }
  return Math.max(0, Math.floor(lost));
}

function ofLot(lot: Lot, fact: Fact): void {
  switch (fact.kind) {
    case "EntryFilled":
      lot.entered += fact.quantity;
      lot.enteredSum += fact.quantity * fact.price;
      return;
    case "ExitFilled":
      lot.exited += fact.quantity;
      lot.exitedSum += fact.quantity * fact.price;
      return;
    case "EntryEnded":
    case "EntryRejected":
    case "EntryNotSent":
      lot.isPending = false;
      return;
    case "LegConfirmed":
      if (fact.leg === "stop") lot.stop = fact.price;
      return;
    case "LegEnded":
      if (fact.leg === "stop") lot.stop = null;
      return;
    default:
      return;
  }
}
