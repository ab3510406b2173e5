/**
 * Whose token it is. Only a bot's is ever used.
 *
 * A program that acts with the account of a person ("self-bot") breaks Discord's terms of service,
 * and the account can be closed for it. There is no option that allows it. Source: Discord support,
 * "Automated User Accounts (Self-Bots)", 2026.
 */
import { err, ok, type Result } from "../../std/result.ts";

export const USER_TOKEN =
  "this is the token of a user account; Discord's terms forbid programs to use one, and the account can be closed for it. Legitimate ways: a bot invited by the owner of the server; following an announcement channel into a server of your own; alerts sent to our webhook; pasting them (docs/guide/rooms-without-bots.md)";

const NO_TOKEN =
  "this is no bot token; copy it from the developer portal: Bot, Reset Token (not the client secret, not the public key)";

/** Three parts with dots between them; the first is the account's id in base64. */
const SHAPE = /^[\w-]{20,40}\.[\w-]{5,12}\.[\w-]{20,80}$/;

export function botToken(secret: string): Result<string, string> {
  const token = secret.replace(/^Bot\s+/i, "");
  if (/^mfa\./i.test(token)) return err(USER_TOKEN);
  const account = Buffer.from(token.split(".")[0] ?? "", "base64url").toString("latin1");
  return SHAPE.test(token) && /^\d{15,20}$/.test(account) ? ok(token) : err(NO_TOKEN);
}
