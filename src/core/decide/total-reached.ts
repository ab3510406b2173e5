/**
 * Which part of its total a rule set has reached today.
 *
 * Its own steps are kept under its name. The worst loss at which any rule set took one is kept in
 * dollars, which no other name and no other rules forget:
 *
 * ```text
 * "swing" 300 of 400 lost: half size ──► renamed "calm", 50 won back ──► 300 of 400 once: half size
 * ```
 */
import { ownOf } from "../../std/own.ts";
import type { LossSteps } from "../model/limits.ts";
import type { BookName } from "../model/risk-fact.ts";
import type { Money } from "../model/units.ts";
import { lastShare, shareOf } from "../risk/loss-steps.ts";
import type { State } from "../state.ts";

export interface TotalRule {
  /** Of the rule set. */
  readonly name: string;
  /** Of its total, what it comes to on this trade date. */
  readonly limit: Money;
  readonly steps: LossSteps;
}

export function totalReached(
  { books, deepest }: State,
  book: BookName,
  { name, limit, steps }: TotalRule,
): number {
  const own = ownOf(books[book].reached, name) ?? 0;
  const lost = deepest?.[book];
  return lost === undefined ? own : Math.max(own, lastShare(steps, shareOf(lost, limit)));
}
