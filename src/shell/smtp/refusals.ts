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

/** Words of the server in one line, without what it was sent to log in with. */
export function oneLine(text: string, secrets: readonly string[]): string {
  const open = secrets.reduce((rest, secret) => rest.replaceAll(secret, "(secret)"), text);
  return cutTo(clean(open), SAID_MAX);
}

/** As they may come back: as they are, and in each form in which a login carries them. */
export function secretsOf(user: string, password: string): readonly string[] {
  const base64 = (words: string): string => Buffer.from(words).toString("base64");
  return [base64(`\0${user}\0${password}`), base64(password), password];
}

export interface Asked {
  readonly channel: string;
  readonly secrets: readonly string[];
}

export function refusalOf(error: unknown, { channel, secrets }: Asked): Delivery {
  const { code, responseCode, response, message } = errorOf(error);
  const words = typeof response === "string" && response !== "" ? response : message;
  const said = oneLine(words, secrets);
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
