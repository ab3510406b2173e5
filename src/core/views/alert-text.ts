/** An alert in one line, as its numbers were written: `ES long 6326.00 stop 6316.00 size A`. */
import type { Alert } from "../model/alert.ts";
import { pricesOf } from "./said.ts";

export function alertText(alert: Alert): string {
  const { instrument, side, entry, stop, targets, size, stopCondition } = alert;
  const price = pricesOf({ instrument });
  const parts = [
    `${instrument} ${side} ${price(entry)} stop ${price(stop)}`,
    stopCondition === null ? "" : ` (${stopCondition})`,
    targets.length === 0 ? "" : ` targets ${targets.map(price).join(", ")}`,
    size === null ? "" : ` size ${size}`,
  ];
  return parts.join("");
}
