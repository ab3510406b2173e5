/**
 * One login, looked at closely: is the key good, has everything been signed, does the clock agree.
 *
 * The gateway logs in by itself and goes on trying; here a person waits, so there is one try and a
 * line for whatever came of it.
 */

import type { Check } from "../../core/model/check.ts";
import type { Millis } from "../../core/model/units.ts";
import type { Login } from "../../ports/venue-desk.ts";
import { fieldsIn, jsonIn } from "./json-fields.ts";
import { readLogin } from "./login.ts";
import type { Credentials } from "./token.ts";
import type { Reply, Transport } from "./transport.ts";

export interface LoginCheck {
  readonly login: Login;
  readonly checks: readonly Check[];
}

const TIMEOUT = 10_000 as Millis;
/** Beyond this no entry is taken; before it, what is measured is corrected. */
const OFFSET_MAX = 5_000;
const OFFSET_WORTH_A_NOTE = 2_000;
const HALF_A_SECOND = 500;

export async function checkLogin(
  transport: Transport,
  credentials: Credentials,
): Promise<LoginCheck> {
  const body = JSON.stringify(credentials);
  const reply = await new Promise<Reply>((resolve) =>
    transport.exchange(
      { method: "POST", path: "/api/Auth/loginKey", token: null, body, timeout: TIMEOUT },
      resolve,
    ),
  );
  const read = readLogin(reply);
  if (!read.ok) return failed(reply, read.error.reason, read.error.kind === "fatal");
  const date = reply.kind === "answered" ? reply.date : null;
  const offset = date === null ? null : transport.clock.now() - date - HALF_A_SECOND;
  return {
    login: "in",
    checks: [
      { what: "key", state: "ok", says: "the venue takes it" },
      { what: "subscription and agreements", state: "ok", says: "in order" },
      ...(offset === null ? [] : [clockCheck(offset)]),
    ],
  };
}

function failed(reply: Reply, reason: string, isFatal: boolean): LoginCheck {
  const problem = (what: string, says: string): readonly Check[] => [
    { what, state: "problem", says },
  ];
  return isFatal
    ? { login: "refused", checks: problem(subjectOf(reply), reason) }
    : { login: "unreachable", checks: problem("venue", `${reason}; ${adviceOn(reply)}`) };
}

const adviceOn = ({ kind }: Reply): string =>
  kind === "answered"
    ? "try again later"
    : "look at the line and at broker.restUrl, or try again later";

const AGREEMENTS = 7;
const SUBSCRIPTION = 9;

/** What of a login is not in order. */
function subjectOf(reply: Reply): string {
  const code = reply.kind === "answered" ? fieldsIn(jsonIn(reply.body))?.["errorCode"] : null;
  if (code === AGREEMENTS) return "agreements";
  return code === SUBSCRIPTION ? "subscription" : "key";
}

/** The date of an answer is cut to whole seconds: on average it is half of one too early. */
function clockCheck(offset: number): Check {
  const what = "clock";
  const away = `${(Math.abs(offset) / 1_000).toFixed(1)} s ${offset > 0 ? "ahead of" : "behind"}`;
  if (Math.abs(offset) > OFFSET_MAX) {
    const says = `${away} the venue's; switch on automatic time, no entry is taken above 5 s`;
    return { what, state: "problem", says };
  }
  const state = Math.abs(offset) > OFFSET_WORTH_A_NOTE ? "note" : "ok";
  return { what, state, says: `${away} the venue's` };
}
