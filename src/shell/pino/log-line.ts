/** One line of the log, as whoever writes it says it. Long texts are cut: a line is for people. */
import { isoOf } from "../../core/model/iso-time.ts";
import type { LogComponent } from "../../core/model/log-components.ts";
import type { Millis } from "../../core/model/units.ts";
import type { LogDetail, LogLevel } from "../../ports/log.ts";

export interface LogLine {
  readonly at: Millis;
  readonly level: LogLevel;
  readonly component: LogComponent;
  readonly event: string;
  readonly detail: LogDetail;
}

const TEXT_MAX = 4_000;

/** The same text that pino makes of it. */
export const textOf = ({ at, level, component, event, detail }: LogLine): string =>
  JSON.stringify({ level, at: isoOf(at), component, event, ...cut(detail) });

export function cut(detail: LogDetail): LogDetail {
  const isLong = Object.values(detail).some(
    (one) => typeof one === "string" && one.length > TEXT_MAX,
  );
  if (!isLong) return detail;
  return Object.fromEntries(
    Object.entries(detail).map(([key, one]) => [
      key,
      typeof one === "string" && one.length > TEXT_MAX ? `${one.slice(0, TEXT_MAX)}...` : one,
    ]),
  );
}
