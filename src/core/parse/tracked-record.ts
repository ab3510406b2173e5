/**
 * Options and currencies in the shape the alert corpus uses.
 */
import type { Tracked, TrackedContract } from "../model/tracked.ts";

export function trackedRecord(tracked: Tracked): object {
  const { contract, quantity } = tracked;
  if (tracked.kind === "update") {
    const { action, price, share } = tracked;
    return {
      ...{ kind: "update", action, ...contractRecord(contract), price },
      ...(action === "trim" && { fraction: share === null ? null : share / 1000 }),
      ...(quantity !== null && { quantity }),
    };
  }
  const { side, entry, stop, targets, targetsPct, stopPct, tags } = tracked;
  return {
    ...{ kind: "entry", ...contractRecord(contract), side, entry, stop, targets },
    ...{ sizeLabel: null, tags },
    ...((contract.asset === "option" || quantity !== null) && { quantity }),
    ...(targetsPct.length > 0 && { targetsPct }),
    ...(stopPct !== null && { stopPct }),
  };
}

/** A currency needs no more than its name. */
function contractRecord(contract: TrackedContract): object {
  if (contract.asset === "currency") return { instrument: contract.symbol };
  const { asset, symbol, right, strike, expiry } = contract;
  return { asset, instrument: symbol, right, strike, expiry };
}
