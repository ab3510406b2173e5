/**
 * The outcome as a JSON value for people and scripts, in the shape the alert corpus uses: prices in
 * points, the first alert at the top, everything else of the same message in `more`.
 */
import type { Alert } from "../model/alert.ts";
import { ticksToPoints } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Parsed, Update } from "./outcome.ts";

export function toCorpusResult(parsed: Parsed): unknown {
  switch (parsed.kind) {
    case "none":
      return { kind: "none", reason: parsed.reason, ...(parsed.review && { review: true }) };
    case "update":
      return withMore(parsed.updates.map(updateRecord));
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
  };
}

function updateRecord({ action, instrument, price }: Update): object {
  const isPriced = instrument !== null && price !== null;
  return {
    kind: "update",
    action,
    instrument,
    ...(isPriced && { price: ticksToPoints(instrumentOf(instrument), price) }),
  };
}
