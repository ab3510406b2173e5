/**
 * The transport without a network: the stand-in venue in the same process, on the same clock.
 *
 * ```text
 * exchange ─► half the round trip ─► venue ─► half the round trip ─► reply
 * connect  ─► half the round trip ─► hub session ─► events, each half a round trip later
 * ```
 *
 * Everything that crosses is text on the way, as it would be. Nothing is told from inside.
 */
import { type Millis, millis } from "../../src/core/model/units.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type {
  Exchange,
  HubLine,
  HubListener,
  HubName,
  Reply,
  Transport,
} from "../../src/shell/topstepx/transport.ts";
import type {
  HubPeer,
  HubSession,
  StandIn,
  WireAnswer,
} from "../../src/shell/topstepx-sim/stand-in.ts";

export interface MemoryTransportParts {
  readonly clock: Clock;
  readonly venue: StandIn;
  /** There and back. */
  readonly roundTrip: number;
  /** What the venue's clock shows when ours shows this; the same, unless told otherwise. */
  readonly venueTime?: (now: Millis) => Millis;
}

/** A hub from which nothing comes for so long is given up, as the SignalR library does it. */
const SILENCE_MAX = 30_000;

export function memoryTransport(parts: MemoryTransportParts): Transport {
  const { clock, venue, roundTrip, venueTime = (now) => now } = parts;
  const half = Math.floor(roundTrip / 2);
  let isClosed = false;
  const lines = new Set<MemoryLine>();
  const later = (wait: number, task: () => void): (() => void) =>
    clock.schedule(millis(clock.now() + wait), task);

  function exchange(request: Exchange, replied: (reply: Reply) => void): void {
    let isOver = false;
    const say = (reply: Reply): void => {
      if (isOver) return;
      isOver = true;
      callOff();
      replied(reply);
    };
    const callOff = later(request.timeout, () => say({ kind: "lost", reason: "timed out" }));
    if (isClosed) return void later(0, () => say({ kind: "not-sent", reason: "closed" }));
    const { method, path, token, body } = request;
    later(half, () =>
      venue.receive({ method, path, token, body: body ?? "" }, (answer) =>
        later(roundTrip - half, () => say(replyOf(answer, venueTime(clock.now())))),
      ),
    );
  }

  return {
    clock,
    exchange,
    connect(hub, token, listener) {
      const line = new MemoryLine({ venue, later, half }, { hub, token, listener });
      lines.add(line);
      return line;
    },
    close() {
      isClosed = true;
      for (const line of lines) line.close();
    },
  };
}

const replyOf = (answer: WireAnswer | "cut", now: Millis): Reply => {
  if (answer === "cut") return { kind: "lost", reason: "the connection broke" };
  const retryAfter = Number(answer.headers["retry-after"] ?? Number.NaN);
  return {
    kind: "answered",
    status: answer.status,
    body: answer.body,
    date: now,
    retryAfter: Number.isFinite(retryAfter) ? millis(retryAfter * 1_000) : null,
  };
};

interface World {
  readonly venue: StandIn;
  readonly half: number;
  later(wait: number, task: () => void): () => void;
}

interface Call {
  readonly hub: HubName;
  readonly token: string;
  readonly listener: HubListener;
}

/** One connection, or the try at one. */
class MemoryLine implements HubLine {
  readonly #world: World;
  readonly #listener: HubListener;
  #session: HubSession | null = null;
  #isOver = false;
  #isStalled = false;

  constructor(world: World, { hub, token, listener }: Call) {
    this.#world = world;
    this.#listener = listener;
    world.later(world.half, () => this.#arrive(hub, token));
  }

  invoke(method: string, args: readonly unknown[], done: (error: string | null) => void): void {
    const { half, later } = this.#world;
    later(half, () => {
      const session = this.#session;
      if (session === null || this.#isOver) return later(0, () => done("no connection"));
      const error = session.invoke(method, JSON.parse(JSON.stringify(args)));
      return later(half, () => done(this.#isStalled ? "no answer" : error));
    });
  }

  close(): void {
    this.#down(null);
  }

  #arrive(hub: HubName, token: string): void {
    if (this.#isOver) return;
    const answer = this.#world.venue.connect(hub, token, this.#peer());
    if (typeof answer === "number") return this.#end(`the upgrade was refused with ${answer}`);
    this.#session = answer;
    this.#tell(() => this.#listener.up());
  }

  #peer(): HubPeer {
    return {
      send: (target, args) => {
        const text = JSON.stringify(args);
        if (!this.#isStalled) this.#tell(() => this.#listener.event(target, JSON.parse(text)));
      },
      end: (error) => this.#end(error ?? "closed by the venue"),
      cut: () => this.#end("the connection broke"),
      stall: () => {
        this.#isStalled = true;
        this.#world.later(SILENCE_MAX, () => this.#down("nothing came for 30 s"));
      },
    };
  }

  /** The word of the end travels like any other. */
  #end(reason: string): void {
    this.#world.later(this.#world.half, () => this.#down(reason));
  }

  #tell(task: () => void): void {
    this.#world.later(this.#world.half, () => {
      if (!this.#isOver) task();
    });
  }

  /** Null when we hung up ourselves: then nobody is told. */
  #down(reason: string | null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#session?.gone();
    if (reason !== null) this.#listener.down(reason);
  }
}
