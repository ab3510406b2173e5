/**
 * How long an answer is waited for.
 *
 * Answers come within a tenth of a second. Whoever protects a position cannot wait for one that does
 * not come: he looks again. And without a token nobody is protected at all, so only a venue that is
 * slow to log us in each time is waited for.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { Urgency } from "./gateway.ts";

/** In milliseconds. */
export type Timeouts = Readonly<Record<Urgency | "login", number>>;

export const TIMEOUTS: Timeouts = {
  login: 10_000,
  reduce: 5_000,
  protect: 5_000,
  rescue: 4_000,
  check: 4_000,
  complete: 10_000,
  enter: 10_000,
  read: 4_000,
  history: 30_000,
};

/** So long is a login waited for, the first few times in a row. */
const LOGIN_EAGER = 3_000;
const EAGER_LOGINS = 12;

/** `failures` in a row went before it. */
export const loginTimeout = ({ login }: Timeouts, failures: number): Millis =>
  millis(failures < EAGER_LOGINS ? Math.min(login, LOGIN_EAGER) : login);
