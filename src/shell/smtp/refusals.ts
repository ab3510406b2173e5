/**
 * What a mail server's refusal means for the letter and for its channel.
 *
 * ```text
 * no connection, no TLS, no login, 421 ─► the channel is not to be had
 * 4xx: not now (greylisting, full)     ─► this letter later, the others all the same
 * 5xx: not this one                    ─► the same; it may be mended, and after a day it is named
 * ```
 */
import { clean, cutTo } from "../../core/views/plain-text.ts";
import type { Delivery } from "../../ports/notifier.ts";

/** As the library throws it. */
interface MailError extends Error {
  readonly code?: unknown;
  readonly responseCode?: unknown;
  readonly response?: unknown;
}

const SAID_MAX = 200;

export const oneLine = (text: string): string => cutTo(clean(text), SAID_MAX);

export function refusalOf(error: unknown, channel: string): Delivery {
  const { code, responseCode, response, message } = errorOf(error);
  const said = oneLine(typeof response === "string" && response !== "" ? response : message);
  const fix = fixOf(String(code), message, channel);
  const status = typeof responseCode === "number" ? responseCode : 0;
  const isOfLetter = fix === null && status >= 400 && status !== 421;
  return { kind: "refused", scope: isOfLetter ? "letter" : "channel", said, fix, after: null };
}

const errorOf = (error: unknown): MailError =>
  error instanceof Error ? error : new Error(String(error));

/** What only a person can mend; null: time may. */
function fixOf(code: string, message: string, channel: string): string | null {
  if (code === "EAUTH" || code === "ENOAUTH") {
    return `the server refuses the login: check user and password of the channel ${channel}; many providers want a password made for one program`;
  }
  if (code === "EDNS") return `there is no such host: check host of the channel ${channel}`;
  if (code === "ETLS" || /certificate|self.signed|wrong version number|altname/i.test(message)) {
    return `no encrypted connection: check security, port and ca of the channel ${channel}`;
  }
  return null;
}
