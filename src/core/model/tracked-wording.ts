/**
 * An option or a currency in one line, as far as its message told:
 * `long META 770 call 2026-12-18 at 3, targets +30 %, stop -50 %`.
 */
import type { Tracked, TrackedContract } from "./tracked.ts";

export function trackedText(tracked: Tracked): string {
  const { contract, quantity } = tracked;
  const count = quantity === null ? "" : ` x${quantity}`;
  const name = `${nameOf(contract)}${count}`;
  if (tracked.kind === "entry") {
    return `${tracked.side} ${name} at ${tracked.entry}${levelsOf(tracked)}`;
  }
  const { action, share, price } = tracked;
  const part = share === null ? "" : ` ${share / 10} %`;
  return `${action}${part} ${name}${price === null ? "" : ` at ${price}`}`;
}

const nameOf = (contract: TrackedContract): string =>
  contract.asset === "currency"
    ? contract.symbol
    : `${contract.symbol} ${contract.strike} ${contract.right} ${contract.expiry}`;

type TrackedEntry = Extract<Tracked, { readonly kind: "entry" }>;

/** Percentages are of the premium. */
function levelsOf({ stop, stopPct, targets, targetsPct }: TrackedEntry): string {
  const all = [...targets.map(String), ...targetsPct.map((share) => `+${share} %`)];
  const stops = [stop === null ? [] : [String(stop)], stopPct === null ? [] : [`-${stopPct} %`]];
  return [
    ...stops.flat().map((one) => `, stop ${one}`),
    all.length === 0 ? "" : `, targets ${all.join(", ")}`,
  ].join("");
}
