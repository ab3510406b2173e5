/**
 * The stand-in venue on a real port of this machine, with somebody at its door.
 *
 * ```text
 * dist/main.js ──HTTP──► server ─► door ─┬─ in ───────────► venue ─► answer
 *              ◄─ hubs ─                 ├─ carried-out ──► venue     no answer
 *                                        ├─ never-heard               no answer
 *                                        └─ an answer, and the venue hears nothing
 * ```
 *
 * It lives in the process of the test, so that a kill can stand exactly between a request and what
 * the venue does about it.
 */
import type { Root } from "../../src/core/model/instrument.ts";
import type { VenueState } from "../../src/core/paper/state.ts";
import type { Clock } from "../../src/ports/clock.ts";
import { systemClock } from "../../src/shell/host/clock.ts";
import { activeId } from "../../src/shell/topstepx-sim/contracts.ts";
import { serveStandIn } from "../../src/shell/topstepx-sim/server.ts";
import { DEFAULT_STAND_IN } from "../../src/shell/topstepx-sim/settings.ts";
import type { StandIn, WireAnswer } from "../../src/shell/topstepx-sim/stand-in.ts";
import { createStandIn, type StandInVenue } from "../../src/shell/topstepx-sim/venue.ts";
import type { VenueTruth } from "../kit/venue-house.ts";
import { wireBooks } from "../storm/wire-books.ts";

/** A request that changes something, as it was written. */
export interface Call {
  readonly at: number;
  /** `Order/place` */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export type Verdict = "in" | "carried-out" | "never-heard" | WireAnswer;

export interface GatedVenue {
  readonly url: string;
  readonly venue: StandInVenue;
  /** Every request that would change something, whatever became of it. */
  readonly calls: readonly Call[];
  /** Decides about each of them as it arrives, before anything else is done. */
  guard: (call: Call) => Verdict;
  /** Whenever the books may have changed, or were read; and before anything more is done. */
  seen: (isRead: boolean) => void;
  /** The books, with the names that the trader gave. */
  books(): VenueState;
  /** What anybody can see of them from outside. */
  truth(): VenueTruth;
  price(root: Root, last: number): void;
  close(): Promise<void>;
}

const MUTATION = /^\/api\/(Order\/(?:place|modify|cancel)|Position\/(?:partialC|c)loseContract)$/;
const READ = /^\/api\/(Order|Position)\/(search|v2\/query)/;
const TICK = 0.25;

export async function gatedVenue(): Promise<GatedVenue> {
  const clock = watched(systemClock({ unref: true }), () => gated.seen(false));
  const venue = createStandIn({ clock, settings: { ...DEFAULT_STAND_IN, hours: "always-open" } });
  const calls: Call[] = [];
  const named = wireBooks(venue);

  const standIn: StandIn = {
    connect: venue.connect,
    receive(request, answered) {
      const [, path] = MUTATION.exec(request.path) ?? [];
      const verdict = path === undefined ? "in" : judged(path, request.body);
      if (verdict === "never-heard") return;
      if (typeof verdict === "object") return answered(verdict);
      venue.receive(request, verdict === "in" ? answered : () => {});
      gated.seen(READ.test(request.path));
    },
  };

  function judged(path: string, text: string): Verdict {
    const call: Call = { at: clock.now(), path, body: JSON.parse(text) };
    calls.push(call);
    gated.seen(false);
    return gated.guard(call);
  }

  const served = await serveStandIn({ standIn, clock, host: "127.0.0.1", port: 0 });
  if (!served.ok) throw new Error(served.error);
  const gated: GatedVenue = {
    ...{ url: served.value.url, venue, calls },
    guard: () => "in",
    seen: () => {},
    books: () => named(venue.truth()),
    truth: () => JSON.parse(JSON.stringify(venue.dump())),
    price(root, last) {
      const quote = { last, bid: last - TICK, ask: last };
      const set = venue.setQuote(activeId(root, clock.now()), quote);
      if (!set.ok) throw new Error(set.error);
      gated.seen(false);
    },
    async close() {
      venue.close();
      await served.value.close();
    },
  };
  return gated;
}

const watched = (clock: Clock, look: () => void): Clock => ({
  now: clock.now,
  schedule: (at, task) =>
    clock.schedule(at, () => {
      task();
      look();
    }),
});
