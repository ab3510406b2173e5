/**
 * The demo day: the alerts of a session, told at the prices of whatever market is playing.
 *
 * A shape is a message with holes where its prices go, each hole a distance in points from the
 * market at the message's moment:
 *
 * ```text
 *   "🚨 ES long {+0}: A⏎Stop: {-10}⏎@everyone"     market at 6,325.75
 *   "🚨 ES long 6326: A⏎Stop: 6316⏎@everyone"
 * ```
 *
 * The market is taken to the whole point first, as people write it. A duplicate or an edited copy
 * keeps the prices of the message it speaks of, or it would not be one.
 *
 * The seed of the bundled day was taken as it came, not chosen for its outcome: it loses trades and
 * wins trades like any other.
 */
import { invariant } from "../../std/assert.ts";
import { type Instrument, ticksToPoints } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Message } from "../model/message.ts";
import { type Millis, millis, ticks } from "../model/units.ts";
import { simulatedMarket } from "./simulated-market.ts";
import { indexAt, NONE, type Tape } from "./tape.ts";

export interface DemoShape {
  readonly id: string;
  /** Time after the start of the session. */
  readonly after: Millis;
  readonly author: string | null;
  readonly text: string;
  /** Id of an earlier shape whose prices this one states again. */
  readonly repeats: string | null;
  /** Id of the earlier shape this one is a changed text of; it keeps its prices too. */
  readonly edits: string | null;
}

export const DEMO_SEED = 1;
/** Tuesday, 17 November 2026, 08:30 in Chicago: an ordinary day without news on the calendar. */
export const DEMO_STARTS_AT = millis(1_794_925_800_000);
/** The market is already running when the session starts, and still is when it ends. */
const MARKET_LEAD = 900_000;
const MARKET_DURATION = 25_200_000;
const START_POINTS = 6320;

/** The market of the demo: a session of ES, from 08:15 to 15:15 in Chicago. */
export function demoTape(seed: number = DEMO_SEED): Tape {
  return simulatedMarket({
    seed,
    instrument: "ES",
    startPrice: ticks(START_POINTS * ticksPerPoint(instrumentOf("ES"))),
    startAt: millis(DEMO_STARTS_AT - MARKET_LEAD),
    duration: millis(MARKET_DURATION),
  });
}

/** The messages with prices that fit the tape, in the order of their times. */
export function repriceAlerts(
  shapes: readonly DemoShape[],
  tape: Tape,
  startAt: Millis,
): readonly Message[] {
  invariant(tape.length > 0, "alerts are priced from a tape that has prices");
  const byId = new Map(shapes.map((shape) => [shape.id, shape]));
  const priced = (shape: DemoShape): string => {
    const moment = known(byId, shape.edits ?? shape.repeats ?? shape.id);
    return fill(shape.text, tape, millis(startAt + moment.after));
  };
  const messages = shapes.map(
    (shape): Message => ({
      source: "demo",
      channel: "demo",
      // An edit carries the id of what it changes.
      id: shape.edits ?? shape.id,
      author: shape.author,
      text: priced(shape),
      embeds: [],
      referenced: null,
      event: shape.edits === null ? "create" : "edit",
      previous: shape.edits === null ? null : priced(known(byId, shape.edits)),
      sentAt: millis(startAt + shape.after),
    }),
  );
  return messages.toSorted((one, other) => one.sentAt - other.sentAt);
}

function known(byId: ReadonlyMap<string, DemoShape>, id: string): DemoShape {
  const shape = byId.get(id);
  invariant(shape !== undefined, `the demo has a message ${id}, for another one speaks of it`);
  return shape;
}

const HOLE = /\{([+-]\d+(?:\.\d+)?)\}/g;

function fill(text: string, tape: Tape, at: Millis): string {
  const instrument = instrumentOf(tape.instrument);
  const perPoint = ticksPerPoint(instrument);
  // Before the first print, its price serves.
  const index = Math.max(0, indexAt(tape, at, NONE));
  const market = Math.round((tape.last[index] as number) / perPoint) * perPoint;
  return text.replace(HOLE, (_, points: string) => {
    const price = market + Math.round(Number(points) * perPoint);
    return String(ticksToPoints(instrument, ticks(price)));
  });
}

/** Whole for every contract there is. */
const ticksPerPoint = (instrument: Instrument): number =>
  10 ** instrument.decimals / instrument.tickUnits;
