/**
 * Whether the venue's row is the contract we mean, and worth what we think it is worth.
 *
 * ```text
 * rows ─► of our symbol id ─► active ─► of our month ─► tick size and value as in our table ─► ours
 *            none?              none?      another?        another?
 *            └───────────────────┴───────────┴───────────────┴─► refused, with the numbers
 * ```
 *
 * A search there is fuzzy, so the first row is never taken for the right one. Ticks are compared as
 * whole numbers; a factor of ten here would be a factor of ten in every loss.
 */
import type { Contract } from "../../core/model/expiry.ts";
import { type Instrument, ticksToPoints } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import { ticks, toDollars } from "../../core/model/units.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { contractOfId, type KnownContract, symbolIdOf } from "./contract-names.ts";
import type { WireContract } from "./wire-types.ts";

/** What we trade under this name, or why nobody may. `meant` is the front by our calendar. */
export function checkContract(
  rows: readonly WireContract[],
  { root, code }: Contract,
): Result<KnownContract, string> {
  const symbolId = symbolIdOf(root);
  const own = rows.filter((row) => row.symbolId === symbolId);
  const active = own.filter((row) => row.activeContract);
  if (own.length === 0) {
    return err(`${root}: none of the venue's ${rows.length} contracts has the symbol ${symbolId}`);
  }
  if (active.length === 0) {
    return err(`${root}: the venue has ${idsOf(own)}, and none of them is active`);
  }
  const row = active.find(({ id }) => contractOfId(id)?.code === code);
  if (row === undefined) {
    return err(`${root}: the venue's active contract is ${idsOf(active)}, by our calendar ${code}`);
  }
  const fault = tickFault(row, instrumentOf(root));
  if (fault !== null) return err(`${code}: ${fault}`);
  return ok({ id: row.id, code, instrument: instrumentOf(root) });
}

const NAMED_MAX = 5;

const idsOf = (rows: readonly WireContract[]): string =>
  rows
    .slice(0, NAMED_MAX)
    .map(({ id }) => id)
    .join(", ");

const MONEY_PER_DOLLAR = 10_000;

function tickFault({ tickSize, tickValue }: WireContract, instrument: Instrument): string | null {
  const { decimals, tickUnits } = instrument;
  if (!isWhole(tickSize * 10 ** decimals, tickUnits)) {
    const ours = ticksToPoints(instrument, ticks(1));
    return `a tick is ${tickSize} points at the venue, ${ours} in our table`;
  }
  if (!isWhole(tickValue * MONEY_PER_DOLLAR, instrument.tickValue)) {
    return `a tick is worth $${tickValue} at the venue, $${toDollars(instrument.tickValue)} in our table`;
  }
  return null;
}

/** A decimal times a power of ten is off by its binary form, by far less than this. */
const isWhole = (scaled: number, expected: number): boolean => Math.abs(scaled - expected) < 1e-6;
