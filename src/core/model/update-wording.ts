/** What an author says of an earlier trade, in words: `ES target 1 hit`, `trim 50 %`, `stop to 6320`. */
import type { Update, UpdateAction } from "./update.ts";

export const UPDATE_NAMES: Readonly<Record<UpdateAction, string>> = {
  stop_to_breakeven: "stop to breakeven",
  move_stop: "stop",
  trim: "trim",
  target_hit: "target hit",
  close: "close",
  stopped: "stopped",
  cancel: "cancel",
};

export function updateText(update: Update): string {
  const on = update.instrument === null ? "" : `${update.instrument} `;
  switch (update.action) {
    case "move_stop":
      return `${on}stop to ${update.stop}`;
    case "trim":
      return `${on}trim${update.share === null ? "" : ` ${update.share / 10} %`}`;
    case "target_hit":
      return `${on}target ${update.target} hit`;
    default:
      return `${on}${UPDATE_NAMES[update.action]}`;
  }
}
