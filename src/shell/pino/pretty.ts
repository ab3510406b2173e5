/** A line of the log for a person at a terminal: time, level, part of the house, what happened. */
import { clean } from "../../core/views/plain-text.ts";

const COLOURS: Readonly<Record<string, string>> = {
  debug: "\u001b[2m",
  warn: "\u001b[33m",
  error: "\u001b[31m",
};
const PLAIN = "\u001b[0m";

export function prettyLine(line: string, colour: boolean): string {
  const { at, level, component, event, ...detail } = partsOf(line);
  const told = Object.entries(detail).map(([key, value]) => `${key}=${valueText(value)}`);
  const name = String(level).toUpperCase().padEnd(5);
  const text = clean(
    [String(at ?? "").slice(11, 23), name, component ?? "engine", event, ...told].join(" "),
  );
  const paint = colour ? COLOURS[String(level)] : undefined;
  return paint === undefined ? text : `${paint}${text}${PLAIN}`;
}

/** What was removed may have taken a sign with it that the object needed. */
function partsOf(line: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(line);
  } catch {
    return { event: line };
  }
}

const valueText = (value: unknown): string =>
  typeof value === "string" && /^[\w.:/-]+$/.test(value) ? value : JSON.stringify(value);
