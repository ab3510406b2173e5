/**
 * Counters, gauges and histograms as Prometheus reads them, in two registries: what anybody on this
 * machine may see, and what tells of accounts.
 */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { METERS, type Meter, type MeterName, STAGE_BUCKETS } from "../../core/model/meters.ts";
import type { Telemetry } from "../../ports/telemetry.ts";

export function prometheusTelemetry(): Telemetry {
  const [open, hidden] = [new Registry(), new Registry()];
  const counters = new Map<string, Counter>();
  const gauges = new Map<string, Gauge>();
  const histograms = new Map<string, Histogram>();
  for (const [name, meter] of Object.entries<Meter>(METERS)) {
    const { help, kind, isPrivate } = meter;
    const about = {
      ...{ name, help, labelNames: [...meter.labels] },
      registers: [isPrivate ? hidden : open],
    };
    if (kind === "counter") counters.set(name, new Counter(about));
    else if (kind === "gauge") gauges.set(name, unset(new Gauge(about), meter));
    else histograms.set(name, new Histogram({ ...about, buckets: [...STAGE_BUCKETS] }));
  }
  const at = <Kept>(all: ReadonlyMap<string, Kept>, name: MeterName): Kept | undefined =>
    all.get(name);
  return {
    add: (name, labels, by) => at(counters, name)?.inc({ ...labels }, Math.max(0, by)),
    set: (name, labels, value) => at(gauges, name)?.set({ ...labels }, value),
    observe: (name, labels, value) => at(histograms, name)?.observe({ ...labels }, value),
    async text(withPrivate) {
      const shown = await open.metrics();
      return withPrivate ? `${shown}\n${await hidden.metrics()}` : shown;
    },
  };
}

/** The library begins at nothing, which no disk has free: until it is read it is not there. */
function unset(gauge: Gauge, { labels }: Meter): Gauge {
  if (labels.length === 0) gauge.remove();
  return gauge;
}
