/**
 * The gate before an entry: should everything that is open go to its stop and this entry as well,
 * the limit of the day still holds.
 *
 * ```text
 * limit   ├──── lost today ────┼──── open, at the stops ────┼── room ──┤
 *                                                            one, two, three contracts of this entry
 * ```
 *
 * Every limit that counts dollars asks the same question, so each is a *budget* and the smallest
 * decides: the account's own, the one over all accounts, and whatever a firm adds (its floor, its
 * daily limit) joins this list.
 */

import { err, ok, type Result } from "../../std/result.ts";
import type { Cut } from "../model/cut.ts";
import type { Refusal } from "../model/refusal.ts";
import type { BudgetScope, FloorRoom, Room } from "../model/size-room.ts";
import { contracts, type Money, money } from "../model/units.ts";

export interface Budget {
  readonly scope: BudgetScope;
  readonly limit: Money;
  /** Booked today; a profit does not make the room larger. */
  readonly realised: Money;
  readonly open: Money;
  readonly floor?: FloorRoom;
  readonly buffer?: Money;
}

/** What is wanted, of which less can be taken. */
export interface Sized {
  readonly quantity: number;
  readonly risk: Money;
}

const eachOf = ({ quantity, risk }: Sized): Money => money(Math.ceil(risk / quantity));

/** Asked first, and of every account: nearly always it does. */
export const fitsWhole = (sized: Sized, budget: Budget): boolean =>
  roomIn(budget) >= eachOf(sized) * sized.quantity || eachOf(sized) === 0;

/** Null where the whole size fits. */
export function fitInto(
  { quantity, risk }: Sized,
  budgets: readonly Budget[],
): Result<Cut | null, Refusal> {
  let least = quantity;
  let tightest: Budget | null = null;
  const each = eachOf({ quantity, risk });
  for (const budget of budgets) {
    const fits = each === 0 ? quantity : Math.floor(roomIn(budget) / each);
    if (fits >= least) continue;
    least = fits;
    tightest = budget;
  }
  if (tightest === null) return ok(null);
  const room = roomOf(tightest, each);
  if (least < 1) return err({ kind: "no-room", ...room });
  return ok({ why: "room", from: contracts(quantity), to: contracts(least), ...room });
}

const roomIn = ({ limit, realised, open }: Budget): number => limit - Math.max(0, -realised) - open;

function roomOf({ scope, limit, realised, open, floor, buffer }: Budget, each: Money): Room {
  const room = { scope, limit, lost: money(Math.max(0, -realised)), open, each };
  if (floor !== undefined) return { ...room, floor };
  return buffer === undefined ? room : { ...room, buffer };
}
