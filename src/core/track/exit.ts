/**
 * The way out is a leg too.
 *
 * ```text
 * exit begun ─► target legs to a marketable price ─┬─ filled: the venue's OCO removes the stop
 *                 (again each second, 3 times)     └─ not filled ─► close call ─► cancel the legs
 * ```
 *
 * The stop stays until the exit has filled, and repeating the request is harmless. Where a tranche
 * has no target leg, or no price is known, the venue's close call is all that is left. An opposite
 * market order is never sent: it can race a leg and reverse the position.
 *
 * Beside another trade of the contract a target leg is placed where there is none, and beside one of
 * the other side it is the only way: a close call would meet the sum of the two, or nothing at all.
 */
import type { Fact } from "../model/fact.ts";
import type { Exit, Trade, Tranche } from "../model/trade.ts";
import { heldOf, heldOfTranche } from "../model/trade-sums.ts";
import { contracts, type Ticks } from "../model/units.ts";
import { isOver } from "./phases.ts";
import { closePatience, marketablePrice, PATIENCE, type Scene } from "./scene.ts";

export const TRY_EVERY = 1_000;
const TRIES_MAX = 3;

/** The trade date ends, or its contract does: out, and what has not filled stays out. */
export function leaveInTime(trade: Trade, { at, leaveBy }: Scene): readonly Fact[] {
  if (leaveBy === null || at < leaveBy.at || trade.exit !== null || isOver(trade.phase)) return [];
  return [{ at, trade: trade.id, kind: "ExitBegun", reason: leaveBy.reason }];
}

export function leaveTrade(trade: Trade, scene: Scene): readonly Fact[] {
  const held = heldOf(trade);
  // One tranche sold twice is a reversal too, even where another still outweighs it.
  if (trade.tranches.some((one) => heldOfTranche(one) < 0)) return closeReversed(trade, scene);
  const { exit } = trade;
  if (held === 0) return [];
  if (exit === null) return scene.beside === "reversed" ? leaveBeside(trade, scene) : [];
  const mayClose = scene.beside === "nothing" || scene.beside === "same-side";
  if (exit.closeAskedAt !== null && mayClose) return closeAgain(trade, exit, scene);
  if (exit.tries > 0 && scene.at < exit.triedAt + TRY_EVERY) return [];
  const isSpent = mayClose && exit.tries >= TRIES_MAX;
  const facts = isSpent ? null : throughLegs(trade, exit, scene);
  return facts ?? (mayClose ? closeCall(trade, exit.closeTries + 1, scene) : []);
}

const leaveBeside = (trade: Trade, { at }: Scene): readonly Fact[] => [
  { at, trade: trade.id, kind: "ExitBegun", reason: "beside-reversed" },
];

/** Null when the legs cannot do it. */
function throughLegs(trade: Trade, exit: Exit, scene: Scene): readonly Fact[] | null {
  const { lastQuote, brackets, beside } = scene;
  const holding = trade.tranches.filter((one) => heldOfTranche(one) > 0);
  if (beside !== "nothing" || holding.some(hasTarget))
    // Without any price nobody knows what would be marketable.
    return lastQuote === null
      ? null
      : sendThrough(trade, exit, scene, marketablePrice(trade, lastQuote));
  // A leg the venue keeps may not have been reported yet; its stop protects while we look. One of
  // ours that was refused protects nothing.
  const isBare = exit.reason === "unprotected" || holding.some(isStopRefused);
  const maybeSoon = brackets === "native" && !isBare;
  return maybeSoon && scene.at < exit.since + PATIENCE ? [] : null;
}

const isStopRefused = ({ stop }: Tranche): boolean => stop?.state === "rejected";

const hasTarget = (tranche: Tranche): boolean => tranche.target?.state === "working";

function sendThrough(trade: Trade, exit: Exit, scene: Scene, price: Ticks): readonly Fact[] {
  const changes = trade.tranches.flatMap((tranche, index): readonly Fact[] => {
    if (heldOfTranche(tranche) <= 0) return [];
    const about = { at: scene.at, trade: trade.id, tranche: index, leg: "target", price } as const;
    if (tranche.target?.state === "working") {
      const attempt = tranche.target.attempts + 1;
      return [{ ...about, kind: "LegChangeAsked", quantity: null, attempt, why: "exit" }];
    }
    const attempt = scene.beside === "nothing" ? null : placementOf(tranche, scene);
    const quantity = contracts(heldOfTranche(tranche));
    return attempt === null ? [] : [{ ...about, kind: "LegPlaced", quantity, attempt }];
  });
  return changes.length === 0
    ? []
    : [{ at: scene.at, trade: trade.id, kind: "ExitRepeated", tries: exit.tries + 1 }, ...changes];
}

/** The attempt a target leg of ours would be; null while one, or its fill, may still turn up. */
function placementOf({ target, filledAt }: Tranche, scene: Scene): number | null {
  if (target === null && scene.brackets === "none") return 1;
  switch (target?.state) {
    case "sent":
    case "unknown":
      // The same tag again: if the first one arrived, the venue says so instead of doubling it.
      return scene.at < target.touchedAt + PATIENCE ? null : target.attempts;
    case "rejected":
      return target.attempts + 1;
    default: {
      const newest = Math.max(filledAt ?? 0, target?.touchedAt ?? 0);
      const isMissing = scene.truthAt !== null && scene.truthAt > newest && !scene.fewer;
      return isMissing ? (target?.attempts ?? 0) + 1 : null;
    }
  }
}

const closeAgain = (trade: Trade, exit: Exit, scene: Scene): readonly Fact[] =>
  scene.at < (exit.closeAskedAt ?? 0) + closePatience(exit)
    ? []
    : closeCall(trade, exit.closeTries + 1, scene);

const closeCall = (trade: Trade, tries: number, { at }: Scene): readonly Fact[] => [
  { at, trade: trade.id, kind: "CloseAsked", contract: trade.plan.contract, tries },
];

/**
 * More left than was held: buy it back at once, and stop entering. Fills may arrive in any order, so
 * where an entry fill could still be missing it takes the venue's own list, younger than the last of
 * them, to make it true.
 */
function closeReversed(trade: Trade, scene: Scene): readonly Fact[] {
  const { exit, account } = trade;
  const held = heldOf(trade);
  // What another trade of the contract holds is in the same sum: first that one leaves.
  const isAlone = scene.beside === "nothing" || scene.beside === "reversed";
  if (exit?.reason === "reversed")
    return held === 0 || !isAlone ? [] : closeAgain(trade, exit, scene);
  if (!trade.tranches.some(isSoldTwice) && !isListed(trade, scene)) return [];
  const { at } = scene;
  return [
    {
      at,
      account,
      trade: trade.id,
      kind: "IncidentFound",
      what: "reversed",
      detail: `${held} contracts held`,
    },
    { at, account, kind: "GateMoved", gate: "reducing", reason: "a position was reversed" },
    { at, trade: trade.id, kind: "ExitBegun", reason: "reversed" },
    // With nothing left over, a close would only take what another trade of this contract holds.
    ...(held === 0 || !isAlone ? [] : closeCall(trade, (exit?.closeTries ?? 0) + 1, scene)),
  ];
}

/** All of it came in, so no fill is missing that could make up for what left. */
const isSoldTwice = (tranche: Tranche): boolean =>
  heldOfTranche(tranche) < 0 && tranche.entered.quantity >= tranche.quantity;

const isListed = ({ tranches }: Trade, { truthAt }: Scene): boolean =>
  truthAt !== null && truthAt > Math.max(...tranches.map((one) => one.filledAt ?? 0));
