/**
 * What one word of the author does to one trade: facts, and a reason a person understands.
 *
 * ```text
 * stop to breakeven   to the average fill, never looser      trim     that part, at least one
 * move stop           tighten only                           close    all of it, through its legs
 * target hit          breakeven; never a sale                cancel   what has not filled
 * stopped             compared with our own stop, no more
 * ```
 *
 * All of it only reduces, so no gate and no age stands in the way. Whatever the author says of a
 * running trade but a new stop, what has not filled by then is not entered any more.
 */
import { unreachable } from "../../std/assert.ts";
import type { Fact } from "../model/fact.ts";
import { priceToTicks, showPrice } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import { reaches } from "../model/levels.ts";
import { isLeaving, type Trade } from "../model/trade.ts";
import { breakevenOf, confirmedStop, heldOf, heldOfTranche } from "../model/trade-sums.ts";
import { type Millis, millis, type Ticks, ticks } from "../model/units.ts";
import type { Update } from "../model/update.ts";
import { showDuration } from "../model/wording.ts";
import { breakevenNow } from "../track/milestones.ts";
import { isPending } from "../track/order-states.ts";
import { exitPrice, type Scene } from "../track/scene.ts";
import { beginTrim } from "../track/trim.ts";

export interface Outcome {
  readonly how: "applied" | "noted" | "refused";
  readonly reason: string;
  /** It is not as the author thinks: a person should look. */
  readonly review?: true;
  readonly facts: readonly Fact[];
}

type Of<Action extends Update["action"]> = Extract<Update, { action: Action }>;

const applied = (reason: string, ...facts: readonly Fact[]): Outcome => ({
  how: "applied",
  reason,
  facts,
});
const noted = (reason: string): Outcome => ({ how: "noted", reason, facts: [] });
const refused = (reason: string): Outcome => ({
  how: "refused",
  reason,
  review: true,
  facts: [],
});

export function outcomeFor(trade: Trade, update: Update, scene: Scene): Outcome {
  if (trade.released) return noted("it was released to a person; only a person acts on it");
  if (trade.exit !== null) return noted("it is being left already");
  switch (update.action) {
    case "stop_to_breakeven":
      return toBreakeven(trade, scene);
    case "move_stop":
      return moveStop(trade, update, scene);
    case "trim":
      return trim(trade, update, scene);
    case "target_hit":
      return targetHit(trade, update, scene);
    case "close": {
      const { id } = trade;
      const reason = heldOf(trade) > 0 ? "all of it is left" : "its entry is withdrawn";
      return applied(reason, { at: scene.at, trade: id, kind: "ExitBegun", reason: CLOSED });
    }
    case "stopped":
      return stopped(trade, scene);
    case "cancel":
      return cancelled(trade, scene);
    default:
      return unreachable(update);
  }
}

const CLOSED = "close-message";

const withdrawal = (trade: Trade, { at }: Scene, reason: string): readonly Fact[] =>
  trade.entryEnding === null && trade.tranches.some((one) => isPending(one.entry.state))
    ? [{ at, trade: trade.id, kind: "EntryWithdrawn", reason }]
    : [];

/** Nothing is held: all there is to do is not to enter any more. */
function beforeTheFill(trade: Trade, scene: Scene, reason: string): Outcome {
  const facts = withdrawal(trade, scene, reason);
  return facts.length > 0
    ? applied("it has not filled, and is not entered any more", ...facts)
    : noted("it holds nothing");
}

function toBreakeven(trade: Trade, scene: Scene): Outcome {
  const stop = breakevenOf(trade);
  const reason = "the author moved the stop to breakeven";
  if (heldOf(trade) <= 0 || stop === null) return beforeTheFill(trade, scene, reason);
  const price = pricesOf(trade);
  const rest = withdrawal(trade, scene, reason);
  if (reaches(trade.plan.side, trade.stopAim, stop))
    return { ...noted(`the stop is at ${price(trade.stopAim)} already`), facts: rest };
  const facts = breakevenNow(trade, scene, "message");
  const all = [...rest, ...facts];
  if (facts.some(({ kind }) => kind === "BreakevenKept")) {
    const found = `the price is through breakeven ${price(stop)}`;
    return { ...noted(`${found}; the stop stays at ${price(trade.stopAim)}`), facts: all };
  }
  if (facts.some(({ kind }) => kind === "ExitBegun"))
    return applied(`the price is through breakeven ${price(stop)}: it is left`, ...all);
  return facts.length > 0
    ? applied(`the stop goes to breakeven ${price(stop)}`, ...all)
    : { ...noted("breakeven was due already"), facts: rest };
}

function moveStop(trade: Trade, update: Of<"move_stop">, scene: Scene): Outcome {
  const { plan, stopAim } = trade;
  const instrument = instrumentOf(plan.instrument);
  const wanted = priceToTicks(instrument, update.stop);
  const price = pricesOf(trade);
  if (!wanted.ok) {
    const step = showPrice(instrument, ticks(1));
    return refused(`${update.stop} is no price of ${plan.instrument}, which moves by ${step}`);
  }
  const stop = wanted.value;
  if (stop === stopAim) return noted(`the stop is at ${price(stop)} already`);
  if (!reaches(plan.side, stop, stopAim)) {
    const found = `${price(stop)} would risk more than the stop at ${price(stopAim)}`;
    return refused(`${found}; a message only tightens`);
  }
  return heldOf(trade) > 0 ? tighten(trade, stop, scene) : tightenUnfilled(trade, stop, scene);
}

/** What has not filled is still wanted, unless the author is safe where we would only get in. */
function tightenUnfilled(trade: Trade, stop: Ticks, scene: Scene): Outcome {
  const reason = "the author's stop has passed the entry";
  const facts = withdrawal(trade, scene, reason);
  if (facts.length === 0 || reaches(trade.plan.side, stop, trade.plan.alerted))
    return beforeTheFill(trade, scene, reason);
  return applied(`the stop will be at ${pricesOf(trade)(stop)}`, aim(trade, stop, scene));
}

const aim = (trade: Trade, stop: Ticks, { at }: Scene): Fact => ({
  at,
  trade: trade.id,
  kind: "StopAimed",
  stop,
  why: "message",
});

/**
 * A stop the price has passed was hit for its author, so the trade is left. But one farther through
 * the price than the alert ever risked is a slip of the finger, and nothing is left for that.
 */
function tighten(trade: Trade, stop: Ticks, scene: Scene): Outcome {
  const { side, alerted, stop: first } = trade.plan;
  const price = pricesOf(trade);
  const quote = scene.quote ?? scene.lastQuote;
  const market = quote === null ? null : exitPrice(trade, quote);
  const isPassed = market !== null && reaches(side, stop, market);
  if (!isPassed) return applied(`the stop goes to ${price(stop)}`, aim(trade, stop, scene));
  const through = Math.abs(stop - market);
  const where = `the price ${price(market)} is through ${price(stop)}`;
  if (through > Math.abs(alerted - first)) return refused(`${where} by far; look what is meant`);
  // From an old price nobody can tell; the venue can, and its refusal is answered by leaving.
  if (scene.quote === null)
    return applied(`the stop goes to ${price(stop)}`, aim(trade, stop, scene));
  const { at } = scene;
  const exit: Fact = { at, trade: trade.id, kind: "ExitBegun", reason: "stop-passed" };
  return applied(`${where}: it is left`, exit);
}

function trim(trade: Trade, { share }: Of<"trim">, scene: Scene): Outcome {
  const held = heldOf(trade);
  const reason = "the author takes contracts off";
  if (held <= 0) return beforeTheFill(trade, scene, reason);
  const rest = withdrawal(trade, scene, reason);
  const covered = share === null ? null : coveredByTarget(trade, share, scene.at);
  if (covered !== null) return { ...noted(covered), facts: rest };
  if (share === null || share <= 0)
    return { ...refused("it says not how much; `trim` takes contracts off"), facts: rest };
  const isUnderWay = trade.tranches.some((one) => isLeaving(one) && heldOfTranche(one) > 0);
  if (isUnderWay || trade.part !== null)
    return { ...refused("another part is being taken off"), facts: rest };
  // Rounded down, but a trim takes at least one contract, and never more than there are.
  const quantity = Math.min(held, Math.max(1, Math.floor((held * share) / 1_000)));
  const facts = beginTrim(trade, quantity, scene);
  return facts.length > 0
    ? applied(`${quantity} of ${held} contracts are taken off`, ...rest, ...facts)
    : { ...refused("no fresh price, or a trade of the other side beside it"), facts: rest };
}

/** So soon after a target an author's trim is most likely that very target. */
const SAME_NEWS = 60_000;

/** Why nothing more needs to be taken off; null if it does. */
function coveredByTarget(trade: Trade, share: number, at: Millis): string | null {
  const { targetsHit, plan, tranches } = trade;
  if (targetsHit === 0) return null;
  const took = tranches.filter((one) => (one.target?.filled ?? 0) > 0 && !isLeaving(one));
  const lastAt = Math.max(0, ...took.map(({ filledAt }) => filledAt ?? 0));
  const age = millis(at - lastAt);
  if (age <= SAME_NEWS) return `target ${targetsHit} took its part ${showDuration(age)} ago`;
  const taken = plan.shares.slice(0, targetsHit).reduce((sum, one) => sum + one, 0);
  return taken >= share ? `the ${taken / 10} % taken at target ${targetsHit} cover it` : null;
}

/** Our own order rests at our own target: what the author sold there is never sold twice. */
function targetHit(trade: Trade, { target }: Of<"target_hit">, scene: Scene): Outcome {
  const { breakevenAfter } = trade.plan;
  const reason = `the author reports target ${target}`;
  if (heldOf(trade) <= 0) return beforeTheFill(trade, scene, reason);
  const rest = withdrawal(trade, scene, reason);
  if (trade.targetsHit >= target)
    return { ...noted(`target ${target} was hit here too`), facts: rest };
  const isDue = breakevenAfter > 0 && target >= breakevenAfter && trade.breakeven === "waiting";
  const waits = waitsFor(trade);
  if (!isDue) return { ...noted(waits), facts: rest };
  const { facts, reason: moved, how } = toBreakeven(trade, scene);
  return { how, reason: `${waits}; ${moved}`, facts };
}

/** A trim may have taken all that was meant for our next target. */
function waitsFor({ targetsHit, tranches }: Trade): string {
  const isThere = tranches.some(
    (one) => one.targetIndex === targetsHit && heldOfTranche(one) > 0 && !isLeaving(one),
  );
  const ours = `our target ${targetsHit + 1}`;
  return isThere ? `${ours} goes on waiting` : `nothing is left for ${ours}`;
}

/** Never at market because of hearsay: our own stop is the one that says so. */
function stopped(trade: Trade, scene: Scene): Outcome {
  const reason = "the author was stopped";
  if (heldOf(trade) <= 0) return beforeTheFill(trade, scene, reason);
  return {
    ...noted(`${reason}; ${stopOf(trade)}`),
    review: true,
    facts: withdrawal(trade, scene, reason),
  };
}

function cancelled(trade: Trade, scene: Scene): Outcome {
  const held = heldOf(trade);
  const reason = "cancelled by the author";
  if (held <= 0) return beforeTheFill(trade, scene, reason);
  const facts = withdrawal(trade, scene, reason);
  const kept = `${held} held already; ${stopOf(trade)}`;
  return { ...noted(kept), how: facts.length > 0 ? "applied" : "noted", review: true, facts };
}

/** Where it is confirmed; else where it should be. */
function stopOf(trade: Trade): string {
  const [resting] = trade.tranches.filter((one) => heldOfTranche(one) > 0).flatMap(confirmedStop);
  const price = pricesOf(trade);
  return resting === undefined
    ? `our stop at ${price(trade.stopAim)} is not confirmed yet`
    : `our stop rests at ${price(resting)}`;
}

const pricesOf =
  ({ plan }: Trade) =>
  (price: Ticks): string =>
    showPrice(instrumentOf(plan.instrument), price);
