/**
 * The outcome as a JSON value for people and scripts, in the shape the alert corpus uses: prices in
 * points, the first alert at the top, everything else of the same message in `more`.
 */
import type { Alert } from "../model/alert.ts";
import { ticksToPoints } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Update } from "../model/update.ts";
import type { Parsed } from "./outcome.ts";
import { trackedRecord } from "./tracked-record.ts";

export function toCorpusResult(parsed: Parsed): unknown {
  switch (parsed.kind) {
    case "none":
      return { kind: "none", reason: parsed.reason, ...(parsed.review && { review: true }) };
    case "update":
      return withMore(parsed.updates.map(updateRecord));
    case "tracked":
      return withMore(parsed.tracked.map(trackedRecord));
    case "entries":
      return withMore([...parsed.entries.map(entryRecord), ...parsed.before.map(updateRecord)]);
  }
}

const withMore = ([first, ...more]: readonly object[]): unknown => ({ ...first, more });

function entryRecord(alert: Alert): object {
  const instrument = instrumentOf(alert.instrument);
  return {
    kind: "entry",
    instrument: alert.instrument,
    side: alert.side,
    entry: ticksToPoints(instrument, alert.entry),
    stop: ticksToPoints(instrument, alert.stop),
    targets: alert.targets.map((target) => ticksToPoints(instrument, target)),
    sizeLabel: alert.size,
    tags: alert.tags,
    ...(alert.stopCondition !== null && { stopCondition: alert.stopCondition }),
    ...(alert.quantity !== undefined && { quantity: alert.quantity }),
  };
}

/** The corpus counts in fractions of one. */
function updateRecord(update: Update): object {
  const { action, instrument } = update;
  const about = { kind: "update", action, instrument };
  switch (update.action) {
    case "move_stop":
      return { ...about, stop: update.stop };
    case "trim":
      return { ...about, fraction: fractionOf(update.share), ...priceOf(update) };
    case "target_hit":
      return { ...about, target: update.target, ...priceOf(update) };
    case "close":
    case "stopped":
      return { ...about, ...priceOf(update) };
    case "cancel":
    case "stop_to_breakeven":
      return about;
  }
}

const fractionOf = (share: number | null): number | null => (share === null ? null : share / 1000);

const priceOf = ({ price }: { readonly price: number | null }): object =>
  price === null ? {} : { price };
