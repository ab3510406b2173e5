/** Counters and gauges for a collector; what they are stands in `core/model/meters.ts`. */
import type { MeterName } from "../core/model/meters.ts";

export type Labels = Readonly<Record<string, string>>;

export interface Telemetry {
  /** Of a counter; never less than nothing. */
  add(name: MeterName, labels: Labels, by: number): void;
  /** Of a gauge. */
  set(name: MeterName, labels: Labels, value: number): void;
  /** Of a histogram. */
  observe(name: MeterName, labels: Labels, value: number): void;
  /** In the text format of Prometheus; without the token only what tells of nobody's account. */
  text(withPrivate: boolean): Promise<string>;
}

/** What `text` is. */
export const TELEMETRY_TYPE = "text/plain; version=0.0.4; charset=utf-8";
