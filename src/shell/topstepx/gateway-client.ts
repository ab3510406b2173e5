/**
 * The gateway: typed calls on one side, single exchanges on the other.
 *
 * ```text
 * call ─► budget: whose turn is it ─► token ─► exchange ─► reply ─► done, refused, not-sent, unknown
 *             ▲                         ▲                    │
 *             └── 429: fall silent      └── 401: a new one ──┤
 *                                                            └─► a read once more; a change never
 * ```
 *
 * A change that met a 401, a 429 or silence is `unknown`: whoever asked for it looks it up by its
 * tag. Whatever is said here, in reasons, log lines or figures, has neither key nor token in it.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../ports/log.ts";
import type { Result } from "../../std/result.ts";
import { askTwice, type Question } from "./asked-twice.ts";
import { Budget, type BudgetFigures } from "./budget.ts";
import { type Lane, LIMITS, type Limits } from "./call-limits.ts";
import { loginTimeout, TIMEOUTS, type Timeouts } from "./call-timeouts.ts";
import { clockOffset } from "./clock-offset.ts";
import { isMutation } from "./codes.ts";
import { type FaultLog, faultLog } from "./fault-log.ts";
import type { Called, Gateway, Urgency } from "./gateway.ts";
import type { LoginFault } from "./login.ts";
import { calledOf } from "./outcomes.ts";
import { createRedactor, type Redactor } from "./redactor.ts";
import { SameAnswers } from "./same-answers.ts";
import { type Credentials, TokenKeeper } from "./token.ts";
import type { Exchange, Reply, Transport } from "./transport.ts";
import { WaitingChanges, type Wanted } from "./waiting-changes.ts";
import type { Answer, Asked, CallName } from "./wire-types.ts";

export interface GatewayParts {
  readonly transport: Transport;
  readonly credentials: Credentials;
  readonly log: Log;
  readonly limits?: Limits;
  readonly timeouts?: Timeouts;
}

/** What concerns every account of the login at once. Told as it happens, and never from inside a call. */
export interface LoginListener {
  /** No login before a person has acted; the reason says what to do. */
  shutOut(reason: string): void;
  /** An answer bore the venue's time. */
  dated(): void;
  /** Whether any of them holds something, or may: then nobody can look after it meanwhile. */
  isExposed(): boolean;
}

export interface GatewayHealth extends BudgetFigures {
  readonly hasToken: boolean;
  readonly loginFault: LoginFault | null;
  /** Logins and renewals in a row that failed, and tokens that were not taken. */
  readonly loginFailures: number;
  /** Exchanges begun since the start. */
  readonly calls: number;
  /** Answers with status 429 since the start. */
  readonly limited: number;
  readonly lastAnswerAt: Millis | null;
  readonly lastError: ReturnType<FaultLog["last"]>;
}

export const createGateway = (parts: GatewayParts): GatewayClient => new GatewayClient(parts);

export class GatewayClient implements Gateway {
  /** For words that others heard from the venue. */
  readonly redactor: Redactor;
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #faults: FaultLog;
  readonly #timeouts: Timeouts;
  readonly #budget: Budget;
  readonly #token: TokenKeeper;
  readonly #offset = clockOffset();
  readonly #answers = new SameAnswers();
  readonly #waiting = new WaitingChanges<Reply>();
  #calls = 0;
  #limited = 0;
  #lastAnswerAt: Millis | null = null;
  #listener: LoginListener | null = null;

  constructor({ transport, credentials, log, limits, timeouts }: GatewayParts) {
    const { clock } = transport;
    this.redactor = createRedactor(credentials.apiKey);
    this.#transport = transport;
    this.#clock = clock;
    this.#faults = faultLog(clock, log);
    this.#timeouts = timeouts ?? TIMEOUTS;
    this.#budget = new Budget({
      clock,
      limits: limits ?? LIMITS,
      isOpen: (lane) => lane === "login" || this.#token.current() !== null,
    });
    this.#token = new TokenKeeper({
      clock,
      credentials,
      redactor: this.redactor,
      log,
      send: (request, replied) => this.#withoutToken({ method: "POST", ...request }, replied),
      venueNow: () => millis(clock.now() + (this.#offset.offset() ?? 0)),
      changed: () => this.#budget.look(),
      shutOut: (reason) => this.#listener?.shutOut(reason),
      isExposed: () => this.#listener?.isExposed() ?? false,
    });
  }

  call<Name extends CallName>(
    name: Name,
    asked: Asked<Name>,
    urgency: Urgency,
    called: (result: Called<Answer<Name>>, sentAt: Millis) => void,
    begun: () => void = () => {},
  ): void {
    const path = `/api/${name}`;
    const isChange = isMutation(name);
    const timeout = millis(this.#timeouts[urgency]);
    const body = JSON.stringify(asked);
    let sentAt = this.#clock.now();
    const way: Way = {
      lane: name === "History/retrieveBars" ? "bars" : urgency,
      request: { method: "POST", path, token: null, body, timeout },
      isLast: () => isChange,
      begun: () => {
        sentAt = this.#clock.now();
        begun();
      },
      replied: (reply) => {
        const read = (): Called<Answer<Name>> => calledOf(name, reply);
        const result = isChange ? read() : this.#answers.read(`${path} ${body}`, reply, read);
        called(this.#cleaned(path, isChange, result), sentAt);
      },
    };
    const place = "orderId" in asked ? `${path} ${asked.orderId}` : `${path} ${body}`;
    if (isRepeatable(name)) this.#onceWaiting({ place, words: body }, way);
    else if (isChange || urgency === "history") this.#withToken(way);
    else askTwice(way, this.#clock, (one) => this.#withToken(one));
  }

  promise = (account: number, calls: number): void => this.#budget.promise(account, calls);

  /** From now on; what was before stands in `health` and `clockOffset`. */
  listen(listener: LoginListener): void {
    this.#listener = listener;
  }

  /** Told of the token, or of why there is none, at the latest when the next try ends. */
  login(done: (result: Result<string, LoginFault>) => void): void {
    this.#token.ask(done);
  }

  /** The current token, for the hubs; null while there is none, and then one is fetched. */
  token(): string | null {
    this.#token.need();
    return this.#token.current();
  }

  /** A hub did not take it. */
  tokenRefused(token: string): void {
    this.#token.distrusted(token);
  }

  /** Whether anybody is there; it needs no token and proves none. */
  ping(called: (result: Called<null>) => void): void {
    const path = "/api/Status/ping";
    this.#withoutToken({ method: "GET", path, token: null, body: null }, (reply) =>
      called(this.#cleaned(path, false, pingedOf(reply))),
    );
  }

  /** What to add to our clock to have the venue's; null before its first answer. */
  clockOffset(): Millis | null {
    return this.#offset.offset();
  }

  health(): GatewayHealth {
    return {
      ...this.#budget.figures(),
      hasToken: this.#token.current() !== null,
      loginFault: this.#token.fault(),
      loginFailures: this.#token.failures(),
      calls: this.#calls,
      limited: this.#limited,
      lastAnswerAt: this.#lastAnswerAt,
      lastError: this.#faults.last(),
    };
  }

  /** What waits is given up; what is under way ends as it ends. The transport is the caller's. */
  close(): void {
    this.#token.close();
    this.#budget.close();
  }

  #onceWaiting(wanted: Wanted, way: Way): void {
    if (this.#waiting.joins(wanted, way.replied)) return;
    const { left, tell } = this.#waiting.begin(wanted, way.replied);
    const begun = (): void => {
      left();
      way.begun();
    };
    this.#withToken({ ...way, begun, replied: tell });
  }

  #withToken(way: Way): void {
    this.#token.need();
    this.#budget.submit({
      lane: way.lane,
      start: () => {
        way.begun();
        const token = this.#token.current();
        this.#exchange({ ...way.request, token }, (reply) => {
          if (token !== null) this.#judgeToken(token, reply);
          if (way.isLast() || !isUnauthorized(reply)) return way.replied(reply);
          way.begun();
          this.#withToken({ ...way, isLast: () => true });
        });
      },
      giveUp: (reason) => {
        const isLoggedIn = this.#token.current() !== null;
        const why = isLoggedIn ? reason : (this.#token.fault()?.reason ?? reason);
        way.replied({ kind: "not-sent", reason: why });
      },
    });
  }

  #withoutToken(request: Omit<Exchange, "timeout">, replied: (reply: Reply) => void): void {
    const timeout = loginTimeout(this.#timeouts, this.#token.failures());
    this.#budget.submit({
      lane: "login",
      start: () => this.#exchange({ ...request, timeout }, replied),
      giveUp: (reason) => replied({ kind: "not-sent", reason }),
    });
  }

  /** One exchange, with all that is learnt from any reply. */
  #exchange(request: Exchange, replied: (reply: Reply) => void): void {
    const sentAt = this.#clock.now();
    this.#calls += 1;
    this.#transport.exchange(request, (reply) => {
      if (reply.kind === "answered") this.#learn(sentAt, reply);
      replied(reply);
      this.#budget.finished();
    });
  }

  #learn(sentAt: Millis, { status, date, retryAfter }: Answered): void {
    const receivedAt = this.#clock.now();
    this.#lastAnswerAt = receivedAt;
    if (date !== null) {
      this.#offset.hear({ sentAt, receivedAt, date });
      this.#listener?.dated();
    }
    if (status !== TOO_MANY) return this.#budget.ease(sentAt);
    this.#limited += 1;
    this.#budget.hold(retryAfter);
  }

  #judgeToken(token: string, reply: Reply): void {
    if (isUnauthorized(reply)) this.#token.refused(token);
    else if (reply.kind === "answered" && reply.status === 200) this.#token.accepted(token);
  }

  #cleaned<T>(path: string, isChange: boolean, result: Called<T>): Called<T> {
    if (result.kind === "done") return result;
    const reason = this.redactor.clean(result.reason);
    if (result.kind !== "refused") {
      this.#faults.note({ path, outcome: result.kind, isChange, reason });
    }
    return { ...result, reason };
  }
}

/** Asked for twice it does no more than once; two parts closed are two. */
const isRepeatable = (name: CallName): boolean =>
  isMutation(name) && name !== "Position/partialCloseContract";

/** What it takes to make a call once more. */
interface Way extends Question {
  readonly lane: Lane;
  readonly request: Exchange;
}

type Answered = Extract<Reply, { readonly kind: "answered" }>;

const TOO_MANY = 429;

const isUnauthorized = (reply: Reply): boolean => reply.kind === "answered" && reply.status === 401;

const pingedOf = (reply: Reply): Called<null> => {
  if (reply.kind === "not-sent") return reply;
  if (reply.kind === "lost") return { kind: "unknown", reason: reply.reason };
  if (reply.status === 200) return { kind: "done", value: null };
  return { kind: "unknown", reason: `HTTP status ${reply.status}` };
};
