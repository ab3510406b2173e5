/** Refusals and smaller sizes by the rules of a firm, with their numbers. */
import { unreachable } from "../../std/assert.ts";
import type { FirmLimit } from "../model/firm-state.ts";
import type { Refusal } from "../model/refusal.ts";
import type { CapRoom, Room } from "../model/size-room.ts";
import { type Money, money, WEIGHT_PER_MINI } from "../model/units.ts";
import { showMoney } from "../model/wording.ts";
import { dayAndTime } from "./day-and-time.ts";
import { opponentText } from "./explain-accounts.ts";

export type FirmRefusal = Extract<Refusal, { kind: `firm-${string}` }>;

const NAMES: Readonly<Record<FirmLimit, string>> = {
  floor: "the firm's floor",
  "daily-limit": "the end of the firm's daily limit",
};

export const isByFirm = (refusal: Refusal): refusal is FirmRefusal =>
  refusal.kind.startsWith("firm-");

export function explainFirm(refusal: FirmRefusal): string {
  switch (refusal.kind) {
    case "firm-lost": {
      const { of, equity, level, since } = refusal;
      const touched = `${NAMES[of]} at ${showMoney(level)} was touched with ${showMoney(equity)}`;
      return `the account is lost: ${touched} on ${dayAndTime(since)}; \`firm reset\` once the firm has begun it anew`;
    }
    case "firm-locked": {
      const { limit, until } = refusal;
      return `the firm's daily limit of ${showMoney(limit)} was reached; entries start again ${dayAndTime(until)}`;
    }
    case "firm-product":
      return `${refusal.plan} does not let ${refusal.instrument} be traded`;
    case "firm-hours": {
      const { plan, until, flatBy } = refusal;
      return `${plan} wants the account flat by ${dayAndTime(flatBy)}; no entries from ${dayAndTime(until)} on`;
    }
    case "firm-news":
      return newsRefused(refusal);
    case "firm-hedging":
      return hedged(refusal);
    case "firm-mixing":
      return `${refusal.plan} does not let ${refusal.instrument} be held beside ${refusal.held}`;
    case "firm-cap":
      return `${capText(refusal)}; not one more fits`;
    default:
      return unreachable(refusal);
  }
}

const NEWS_ASKS = { flat: "held", "no-opening": "opened" } as const;

function newsRefused(refusal: Extract<FirmRefusal, { kind: "firm-news" }>): string {
  const { plan, report, at, from, until, asks } = refusal;
  const window = `from ${dayAndTime(from)} to ${dayAndTime(until)}`;
  return `${plan} wants nothing ${NEWS_ASKS[asks]} ${window}, around ${report} at ${dayAndTime(at)}`;
}

function hedged(refusal: Extract<FirmRefusal, { kind: "firm-hedging" }>): string {
  const { correlated, family, side } = refusal;
  const wanted = side === "long" ? "short" : "long";
  const found = `${opponentText(refusal)}, and ${wanted} ${family} would stand against it`;
  return `${found}: ${correlated.plan} counts both as ${correlated.group}, and forbids hedging in it`;
}

/** `topstep/combine-50k allows 5 minis of all products, 4.8 are held and one counts 0.1`. */
export function capText({ plan, unit, most, held, one, roots, news }: CapRoom): string {
  const of = roots.length === 0 ? "all products" : roots.join(", ");
  const than = news?.below === true ? "less than " : "";
  const when = news === undefined ? "" : ` until ${dayAndTime(news.until)}, around ${news.report}`;
  if (unit === "contracts")
    return `${plan} allows ${most} contracts of ${of}${when}, and ${held} are held`;
  const minis = (weight: number): string => String(weight / WEIGHT_PER_MINI);
  return `${plan} allows ${than}${minis(most)} minis of ${of}${when}, ${minis(held)} are held and one counts ${minis(one)}`;
}

/** Of the firm's own dollars: not one contract fits. */
export function roomlessText({ lost, open, limit, each, floor, buffer: kept }: Room): string {
  const one = `${showMoney(open)} at risk in open trades and ${showMoney(each)} for one contract`;
  if (floor === undefined)
    return `${showMoney(lost)} lost today, ${one} are more than ${dailyText(limit, kept)}`;
  const { cash, at, buffer } = floor;
  const left = money(cash - open - each);
  return `${one} would leave ${showMoney(left)} of ${showMoney(cash)}: nearer than ${showMoney(buffer)} to the firm's floor at ${showMoney(at)}`;
}

/** One that would cost the account is not used to its end. */
function dailyText(limit: Money, kept: Money = money(0)): string {
  const whole = `the firm's daily limit of ${showMoney(money(limit + kept))}`;
  return kept === 0 ? whole : `${whole} with ${showMoney(kept)} of buffer`;
}

/** What is left of it, as a reason for a smaller size. */
export function roomText({ lost, open, limit, each, floor, buffer }: Room): string {
  const left = `${showMoney(money(limit - lost - open))} left`;
  const whose =
    floor === undefined
      ? `of ${dailyText(limit, buffer)}`
      : `above the firm's floor at ${showMoney(floor.at)} and ${showMoney(floor.buffer)} of buffer`;
  return `${left} ${whose}, ${showMoney(each)} a contract`;
}
