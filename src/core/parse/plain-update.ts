/**
 * The plainest wordings of an update, whole messages only: whatever else stands in one, it is none.
 */
import type { Root } from "../model/instrument.ts";
import { isRoot } from "../model/instruments.ts";
import type { Update } from "../model/update.ts";

const ROOT = "(?:the )?(?:([A-Z0-9]{2,3})(?: (?:long|short|trade))?)?";
const PRICE = "(\\d+(?:\\.\\d+)?)";
type Reader = (root: Root | null, number: string | undefined) => Update;

const SHARES: Readonly<Record<string, number>> = { half: 500, third: 333, quarter: 250 };

const WORDINGS: readonly (readonly [RegExp, Reader])[] = [
  [
    new RegExp(`^(?:${ROOT} )?stop to (?:breakeven|BE)$`, "i"),
    (instrument) => ({ action: "stop_to_breakeven", instrument }),
  ],
  [
    new RegExp(`^(?:raise|lower|move) ${ROOT} ?stop to ${PRICE}$`, "i"),
    (instrument, n) => ({ action: "move_stop", instrument, stop: Number(n) }),
  ],
  [
    new RegExp(`^trim ${ROOT} ?(half|third|quarter|some)$`, "i"),
    (instrument, n) => {
      const share = SHARES[(n ?? "").toLowerCase()] ?? null;
      return { action: "trim", instrument, share, price: null };
    },
  ],
  [
    new RegExp(`^(?:${ROOT} )?T(\\d) hit$`, "i"),
    (instrument, n) => ({ action: "target_hit", instrument, target: Number(n), price: null }),
  ],
  [
    new RegExp(`^all out(?: of ${ROOT})?$`, "i"),
    (instrument) => ({ action: "close", instrument, price: null }),
  ],
  [
    new RegExp(`^(?:${ROOT} )?stopped out$`, "i"),
    (instrument) => ({ action: "stopped", instrument, price: null }),
  ],
  [
    new RegExp(`^cancel(?:led)?(?: ${ROOT})?$`, "i"),
    (instrument) => ({ action: "cancel", instrument }),
  ],
];

/** Null when a part of it says anything else. */
export function plainUpdates(text: string): readonly Update[] | null {
  const parts = text.trim().split(/, | and |\n/);
  const updates = parts.map(plainUpdate);
  return updates.every((one) => one !== null) ? updates : null;
}

function plainUpdate(text: string): Update | null {
  for (const [pattern, read] of WORDINGS) {
    const match = pattern.exec(text.trim());
    if (match === null) continue;
    const root = match[1]?.toUpperCase();
    if (root === undefined || isRoot(root)) return read(root ?? null, match[2]);
  }
  return null;
}
