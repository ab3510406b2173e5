/**
 * Keeps one hub up, for ever.
 *
 * ```text
 *        ┌── wait (0, 1, 2, 5, 10, 30 s) ◄── lost: dropped, refused, silent, deaf ───┐
 *        ▼                                                                           │
 *   token ──► connection ──► every subscription granted ──► up ──► events ... ───────┤
 *        ▲                                                                           │
 *        └──────────────────── wait (2 s; 60 s in a quarrel) ◄── GatewayLogout ──────┘
 * ```
 *
 * A hub replays nothing, so `up` means: whatever happened before may have been missed, compare
 * everything. Events can come a moment before `up`, between two grants; who listens takes them at
 * any time, and takes them as hints.
 *
 * Above the transport and without a network of its own: the storm drives it on virtual time.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import { LOGOUT, type Subscription } from "./hub-events.ts";
import { patience } from "./patience.ts";
import { type Roster, roster } from "./roster.ts";
import type { HubLine, HubListener, HubName, Transport } from "./transport.ts";

/** Who keeps the token, as far as a hub needs it. */
export interface TokenSource {
  /** Null while there is none. */
  token(): string | null;
  /** Sees to it that there is one; `done` is called later, whatever came of it. */
  login(done: () => void): void;
  /** A hub did not take it. */
  tokenRefused(token: string): void;
}

export interface HubOwner {
  /** Connected, and everything wanted is subscribed to. */
  up(): void;
  /** Only after `up`. */
  down(reason: string): void;
  event(target: string, args: readonly unknown[]): void;
  /**
   * Logged out again and again: another program may trade with this key. Entries must stop until a
   * person says otherwise; the connection is tried on, slowly. Told once for each quarrel.
   */
  contested(reason: string): void;
}

/** When silence means that a connection is deaf. */
export interface Watchdog {
  readonly silenceMax: Millis;
  /** Events that prove it hears. */
  readonly proof: string;
  /** Whether such events are to be expected just now. */
  readonly isDue: (now: Millis) => boolean;
}

export interface HubLinkParts {
  readonly hub: HubName;
  readonly transport: Pick<Transport, "clock" | "connect">;
  readonly tokens: TokenSource;
  readonly owner: HubOwner;
  /** Of the jitter in the waits. */
  readonly seed: number;
  readonly watchdog: Watchdog | null;
}

export interface HubHealth {
  readonly connected: boolean;
  /** When this state began. */
  readonly since: Millis;
  readonly lastEventAt: Millis | null;
  /** Connections that ended or never came to be. */
  readonly reconnects: number;
  readonly logouts: number;
  /** Subscriptions asked for and not yet granted. */
  readonly pending: number;
  /** What ended the last connection, or the last try at one. */
  readonly trouble: string | null;
}

/** From the first byte to the end of the handshake. */
const CONNECT_MAX = 15_000;
/** Up for so long, a connection is thought to hold. */
const HELD = 10_000;
const LOOK_EVERY = 5_000;
/** For a token; then one is asked for again. */
const LOGIN_MAX = 30_000;
/**
 * Refusals in a row after which a token is given back, and how often at most: calls share it, they
 * may still be served with it, and a login takes its time.
 */
const REFUSALS = 2;
const REFUSED_EVERY = 30_000;
/** Words of the transport for a token that was not taken: they hold the status. */
const REFUSED = /\b40[13]\b/;

export class HubLink {
  readonly #parts: HubLinkParts;
  readonly #roster: Roster;
  readonly #patience: ReturnType<typeof patience>;
  readonly #count = { reconnects: 0, logouts: 0, refusals: 0 };
  #line: HubLine | null = null;
  /** The next try, or the look at the present connection. */
  #callOff: () => void = () => {};
  #isOpen = false;
  #isUp = false;
  #isQuarrel = false;
  #since: Millis;
  #lastEventAt: Millis | null = null;
  #refusedAt = Number.NEGATIVE_INFINITY;
  /** The watchdog's last proof, or since when it could have come. */
  #heardAt: Millis;
  #hasProof = false;
  #trouble: string | null = null;

  constructor(parts: HubLinkParts) {
    const { clock } = parts.transport;
    this.#parts = parts;
    this.#patience = patience(parts.seed);
    this.#since = clock.now();
    this.#heardAt = clock.now();
    this.#roster = roster({
      clock,
      settled: () => this.#settled(),
      failed: (reason) => this.#lost(reason),
    });
  }

  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#tryIn(this.#patience.next());
  }

  close(): void {
    this.#isOpen = false;
    this.#isUp = false;
    this.#hangUp();
  }

  /** All that is to be heard from here on; what is new is asked for at once. */
  want(subscriptions: readonly Subscription[]): void {
    this.#roster.want(subscriptions);
  }

  /** Ends the present connection, for the next. For owners who find it deaf. */
  restart(reason: string): void {
    if (this.#line !== null) this.#lost(reason);
  }

  health(): HubHealth {
    return {
      connected: this.#isUp,
      since: this.#since,
      lastEventAt: this.#lastEventAt,
      reconnects: this.#count.reconnects,
      logouts: this.#count.logouts,
      pending: this.#roster.pending(),
      trouble: this.#trouble,
    };
  }

  #now(): Millis {
    return this.#parts.transport.clock.now();
  }

  #later(wait: number, task: () => void): void {
    this.#callOff();
    this.#callOff = this.#parts.transport.clock.schedule(millis(this.#now() + wait), task);
  }

  #tryIn(wait: Millis): void {
    this.#later(wait, () => this.#logIn());
  }

  /** At once where there is a token. The keeper answers in its own time, or is asked again. */
  #logIn(): void {
    const { tokens } = this.#parts;
    if (tokens.token() !== null) return this.#connect();
    let isAwaited = true;
    const go = (): void => {
      if (!isAwaited || !this.#isOpen || this.#line !== null) return;
      isAwaited = false;
      this.#connect();
    };
    this.#later(LOGIN_MAX, go);
    tokens.login(go);
  }

  #connect(): void {
    const { hub, transport, tokens } = this.#parts;
    const token = tokens.token();
    if (token === null) return this.#lost("there is no token");
    this.#later(CONNECT_MAX, () => this.#lost("no connection within 15 s"));
    const line: HubLine = transport.connect(
      hub,
      token,
      this.#ears(token, () => line === this.#line),
    );
    this.#line = line;
  }

  /** A line that was given up may still talk. */
  #ears(token: string, isPresent: () => boolean): HubListener {
    return {
      up: () => {
        if (!isPresent() || this.#line === null) return;
        this.#callOff(); // from here on the roster watches the time
        this.#roster.attach(this.#line);
      },
      down: (reason) => {
        if (!isPresent()) return;
        this.#judge(token, reason);
        this.#lost(reason);
      },
      event: (target, args) => {
        if (isPresent()) this.#hear(target, args);
      },
    };
  }

  #judge(token: string, reason: string): void {
    this.#count.refusals = REFUSED.test(reason) ? this.#count.refusals + 1 : 0;
    const isDue = this.#now() - this.#refusedAt >= REFUSED_EVERY;
    if (this.#count.refusals < REFUSALS || !isDue) return;
    this.#refusedAt = this.#now();
    this.#parts.tokens.tokenRefused(token);
  }

  #settled(): void {
    this.#isUp = true;
    this.#since = this.#now();
    this.#heardAt = this.#now();
    this.#hasProof = false;
    this.#count.refusals = 0;
    this.#later(LOOK_EVERY, () => this.#look());
    this.#parts.owner.up();
  }

  #hear(target: string, args: readonly unknown[]): void {
    this.#lastEventAt = this.#now();
    if (target === LOGOUT) return this.#loggedOut();
    if (target === this.#parts.watchdog?.proof) {
      this.#heardAt = this.#now();
      this.#hasProof = true;
    }
    this.#parts.owner.event(target, args);
  }

  #look(): void {
    const now = this.#now();
    const { watchdog } = this.#parts;
    const isDue = watchdog?.isDue(now) ?? false;
    if (!isDue) this.#heardAt = now;
    if (now - this.#since >= HELD && (this.#hasProof || !isDue)) this.#patience.held();
    if (watchdog !== null && now - this.#heardAt >= watchdog.silenceMax) {
      const seconds = Math.round(watchdog.silenceMax / 1_000);
      return this.#lost(`nothing was heard for ${seconds} s while the market is open`);
    }
    this.#later(LOOK_EVERY, () => this.#look());
  }

  #lost(reason: string): void {
    this.#end(reason);
    if (this.#isOpen) this.#tryIn(this.#patience.next());
  }

  /** Not at once: another program that was let in instead of us would be thrown out in turn. */
  #loggedOut(): void {
    this.#count.logouts += 1;
    const { wait, isQuarrel } = this.#patience.loggedOut(this.#now());
    const isNew = isQuarrel && !this.#isQuarrel;
    this.#isQuarrel = isQuarrel;
    this.#end("logged out by the venue: another login, or a session that ended");
    if (this.#isOpen) this.#tryIn(wait);
    if (isNew) this.#parts.owner.contested(contestedBy(this.#parts.hub));
  }

  #end(reason: string): void {
    const wasUp = this.#isUp;
    this.#hangUp();
    this.#isUp = false;
    this.#trouble = reason;
    this.#count.reconnects += 1;
    if (!wasUp) return;
    this.#since = this.#now();
    this.#parts.owner.down(reason);
  }

  #hangUp(): void {
    const line = this.#line;
    this.#line = null;
    this.#callOff();
    this.#roster.detach();
    line?.close();
  }
}

const contestedBy = (hub: HubName): string =>
  `the ${hub} hub logged us out five times within five minutes: does another program use this key? End it, then resume`;
