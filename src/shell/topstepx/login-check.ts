/**
 * One login, looked at closely: is the key good, has everything been signed, does the clock agree.
 *
 * The gateway logs in by itself and only says that it could not; here the venue's code becomes a
 * line that says what to do.
 */
import type { Millis } from "../../core/model/units.ts";
import type { Check, Login } from "../../ports/venue-desk.ts";
import type { Reply, Transport } from "./transport.ts";

export interface Credentials {
  readonly userName: string;
  readonly apiKey: string;
}

export interface LoginCheck {
  readonly login: Login;
  readonly checks: readonly Check[];
}

/** Of `LoginErrorCode`; the others are the venue's own trouble. */
const REFUSALS: Readonly<Record<number, string>> = {
  1: "the venue knows no such user; broker.userName is the platform's user name, not the e-mail",
  2: "the venue does not take this key; make a new one in its settings, under API",
  3: "the venue does not take user name and key; the name is not the e-mail, the key may be an old one",
  7: "agreements have not been signed; log in to the platform in a browser and accept them",
  9: "there is no API subscription; buy one in the platform, under API, and link it to ProjectX",
  10: "API keys are switched off for this user; switch them on in the platform, under API",
};

const TIMEOUT = 10_000 as Millis;
/** Beyond this no entry is taken; before it, what is measured is corrected. */
const OFFSET_MAX = 5_000;
const OFFSET_WORTH_A_NOTE = 2_000;
const HALF_A_SECOND = 500;

export async function checkLogin(
  transport: Transport,
  credentials: Credentials,
): Promise<LoginCheck> {
  const reply = await new Promise<Reply>((resolve) =>
    transport.exchange(
      {
        method: "POST",
        path: "/api/Auth/loginKey",
        token: null,
        body: JSON.stringify(credentials),
        timeout: TIMEOUT,
      },
      resolve,
    ),
  );
  if (reply.kind !== "answered") return unreachable(reply.reason);
  const { status, body, date } = reply;
  if (status !== 200) return ofStatus(status);
  const code = codeIn(body);
  if (code === null) return unreachable("its answer to a login cannot be read");
  if (code !== 0) return ofCode(code);
  const now = transport.clock.now();
  const checks: Check[] = [{ what: "key", state: "ok", says: "the venue takes it" }];
  checks.push({ what: "subscription and agreements", state: "ok", says: "in order" });
  if (date !== null) checks.push(clockCheck(now - date - HALF_A_SECOND));
  return { login: "in", checks };
}

const unreachable = (why: string): LoginCheck => ({
  login: "unreachable",
  checks: [{ what: "venue", state: "problem", says: `not to be reached: ${why}; try again later` }],
});

const refused = (what: string, says: string): LoginCheck => ({
  login: "refused",
  checks: [{ what, state: "problem", says }],
});

function ofStatus(status: number): LoginCheck {
  if (status === 400) return refused("key", `the venue cannot read user name and key`);
  if (status === 401 || status === 403) return refused("key", REFUSALS[3] ?? "");
  return unreachable(status === 429 ? "too many calls (HTTP 429)" : `HTTP ${status}`);
}

function ofCode(code: number): LoginCheck {
  const says = REFUSALS[code];
  if (says === undefined) return unreachable(`it cannot log anybody in just now (code ${code})`);
  const what = code === 7 ? "agreements" : code === 9 ? "subscription" : "key";
  return refused(what, says);
}

function codeIn(body: string): number | null {
  try {
    const read: unknown = JSON.parse(body);
    const code = typeof read === "object" && read !== null ? Reflect.get(read, "errorCode") : null;
    return typeof code === "number" ? code : null;
  } catch {
    return null; // said by the caller
  }
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
