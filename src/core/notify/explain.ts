/**
 * Why an alert was not taken, in one calm sentence: what was found, what is allowed, what helps.
 *
 * The numbers are the trader's: points with the instrument's decimals, dollars with cents, times on
 * the clock of the exchange. The sentence starts small and ends without a full stop, because it is
 * set behind `refused: ` or into a mail. It may carry words of strangers (a reason, a contract);
 * whoever prints it to a terminal cleans it first.
 */
import { unreachable } from "../../std/assert.ts";
import { type Instrument, showPrice } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Refusal } from "../model/refusal.ts";
import { type Ticks, ticks } from "../model/units.ts";
import { counted, showApart, showDuration, showMoney } from "../model/wording.ts";
import { dayAndTime } from "./day-and-time.ts";
import { explainAccounts, MICRO_OR_RATIO } from "./explain-accounts.ts";
import { explainDay } from "./explain-day.ts";
import { explainFirm, type FirmRefusal, isByFirm } from "./explain-firm.ts";
import { explainHour } from "./explain-hours.ts";
import { explainScored } from "./explain-score.ts";

type Of<Kind extends Refusal["kind"]> = Extract<Refusal, { kind: Kind }>;

/** `instrument` is the one whose ticks the refusal counts in. */
export function explainRefusal(refusal: Refusal, instrument: Instrument): string {
  const { micro } = refusal;
  const text = isByFirm(refusal) ? explainFirm(refusal) : explainOwn(refusal, instrument);
  if (micro === undefined) return text;
  const other = explainRefusal(micro.refusal, instrumentOf(micro.instrument));
  return `${withoutAdvice(text)}; in ${micro.instrument}: ${other}`;
}

/** Where it is not the last word. */
export function withoutAdvice(text: string): string {
  const advice = [LESS_OR_RAISE, MICRO_OR_MORE, MICRO_OR_RATIO].find((one) =>
    text.endsWith(`; ${one}`),
  );
  return advice === undefined ? text : text.slice(0, -`; ${advice}`.length);
}

type Own = Exclude<Refusal, FirmRefusal>;

function explainOwn(refusal: Own, instrument: Instrument): string {
  switch (refusal.kind) {
    case "stop-wrong-side":
    case "target-wrong-side":
      return explainSide(refusal, instrument);
    case "stop-too-far":
    case "stop-too-near":
      return explainDistance(refusal, instrument);
    case "collar":
    case "too-far-gone":
    case "stop-touched":
    case "target-passed":
      return explainMarket(refusal, instrument);
    case "no-price":
    case "stale-price":
    case "market-closed":
    case "off-grid":
    case "not-traded":
      return explainTradable(refusal);
    case "unknown-size":
    case "position-size":
    case "probation":
    case "loss-per-trade":
    case "risk-too-small":
    case "trades-per-day":
      return explainSize(refusal);
    case "daily-loss":
    case "no-room":
    case "breaker":
    case "half-open":
    case "entries-per-minute":
    case "exposure":
    case "part-trades":
    case "part-loss":
      return explainDay(refusal);
    case "score":
      return explainScored(refusal);
    case "ratio-too-small":
    case "opposing-account":
    case "switched-off":
      return explainAccounts(refusal);
    case "no-account":
      return `no account follows the group "${refusal.group}" of its room; give one that group`;
    case "queue-full":
      return `${refusal.limit} entries wait for an answer already; approve or refuse some of them`;
    case "stale":
    case "duplicate":
    case "superseded":
    case "already-in-trade":
    case "opposite-open":
      return explainEarlier(refusal);
    case "cut-off":
    case "outside-hours":
    case "news":
    case "locked-out":
    case "no-push":
    case "unattended":
      return explainHour(refusal);
    case "gate":
    case "not-settled":
    case "link-down":
    case "clock-off":
    case "outcome-unknown":
    case "closed-by-hand":
      return explainAccount(refusal);
    default:
      return unreachable(refusal);
  }
}

function explainSide(
  refusal: Of<"stop-wrong-side" | "target-wrong-side">,
  instrument: Instrument,
): string {
  const isStop = refusal.kind === "stop-wrong-side";
  const level = isStop ? refusal.stop : refusal.target;
  const [found, entry] = [showPrice(instrument, level), showPrice(instrument, refusal.entry)];
  const name = isStop ? "stop" : "target";
  if (level === refusal.entry) return `the ${name} ${found} is the entry itself`;
  // A stop above the entry is wrong for a long, a target above it for a short.
  const side = level > refusal.entry === isStop ? "long" : "short";
  return `the ${name} ${found} is on the wrong side of the entry ${entry} for a ${side}`;
}

function explainDistance(
  refusal: Of<"stop-too-far" | "stop-too-near">,
  instrument: Instrument,
): string {
  const found = `the stop is ${points(instrument, refusal.distance)} from the entry`;
  const limit = points(instrument, refusal.limit);
  return refusal.kind === "stop-too-far"
    ? `${found} and the most allowed is ${limit}; raise that limit if such stops are meant`
    : `${found} and the least allowed is ${limit}; lower that limit if such stops are meant`;
}

function explainMarket(
  refusal: Of<"collar" | "too-far-gone" | "stop-touched" | "target-passed">,
  instrument: Instrument,
): string {
  const price = (of: Ticks): string => showPrice(instrument, of);
  switch (refusal.kind) {
    case "collar": {
      const away = ticks(Math.abs(refusal.last - refusal.alerted));
      const found = `the alerted price ${price(refusal.alerted)} is ${points(instrument, away)}`;
      const limit = points(instrument, refusal.limit);
      return `${found} from the last price ${price(refusal.last)} and the most allowed is ${limit}`;
    }
    case "too-far-gone": {
      const found = `the market is at ${price(refusal.price)}`;
      return `${found}, half of the way to the stop (${price(refusal.limit)}) or more is gone`;
    }
    case "stop-touched": {
      const found = `the market is at ${price(refusal.price)}`;
      return `${found} and has already touched the stop ${price(refusal.stop)}`;
    }
    case "target-passed": {
      const found = `the price to pay is ${price(refusal.price)}`;
      return `${found}, already at or beyond target 1 at ${price(refusal.target)}`;
    }
    default:
      return unreachable(refusal);
  }
}

function explainTradable(
  refusal: Of<"no-price" | "stale-price" | "market-closed" | "off-grid" | "not-traded">,
): string {
  switch (refusal.kind) {
    case "no-price":
      return `there is no price for ${refusal.instrument} yet; check the market data`;
    case "stale-price": {
      const [age, limit] = [showDuration(refusal.age), showDuration(refusal.limit)];
      return `the last price is ${age} old and is trusted for ${limit}; check the market data`;
    }
    case "market-closed":
      return `the market is closed (${refusal.reason}); it opens ${dayAndTime(refusal.opensAt)}`;
    case "off-grid": {
      const tick = showPrice(instrumentOf(refusal.instrument), ticks(1));
      return `a price of it does not exist in ${refusal.instrument}, which moves in steps of ${tick}`;
    }
    case "not-traded":
      return `${refusal.instrument} has no stop distance in these rules; state one to trade it`;
    default:
      return unreachable(refusal);
  }
}

function explainSize(
  refusal: Of<
    | "unknown-size"
    | "position-size"
    | "probation"
    | "loss-per-trade"
    | "risk-too-small"
    | "trades-per-day"
  >,
): string {
  switch (refusal.kind) {
    case "unknown-size":
      return "the alert states no size; set one for such alerts to take them";
    case "position-size": {
      const wanted = counted(refusal.wanted, "contract");
      return `it would make ${wanted} and the limit is ${refusal.limit}; ${LESS_OR_RAISE}`;
    }
    case "probation": {
      const wanted = counted(refusal.wanted, "contract");
      const when = `on live trade date ${refusal.date} of the first ${refusal.of}`;
      return `it would make ${wanted} and the limit is ${refusal.limit} ${when}`;
    }
    case "loss-per-trade": {
      const [risk, limit] = [showMoney(refusal.risk), showMoney(refusal.limit)];
      const { open } = refusal;
      const found =
        open === undefined
          ? `it could lose ${risk} and`
          : `it could lose ${risk}, and ${showMoney(open)} more in what it is added to;`;
      return `${found} the limit per trade is ${limit}; ${LESS_OR_RAISE}`;
    }
    case "risk-too-small": {
      const [risk, budget] = [showMoney(refusal.risk), showMoney(refusal.budget)];
      const found = `one contract could lose ${risk} and this size may lose ${budget}`;
      return `${found}; ${MICRO_OR_MORE}`;
    }
    case "trades-per-day": {
      const taken = `${refusal.taken} of ${refusal.limit} trades allowed today are taken`;
      return `${taken}; the next trade date begins at 17:00 CT`;
    }
    default:
      return unreachable(refusal);
  }
}

const LESS_OR_RAISE = "use a smaller size or raise the limit";
const MICRO_OR_MORE = "trade the micro contract or allow more";

function explainEarlier(
  refusal: Of<"stale" | "duplicate" | "superseded" | "already-in-trade" | "opposite-open">,
): string {
  switch (refusal.kind) {
    case "stale": {
      const [age, limit] = [showDuration(refusal.age), showDuration(refusal.limit)];
      return `the alert is ${age} old and is taken up to ${limit}`;
    }
    case "duplicate": {
      const found = `it repeats an alert already read (message ${refusal.of})`;
      return refusal.sameStop ? found : `${found} with another stop; look which one holds`;
    }
    case "superseded": {
      const found = `message ${refusal.by}, sent ${showDuration(refusal.after)} after it`;
      return `${found}, was read first and speaks of it already; an alert that late is not taken`;
    }
    case "already-in-trade":
      return `trade #${refusal.trade} is on in this direction; close it first, or allow adding`;
    case "opposite-open":
      return `trade #${refusal.trade} is on in the other direction; close it first`;
    default:
      return unreachable(refusal);
  }
}

function explainAccount(
  refusal: Of<
    "gate" | "not-settled" | "link-down" | "clock-off" | "outcome-unknown" | "closed-by-hand"
  >,
): string {
  switch (refusal.kind) {
    case "gate": {
      const gate = refusal.gate === "halted" ? "trading is halted" : "only exits are allowed";
      return `${gate}${because(refusal.reason)}; \`resume\` allows entries again`;
    }
    case "not-settled":
      return "the account has not been compared with the venue yet; entries start once it has";
    case "link-down":
      return "the venue's own reports do not reach us; entries wait until they do";
    case "clock-off":
      return `our clock is ${showApart(refusal.offset)} the venue's, limit ${showDuration(refusal.limit)}; set it right, entries wait until it is`;
    case "outcome-unknown":
      return `the venue's answer about trade #${refusal.trade} is missing; entries wait for it`;
    case "closed-by-hand":
      return `trade #${refusal.trade} was closed by hand; \`resume\` allows ${refusal.instrument} again`;
    default:
      return unreachable(refusal);
  }
}

const points = (instrument: Instrument, distance: Ticks): string =>
  `${showPrice(instrument, distance)} points`;

const because = (reason: string): string => (reason === "" ? "" : ` (${reason})`);
