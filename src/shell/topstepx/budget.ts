/**
 * Who may call the venue next, and when.
 *
 * ```text
 * login ─────┐                          160 in any 60 s, of the venue's 200
 * reduce ────┤  first lane first        140 of them for entries, 120 for whoever only looks
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
 * quarter of the budget, and a free connection, whatever else goes on. Reads are spread, see
 * `look-pace.ts`. A check is a read that a change waits for, or a stop: it goes at once and may
 * take from the kept quarter, half of it at most; too many of them in a minute are reads like others.
 *
 * An entry makes more calls than its own: it leaves only where what is left of the minute holds all that
 * is promised, to what is open and to itself. Else it is given up at once, for later is another trade.
 * The rest of a trade was promised with the first of it.
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
import { LookPace } from "./look-pace.ts";
import { Promises } from "./promises.ts";
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
  readonly #looks: LookPace;
  readonly #promises = new Promises();
  readonly #silence = new Silence();
  readonly #lanes: Readonly<Record<Lane, Waiting[]>>;
  #inFlight = 0;
  #wake = (): void => {};
  #isClosed = false;

  constructor({ clock, limits, isOpen }: BudgetParts) {
    this.#clock = clock;
    this.#limits = limits;
    this.#isOpen = isOpen;
    this.#looks = new LookPace(limits, this.#calls);
    this.#lanes = {
      login: [],
      reduce: [],
      protect: [],
      rescue: [],
      check: [],
      complete: [],
      enter: [],
      read: [],
      history: [],
      bars: [],
    };
  }

  submit(place: Place): void {
    const waiting = this.#lanes[place.lane];
    const reason = this.#isClosed ? CLOSED : this.#whyNoRoom(place.lane);
    if (reason !== null) return this.#giveUp(place, reason);
    if (waiting.length === 0 && this.#startsIn(place.lane) === 0) return this.#start(place);
    if (waiting.length >= this.#limits.waitingMax) {
      return this.#giveUp(place, "too many calls are waiting");
    }
    this.#wait(place);
    this.look();
  }

  /** So many calls are wanted for what is open on an account, entries under way included. */
  promise(account: number, calls: number): void {
    this.#promises.set(account, calls);
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
      const noRoom = this.#whyNoRoom(lane);
      const wait = noRoom === null ? this.#startsIn(lane) : 0;
      if (wait !== 0) return wait;
      waiting.shift();
      first.callOff();
      const waited = this.#clock.now() - first.since;
      // Set back, a clock cannot tell whether it is too late; then it is.
      const isInTime = waited >= 0 && waited <= this.#limits.waitMax[lane];
      const reason = noRoom ?? (isInTime ? null : "the clock was set while the call waited");
      if (reason === null) this.#start(first.place);
      else this.#giveUp(first.place, reason);
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
    const promised = this.#promises.total;
    if (lane === "read") return this.#looks.readAt(now, promised);
    if (lane === "check") return this.#looks.checkAt(now, promised);
    return this.#calls.freeAt(partOf(this.#limits.callsMax, SHARES[lane].calls), now);
  }

  /** Why an entry has to stay home; null for whatever else may wait for its turn. */
  #whyNoRoom(lane: Lane): string | null {
    if (lane !== "enter" && lane !== "complete") return null;
    const { callsMax } = this.#limits;
    const spent = this.#calls.count(this.#clock.now());
    const promised = this.#promises.total;
    const most = partOf(callsMax, SHARES.enter.calls);
    // A little is left for what nobody has counted on.
    const all = partOf(callsMax, SHARES.rescue.calls);
    const made = `${spent} calls were made in the last minute`;
    if (spent >= most) return `${made}, and an entry may be among the first ${most} only`;
    if (lane === "complete" || spent + promised <= all) return null;
    return `${made} and ${promised} are wanted for what is open and for this entry, of ${all}`;
  }

  #silentUntil(lane: Lane, now: number): number {
    const until = NEVER_HELD.includes(lane) ? null : this.#silence.until(now);
    if (until === null) return now;
    return LOOKING.includes(lane) ? this.#silence.probeAt(now) : until;
  }

  #start(place: Place): void {
    const now = this.#clock.now();
    if (place.lane === "check" || place.lane === "read") {
      if (this.#silence.until(now) !== null) this.#silence.probed(now);
      this.#looks.count(place.lane, now);
    }
    if (place.lane === "bars") this.#bars.add(now);
    this.#calls.add(now);
    this.#inFlight += 1;
    place.start();
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
