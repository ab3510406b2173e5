/**
 * Who may call the venue next, and when.
 *
 * ```text
 * login ─────┐                          160 in any 60 s, of the venue's 200
 * reduce ────┤  first lane first        120 of them for whatever does not reduce or protect
 * protect ───┤  ───────────────► sent    60 of them for history
 * rescue ────┤                           10 of them for changes, when somebody looks for a stop
 * check ─────┤                           50 bars in any 30 s, as the venue counts them
 * enter ─────┤                           32 at once, most of them only for the lanes above
 * read ──────┤
 * history ───┤
 * bars ──────┘
 * ```
 *
 * So a lane waits for the ones above it and never for one below: what reduces a position finds a
 * quarter of the budget, and a free connection, whatever else goes on. Reads that have used up much
 * of theirs are spread over the time until there will be more, or a burst of them would be followed
 * by as long a blindness. A check is a read that a change waits for, or a stop: it goes at once and may
 * take from the kept quarter, half of it at most; too many of them in a minute are reads like others.
 * When the venue says that it is too much, all but the four on top fall silent for a while, but for
 * a look now and then. Who waits in vain is given up, which is certain not to have been sent.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import { invariant } from "../../std/assert.ts";
import {
  BARS_SPAN,
  CALLS_SPAN,
  LANES,
  type Lane,
  type Limits,
  partOf,
  SHARES,
} from "./call-limits.ts";
import { Silence } from "./silence.ts";
import { slidingWindow } from "./sliding-window.ts";

export interface Place {
  readonly lane: Lane;
  /** Called once, perhaps at once, unless it is given up. */
  start(): void;
  giveUp(reason: string): void;
}

export interface BudgetFigures {
  readonly waiting: number;
  readonly inFlight: number;
  /** Calls in the last 60 s. */
  readonly spent: number;
  /** Until when the venue wants to be left alone; null when it does not. */
  readonly heldUntil: Millis | null;
}

export interface BudgetParts {
  readonly clock: Clock;
  readonly limits: Limits;
  /** Whether a lane may start at all: without a token only the login may. */
  readonly isOpen: (lane: Lane) => boolean;
}

const NEVER_HELD: readonly Lane[] = ["login", "reduce", "protect", "rescue"];
const LOOKING: readonly Lane[] = ["check", "read"];

/** So much of the reads' part may go at once: a start needs many at a time. */
const UNSPREAD = 1 / 3;
/** This part of the calls may be checks; more of them wait as reads do. */
const CHECKS_MOST = 1 / 2;
/** So much of it is left for what follows a fill: the moves of stops, and the reads that check them. */
const SPARE = 1 / 10;
/** This part of the calls is theirs even where changes have used up the rest. */
const READS_LEAST = 1 / 4;
/** Orders and positions belong together. */
const READS_TOGETHER = 2;

interface Waiting {
  readonly place: Place;
  readonly since: Millis;
  readonly callOff: () => void;
}

export class Budget {
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #isOpen: (lane: Lane) => boolean;
  readonly #calls = slidingWindow(CALLS_SPAN);
  readonly #bars = slidingWindow(BARS_SPAN);
  readonly #reads = slidingWindow(CALLS_SPAN);
  readonly #checks = slidingWindow(CALLS_SPAN);
  readonly #silence = new Silence();
  readonly #lanes: Readonly<Record<Lane, Waiting[]>>;
  #inFlight = 0;
  /** The last few. */
  #readsAt: readonly number[] = [];
  #wake = (): void => {};
  #isClosed = false;

  constructor({ clock, limits, isOpen }: BudgetParts) {
    this.#clock = clock;
    this.#limits = limits;
    this.#isOpen = isOpen;
    this.#lanes = {
      login: [],
      reduce: [],
      protect: [],
      rescue: [],
      check: [],
      enter: [],
      read: [],
      history: [],
      bars: [],
    };
  }

  submit(place: Place): void {
    const waiting = this.#lanes[place.lane];
    if (this.#isClosed) return this.#giveUp(place, CLOSED);
    if (waiting.length === 0 && this.#startsIn(place.lane) === 0) return this.#start(place);
    if (waiting.length >= this.#limits.waitingMax) {
      return this.#giveUp(place, "too many calls are waiting");
    }
    this.#wait(place);
    this.look();
  }

  /** A started call has come to its end. */
  finished(): void {
    invariant(this.#inFlight > 0, "a call ends once");
    this.#inFlight -= 1;
    this.look();
  }

  /** The venue said: too many. */
  hold(retryAfter: Millis | null): void {
    this.#silence.begin(this.#clock.now(), retryAfter);
  }

  /** A call sent at that time was answered with something else. */
  ease(sentAt: Millis): void {
    this.#silence.ease(this.#clock.now(), sentAt);
  }

  /** Starts whatever may start: what kept it from starting may have changed. */
  look(): void {
    this.#wake();
    this.#wake = () => {};
    let first = Number.POSITIVE_INFINITY;
    for (const lane of LANES)
      if (this.#lanes[lane].length > 0) first = Math.min(first, this.#serve(lane) ?? first);
    if (first < Number.POSITIVE_INFINITY) this.#wake = this.#later(first, () => this.look());
  }

  figures(): BudgetFigures {
    const now = this.#clock.now();
    return {
      waiting: LANES.reduce((sum, lane) => sum + this.#lanes[lane].length, 0),
      inFlight: this.#inFlight,
      spent: this.#calls.count(now),
      heldUntil: this.#silence.until(now),
    };
  }

  close(): void {
    this.#isClosed = true;
    this.#wake();
    for (const lane of LANES) {
      for (const { place, callOff } of this.#lanes[lane].splice(0)) {
        callOff();
        this.#giveUp(place, CLOSED);
      }
    }
  }

  /** Starts what may start; in how long to look again, null when that is not a question of time. */
  #serve(lane: Lane): number | null {
    const waiting = this.#lanes[lane];
    for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
      const wait = this.#startsIn(lane);
      if (wait !== 0) return wait;
      waiting.shift();
      first.callOff();
      const waited = this.#clock.now() - first.since;
      // Set back, a clock cannot tell whether it is too late; then it is.
      if (waited >= 0 && waited <= this.#limits.waitMax[lane]) this.#start(first.place);
      else this.#giveUp(first.place, "the clock was set while the call waited");
    }
    return null;
  }

  /** In how long the lane may start its next; null when that is not a question of time. */
  #startsIn(lane: Lane): number | null {
    const { barsMax, inFlightMax } = this.#limits;
    if (!this.#isOpen(lane) || this.#inFlight >= partOf(inFlightMax, SHARES[lane].inFlight))
      return null;
    const now = this.#clock.now();
    const at = Math.max(
      this.#roomAt(lane, now),
      lane === "bars" ? this.#bars.freeAt(barsMax, now) : now,
      this.#silentUntil(lane, now),
    );
    return at - now;
  }

  #roomAt(lane: Lane, now: number): number {
    const { callsMax } = this.#limits;
    const freeAt = this.#calls.freeAt(partOf(callsMax, SHARES[lane].calls), now);
    if (!LOOKING.includes(lane)) return freeAt;
    const inShare = this.#calls.freeAt(partOf(callsMax, SHARES.read.calls), now);
    const asRead = Math.min(Math.max(inShare, this.#nextReadAt(now)), this.#leastReadAt(now));
    return lane === "read" ? asRead : Math.min(asRead, this.#checkAt(now));
  }

  #checkAt(now: number): number {
    const { callsMax } = this.#limits;
    return Math.max(
      this.#calls.freeAt(partOf(callsMax, SHARES.check.calls), now),
      this.#checks.freeAt(partOf(callsMax, CHECKS_MOST), now),
    );
  }

  #silentUntil(lane: Lane, now: number): number {
    const until = NEVER_HELD.includes(lane) ? null : this.#silence.until(now);
    if (until === null) return now;
    return LOOKING.includes(lane) ? this.#silence.probeAt(now) : until;
  }

  /** What is left of the reads' part, spread over the time until there will be more. */
  #nextReadAt(now: number): number {
    const part = partOf(this.#limits.callsMax, SHARES.read.calls);
    const left = part - this.#calls.count(now);
    const first = this.#readsAt[this.#readsAt.length - READS_TOGETHER];
    if (first === undefined || left <= 0 || left > part * (1 - UNSPREAD)) return now;
    const gap = (this.#calls.easesAt(now) - now) / (left + 1);
    const gapMin = CALLS_SPAN / (part * (1 - SPARE));
    // The clock may have been set back since.
    return Math.min(first, now) + Math.ceil(READS_TOGETHER * Math.max(gap, gapMin));
  }

  /**
   * Some reads go out whatever else was called. Where changes are asked for again and again, nobody
   * but a list can say that they were carried out long ago; without one there would be no end of them.
   */
  #leastReadAt(now: number): number {
    const { callsMax } = this.#limits;
    const least = partOf(callsMax, READS_LEAST);
    const first = this.#readsAt[this.#readsAt.length - READS_TOGETHER] ?? now;
    const nextAt = Math.min(first, now) + (READS_TOGETHER * CALLS_SPAN) / least;
    return Math.max(now, nextAt, this.#reads.freeAt(least, now), this.#calls.freeAt(callsMax, now));
  }

  #start(place: Place): void {
    const now = this.#clock.now();
    if (LOOKING.includes(place.lane)) this.#countLook(place.lane, now);
    if (place.lane === "bars") this.#bars.add(now);
    this.#calls.add(now);
    this.#inFlight += 1;
    place.start();
  }

  /** A check beyond their part is a read. */
  #countLook(lane: Lane, now: number): void {
    if (this.#silence.until(now) !== null) this.#silence.probed(now);
    if (lane === "check" && this.#checkAt(now) <= now) return this.#checks.add(now);
    this.#reads.add(now);
    this.#readsAt = [...this.#readsAt, now].slice(-READS_TOGETHER);
  }

  #wait(place: Place): void {
    const waiting = this.#lanes[place.lane];
    const tooLate = (): void => {
      waiting.splice(waiting.indexOf(entry), 1);
      place.giveUp(this.#whyLate(place.lane));
    };
    const since = this.#clock.now();
    const entry: Waiting = {
      place,
      since,
      callOff: this.#later(this.#limits.waitMax[place.lane], tooLate),
    };
    waiting.push(entry);
  }

  #whyLate(lane: Lane): string {
    if (!this.#isOpen(lane)) return "not logged in";
    const isHeld = this.#silence.until(this.#clock.now()) !== null && !NEVER_HELD.includes(lane);
    return isHeld ? "the venue has too many calls (429)" : "the call budget was used up";
  }

  #giveUp(place: Place, reason: string): void {
    this.#later(0, () => place.giveUp(reason));
  }

  #later(delay: number, task: () => void): () => void {
    return this.#clock.schedule(millis(this.#clock.now() + delay), task);
  }
}

const CLOSED = "the connection to the venue is closed";
