/** What a message says, told to a person: a line for each entry, update or reason. */
import type { Alert } from "../core/model/alert.ts";
import { showPrice } from "../core/model/instrument.ts";
import { instrumentOf } from "../core/model/instruments.ts";
import { trackedText } from "../core/model/tracked-wording.ts";
import type { Update } from "../core/model/update.ts";
import { updateText } from "../core/model/update-wording.ts";
import type { Parsed } from "../core/parse/outcome.ts";

export function wordsFor(parsed: Parsed): readonly string[] {
  switch (parsed.kind) {
    case "none":
      return [`none: ${parsed.reason}${parsed.review ? " (a person should look)" : ""}`];
    case "update":
      return parsed.updates.map(updateLine);
    case "entries":
      return [...parsed.before.map(updateLine), ...parsed.entries.map(entryText)];
    case "tracked":
      return parsed.tracked.map((one) => `tracked: ${trackedText(one)}`);
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

/** With its price, which says where it happened to him and moves nothing here. */
function updateLine(update: Update): string {
  const price = "price" in update && update.price !== null ? ` at ${update.price}` : "";
  return `update: ${updateText(update)}${price}`;
}
