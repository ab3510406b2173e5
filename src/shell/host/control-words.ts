/**
 * Control questions as they arrive: one line of JSON from a process of the same user, checked all
 * the same, because a slip in a script must not become a trade.
 */
import type { ControlRequest } from "../../ports/control.ts";
import { err, ok, type Result } from "../../std/result.ts";

/** Bytes of a question; the longest holds a pasted message. */
export const QUESTION_MAX = 16 * 1024;
const NAME_MAX = 200;

type Fields = Readonly<Record<string, unknown>>;

/** The error says what was wrong with it. */
export function readRequest(line: string): Result<ControlRequest, string> {
  const fields = readObject(line);
  if (fields === null) return err("expected one JSON object");
  const request = requestOf(fields);
  return request === null
    ? err(`not a request this version knows: ${line.slice(0, 80)}`)
    : ok(request);
}

/** Whoever asks this wants more than one answer. */
export const isWatch = (line: string): boolean => readObject(line)?.["kind"] === "watch";

function readObject(line: string): Fields | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Fields) : null;
  } catch {
    return null; // whoever asked is told so
  }
}

function requestOf(fields: Fields): ControlRequest | null {
  const { kind } = fields;
  switch (kind) {
    case "status":
    case "snapshot":
    case "attend":
    case "resume":
    case "formats":
    case "apply-formats":
    case "config-reload":
    case "config-diff":
      return { kind };
    case "preview":
    case "paste":
      return withText(kind, fields);
    case "halt":
      return isName(fields["reason"]) ? { kind, reason: fields["reason"] } : null;
    case "flatten":
      return flattenOf(fields["account"]);
    case "lockout":
      return lockoutOf(fields);
    case "firm-reset":
      return isName(fields["account"]) ? { kind, account: fields["account"] } : null;
    case "firm-payout":
      return paidOut(fields);
    case "switch":
      return switchOf(fields);
    case "channel-passed": {
      const { channel, fingerprint } = fields;
      return isName(channel) && isName(fingerprint) ? { kind, channel, fingerprint } : null;
    }
    case "ack":
      return isName(fields["by"]) ? { kind, by: fields["by"] } : null;
    case "approve":
    case "refuse":
      return isCount(fields["entry"]) ? { kind, entry: fields["entry"] } : null;
    case "close":
    case "breakeven":
    case "cancel":
    case "release":
    case "trim":
    case "stop":
    case "target":
      return ofTrade(kind, fields);
    default:
      return null;
  }
}

function withText(kind: "preview" | "paste", { id, text }: Fields): ControlRequest | null {
  return isName(id) && typeof text === "string" ? { kind, id, text } : null;
}

function flattenOf(account: unknown): ControlRequest | null {
  const named = account ?? null;
  return named === null || isName(named) ? { kind: "flatten", account: named } : null;
}

function lockoutOf({ until, account }: Fields): ControlRequest | null {
  const named = account ?? null;
  if (named !== null && !isName(named)) return null;
  return until === "next-session" || isCount(until)
    ? { kind: "lockout", until, account: named }
    : null;
}

function paidOut({ account, amountUsd }: Fields): ControlRequest | null {
  const isSum =
    typeof amountUsd === "number" &&
    amountUsd > 0 &&
    /^\d{1,9}(\.\d{1,4})?$/.test(String(amountUsd));
  return isName(account) && isSum ? { kind: "firm-payout", account, amountUsd } : null;
}

const switchOf = ({ account, to }: Fields): ControlRequest | null =>
  isName(account) && (to === "on" || to === "off") ? { kind: "switch", account, to } : null;

type TradeKind = Extract<ControlRequest, { readonly trade: number }>["kind"];

function ofTrade(kind: TradeKind, { trade, quantity, points }: Fields): ControlRequest | null {
  if (!isCount(trade)) return null;
  switch (kind) {
    case "trim":
      return isCount(quantity) ? { kind, trade, quantity } : null;
    case "stop":
    case "target":
      return isPrice(points) ? { kind, trade, points } : null;
    default:
      return { kind, trade };
  }
}

const isName = (value: unknown): value is string =>
  typeof value === "string" && value !== "" && value.length <= NAME_MAX;
const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) > 0;
const isPrice = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value);
