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
 */
import type { Fact } from "../model/fact.ts";
import type { Exit, Trade, Tranche } from "../model/trade.ts";
import { heldOf, heldOfTranche } from "../model/trade-sums.ts";
import { marketablePrice, PATIENCE, type Scene } from "./scene.ts";

export const TRY_EVERY = 1_000;
const TRIES_MAX = 3;

export function leaveTrade(trade: Trade, scene: Scene): readonly Fact[] {
  const held = heldOf(trade);
  // One tranche sold twice is a reversal too, even where another still outweighs it.
  if (trade.tranches.some((one) => heldOfTranche(one) < 0)) return closeReversed(trade, scene);
  const { exit } = trade;
  if (exit === null || held === 0) return [];
  if (exit.closeAskedAt !== null) return closeAgain(trade, exit, scene);
  if (exit.tries > 0 && scene.at < exit.triedAt + TRY_EVERY) return [];
  return throughLegs(trade, exit, scene) ?? closeCall(trade, exit.closeTries + 1, scene);
}

/** Null when the legs cannot do it: none works, or they were asked often enough. */
function throughLegs(trade: Trade, exit: Exit, scene: Scene): readonly Fact[] | null {
  if (exit.tries >= TRIES_MAX) return null;
  const holding = trade.tranches.filter((one) => heldOfTranche(one) > 0);
  if (holding.some(hasTarget)) return moveTargets(trade, exit, scene);
  // A leg the venue keeps may not have been reported yet; its stop protects while we look.
  const maybeSoon = scene.brackets === "native" && exit.reason !== "unprotected";
  return maybeSoon && scene.at < exit.since + PATIENCE ? [] : null;
}

const hasTarget = (tranche: Tranche): boolean => tranche.target?.state === "working";

/** Null when no price was ever seen: then nobody knows what would be marketable. */
function moveTargets(trade: Trade, exit: Exit, { at, lastQuote }: Scene): readonly Fact[] | null {
  if (lastQuote === null) return null;
  const price = marketablePrice(trade, lastQuote);
  const changes = trade.tranches.flatMap((tranche, index): readonly Fact[] => {
    const leg = tranche.target;
    if (leg === null || !hasTarget(tranche) || heldOfTranche(tranche) <= 0) return [];
    const attempt = leg.attempts + 1;
    return [
      {
        at,
        trade: trade.id,
        tranche: index,
        leg: "target",
        kind: "LegChangeAsked",
        price,
        quantity: null,
        attempt,
        why: "exit",
      },
    ];
  });
  return [{ at, trade: trade.id, kind: "ExitRepeated", tries: exit.tries + 1 }, ...changes];
}

const closeAgain = (trade: Trade, exit: Exit, scene: Scene): readonly Fact[] =>
  scene.at < (exit.closeAskedAt ?? 0) + PATIENCE
    ? []
    : closeCall(trade, exit.closeTries + 1, scene);

const closeCall = (trade: Trade, tries: number, { at }: Scene): readonly Fact[] => [
  { at, trade: trade.id, kind: "CloseAsked", contract: trade.plan.contract, tries },
];

/**
 * More left than was held: buy it back at once, and stop entering. Fills may arrive in any order,
 * so only the venue's own list, younger than the last of them, makes it true.
 */
function closeReversed(trade: Trade, scene: Scene): readonly Fact[] {
  const { exit, account } = trade;
  const held = heldOf(trade);
  if (exit?.reason === "reversed") return held === 0 ? [] : closeAgain(trade, exit, scene);
  const lastFill = Math.max(...trade.tranches.map((one) => one.filledAt ?? 0));
  if (scene.truthAt === null || scene.truthAt <= lastFill) return [];
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
    ...(held === 0 ? [] : closeCall(trade, (exit?.closeTries ?? 0) + 1, scene)),
  ];
}
