/**
 * The token: fetched once for all who need it, renewed long before it ends.
 *
 * ```text
 *  none ──login──► held ──half of its life──► validate ─► the new one, or the same a while longer
 *   ▲               │    less than an hour left: login anew
 *   └── 401, end ───┘    and after a 401: try what the login gave, before any call uses it
 * ```
 *
 * Calls that change something are never repeated after a 401, so a token known to be dead is not
 * used again: calls wait for the next one instead, and for proof that the venue takes it. There is one request at a time whoever asks, and
 * a venue that gives tokens it does not take is asked every five seconds at most.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log, LogLevel } from "../../ports/log.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { expiryOf, type LoginFault, readLogin, readRenewal } from "./login.ts";
import type { Redactor } from "./redactor.ts";
import type { Reply } from "./transport.ts";

export interface Credentials {
  /** Of the platform, not an e-mail address. */
  readonly userName: string;
  readonly apiKey: string;
}

export interface AuthRequest {
  readonly path: string;
  readonly token: string | null;
  readonly body: string | null;
}

export interface TokenParts {
  readonly clock: Clock;
  readonly credentials: Credentials;
  readonly redactor: Redactor;
  readonly log: Log;
  /** Never answers from inside. */
  readonly send: (request: AuthRequest, replied: (reply: Reply) => void) => void;
  /** Our clock, corrected by what the venue's headers say. */
  readonly venueNow: () => Millis;
  /** A token came or went, or a try at one failed. */
  readonly changed: () => void;
  /** The venue gives none before a person has done something about it. */
  readonly shutOut: (reason: string) => void;
}

interface Held {
  readonly text: string;
  readonly expiresAt: Millis;
  isProven: boolean;
}

type Asking = (result: Result<string, LoginFault>) => void;

/** Where a token does not tell: as documented. */
const LIFE = 86_400_000;
/** With less than this left only a login helps. */
const LIFE_MIN = 3_600_000;
const RENEW_AFTER_MIN = 10_000;
/** Between tries that failed. No longer: without a token a position cannot even be looked at. */
const PAUSES = [1_000, 1_000, 1_000, 2_000, 2_000, 5_000];
/** A person is needed; he may have come meanwhile. */
const FATAL_PAUSE = 300_000;
const ASKING_MAX = 1_000;
/** Failures in a row that are logged: the first, then one a minute. */
const TOLD_AT_FIRST = 3;
const TOLD_EVERY = 12;

export class TokenKeeper {
  readonly #parts: TokenParts;
  #held: Held | null = null;
  #isUnderWay = false;
  #isClosed = false;
  /** The last one was not taken; what comes next has to be proven first. */
  #isDoubted = false;
  #failures = 0;
  #fault: LoginFault | null = null;
  /** No login within: the one before failed. */
  #pause = { from: 0, span: 0 };
  /** Calls off the next renewal, or the next try: there is never more than one. */
  #planned = (): void => {};
  #asking: Asking[] = [];

  constructor(parts: TokenParts) {
    this.#parts = parts;
  }

  /** Null until there is one; who needs it says so. */
  current(): string | null {
    const held = this.#held;
    return held !== null && this.#parts.venueNow() < held.expiresAt ? held.text : null;
  }

  /** Of the last try; null when it went well. */
  fault(): LoginFault | null {
    return this.#fault;
  }

  /** Tries in a row that failed, and tokens that were not taken. */
  failures(): number {
    return this.#failures;
  }

  /** Sees to it that one comes. */
  need(): void {
    if (this.current() === null && !this.#isPaused()) this.#login();
  }

  /** Told of this token or of how the next try ended; never from inside. */
  ask(done: Asking): void {
    const token = this.current();
    if (token !== null) return this.#soon(() => done(ok(token)));
    const fault = this.#isClosed || this.#asking.length >= ASKING_MAX ? CLOSED : this.#fault;
    if (fault !== null && (fault === CLOSED || fault.kind === "fatal")) {
      return this.#soon(() => done(err(fault)));
    }
    this.#asking.push(done);
    this.need();
  }

  accepted(token: string): void {
    if (this.#held === null || this.#held.text !== token || this.#held.isProven) return;
    this.#held.isProven = true;
    this.#failures = 0;
  }

  refused(token: string): void {
    if (this.#held === null || this.#held.text !== token) return;
    const { isProven } = this.#held;
    this.#held = null;
    this.#isDoubted = true;
    if (isProven) return this.#login();
    this.#failures += 1;
    this.#say("warn", "topstepx-token-refused", "the venue does not take it");
    if (!this.#isUnderWay) this.#tryLater(null);
  }

  /** A hub did not take it. Calls may still be served with it, so it stays until there is another. */
  distrusted(token: string): void {
    if (this.#held?.text === token && !this.#isPaused()) this.#login();
  }

  close(): void {
    this.#isClosed = true;
    this.#planned();
    this.#tell(err(CLOSED));
  }

  /** A clock that was set back ends the pause: it would else last as long again. */
  #isPaused(): boolean {
    const passed = this.#parts.clock.now() - this.#pause.from;
    return passed >= 0 && passed < this.#pause.span;
  }

  #request(what: AuthRequest, replied: (reply: Reply) => void): void {
    if (this.#isUnderWay || this.#isClosed) return;
    this.#planned();
    this.#isUnderWay = true;
    this.#parts.send(what, (reply) => {
      this.#isUnderWay = false;
      if (!this.#isClosed) replied(reply);
    });
  }

  #login(): void {
    const { userName, apiKey } = this.#parts.credentials;
    const body = JSON.stringify({ userName, apiKey });
    this.#request({ path: "/api/Auth/loginKey", token: null, body }, (reply) => {
      const read = readLogin(reply);
      if (!read.ok) this.#failed(read.error);
      else if (this.#isDoubted) this.#prove(read.value);
      else this.#hold(read.value);
    });
  }

  /** By a call like any other: who is asked to log in or to validate may be better informed. */
  #prove(token: string): void {
    this.#parts.redactor.add(token);
    this.#request({ path: "/api/Account/search", token, body: PROOF }, (reply) => {
      if (reply.kind !== "answered") return this.#failed(notTaken(reply.reason));
      const { status, retryAfter } = reply;
      if (status !== 200) return this.#failed(notTaken(`HTTP status ${status}`, retryAfter));
      this.#isDoubted = false;
      this.#hold(token);
    });
  }

  #validate(token: string): void {
    this.#request({ path: "/api/Auth/validate", token, body: null }, (reply) => {
      const renewal = readRenewal(reply);
      const isHeld = this.#held?.text === token;
      if (renewal.kind === "retry") return this.#failed(renewal);
      if (renewal.kind === "valid" && renewal.token !== null) return this.#hold(renewal.token);
      if (renewal.kind === "valid" && isHeld) return this.#keep();
      this.#held = null;
      this.#login();
    });
  }

  #renew(): void {
    const token = this.current();
    if (token === null || this.#lifeLeft() < LIFE_MIN) this.#login();
    else this.#validate(token);
  }

  #lifeLeft(): number {
    return (this.#held?.expiresAt ?? 0) - this.#parts.venueNow();
  }

  #planRenewal(): void {
    this.#plan(Math.max(RENEW_AFTER_MIN, Math.floor(this.#lifeLeft() / 2)));
  }

  #plan(delay: number): void {
    const { clock } = this.#parts;
    this.#planned();
    this.#planned = clock.schedule(millis(clock.now() + delay), () => this.#renew());
  }

  #hold(token: string): void {
    const { redactor, log, venueNow } = this.#parts;
    redactor.add(token);
    const told = expiryOf(token);
    const now = venueNow();
    const expiresAt = told !== null && told > now ? told : millis(now + LIFE);
    if (this.#fault !== null) log.write("info", "topstepx-logged-in");
    // Whether this one is any better than those before is seen when it is used.
    this.#held = { text: token, expiresAt, isProven: false };
    this.#fault = null;
    this.#planRenewal();
    this.#tell(ok(token));
  }

  /** The venue took it just now. */
  #keep(): void {
    this.#fault = null;
    this.#failures = 0;
    this.#planRenewal();
  }

  #failed(found: LoginFault): void {
    const reason = this.#parts.redactor.clean(found.reason);
    this.#fault = { ...found, reason };
    this.#failures += 1;
    this.#say(found.kind === "fatal" ? "error" : "warn", "topstepx-login-failed", reason);
    this.#tryLater(found);
    this.#tell(err(this.#fault));
    if (found.kind === "fatal") this.#parts.shutOut(reason);
  }

  #say(level: LogLevel, event: string, reason: string): void {
    const failures = this.#failures;
    const isWorthALine = failures <= TOLD_AT_FIRST || failures % TOLD_EVERY === 0;
    if (isWorthALine) this.#parts.log.write(level, event, { reason, failures });
  }

  #tryLater(because: LoginFault | null): void {
    const step = PAUSES[Math.min(this.#failures, PAUSES.length) - 1] ?? 0;
    const asked = Math.min(because?.retryAfter ?? 0, FATAL_PAUSE);
    const span = because?.kind === "fatal" ? FATAL_PAUSE : Math.max(step, asked);
    this.#pause = { from: this.#parts.clock.now(), span };
    this.#plan(span);
  }

  #tell(result: Result<string, LoginFault>): void {
    const asking = this.#asking;
    this.#asking = [];
    for (const done of asking) done(result);
    this.#parts.changed();
  }

  #soon(task: () => void): void {
    this.#parts.clock.schedule(this.#parts.clock.now(), task);
  }
}

const PROOF = JSON.stringify({ onlyActiveAccounts: true });

const notTaken = (reason: string, retryAfter: Millis | null = null): LoginFault => ({
  kind: "retry",
  reason: `the venue does not take the token it has just given: ${reason}`,
  retryAfter,
});

const CLOSED: LoginFault = { kind: "retry", reason: "nobody may log in now", retryAfter: null };
