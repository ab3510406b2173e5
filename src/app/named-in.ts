/** By which lines of the log about one thing are found: its trade, its message, its account. */
import { type MessageRef, messageKey } from "../core/model/message.ts";

const NAMES = ["trade", "account", "order"] as const;

/** Cheap: it is asked of every fact, and mostly for nothing. */
export function namedIn(thing: object): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of NAMES) {
    const value: unknown = Reflect.get(thing, name);
    if (typeof value === "string") found[name] = value;
  }
  const message: unknown = Reflect.get(thing, "message");
  if (isRef(message)) found["message"] = messageKey(message);
  return found;
}

const isRef = (value: unknown): value is MessageRef =>
  typeof value === "object" &&
  value !== null &&
  ["source", "channel", "id"].every((name) => typeof Reflect.get(value, name) === "string");
