/** What a message says, told to a person: a line for each entry, update or reason. */
import type { Alert } from "../core/model/alert.ts";
import { showPrice } from "../core/model/instrument.ts";
import { instrumentOf } from "../core/model/instruments.ts";
import type { Tracked } from "../core/model/tracked.ts";
import type { Update } from "../core/model/update.ts";
import type { Parsed } from "../core/parse/outcome.ts";

export function wordsFor(parsed: Parsed): readonly string[] {
  switch (parsed.kind) {
    case "none":
      return [`none: ${parsed.reason}${parsed.review ? " (a person should look)" : ""}`];
    case "update":
      return parsed.updates.map(updateText);
    case "entries":
      return [...parsed.before.map(updateText), ...parsed.entries.map(entryText)];
    case "tracked":
      return parsed.tracked.map(trackedText);
  }
}

function entryText({ instrument: root, side, entry, stop, targets, size, tags }: Alert): string {
  const instrument = instrumentOf(root);
  const price = (of: Alert["entry"]): string => showPrice(instrument, of);
  const parts = [
    `entry: ${root} ${side} ${price(entry)} stop ${price(stop)}`,
    targets.length === 0 ? "" : ` targets ${targets.map(price).join(", ")}`,
    size === null ? "" : ` size ${size}`,
    tags.length === 0 ? "" : ` ${tags.join(" ")}`,
  ];
  return parts.join("");
}

function updateText(update: Update): string {
  const { action, instrument } = update;
  const parts = [`update: ${action}`, instrument ?? ""];
  if (update.action === "move_stop") parts.push(`to ${update.stop}`);
  if (update.action === "trim") parts.push(update.share === null ? "" : `${update.share / 10}%`);
  if (update.action === "target_hit") parts.push(String(update.target));
  if ("price" in update && update.price !== null) parts.push(`at ${update.price}`);
  return parts.filter((part) => part !== "").join(" ");
}

function trackedText(tracked: Tracked): string {
  const { contract } = tracked;
  const name =
    contract.asset === "currency"
      ? contract.symbol
      : `${contract.symbol} ${contract.expiry} ${contract.strike} ${contract.right}`;
  const what = tracked.kind === "entry" ? `entry ${tracked.side}` : tracked.action;
  const price = tracked.kind === "entry" ? tracked.entry : tracked.price;
  return `tracked: ${what} ${name}${price === null ? "" : ` at ${price}`}`;
}
