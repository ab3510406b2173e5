/** Where the way of an alert is told to a tracing product, if one listens. */
import type { Millis } from "../core/model/units.ts";

export interface Span {
  readonly name: "alert" | "order" | "fill";
  readonly from: Millis;
  readonly to: Millis;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly within: readonly Span[];
}

export interface Spans {
  record(span: Span): void;
}
