/**
 * Whether the venue's prices of a contract end in the present.
 *
 * Twice it was seen to give bars whose end had stood still for over an hour, and to know of no
 * contract at all. Nothing is traded by bars; but a person who looks before the open should see that
 * what he is about to trade has a price, which one, and how old it is.
 */
import { sessionAt } from "../../core/model/calendar.ts";
import type { Check } from "../../core/model/check.ts";
import { type Instrument, priceToTicks, showPrice } from "../../core/model/instrument.ts";
import { isoOf, parseIso } from "../../core/model/iso-time.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import { showDuration } from "../../core/model/wording.ts";
import type { Clock } from "../../ports/clock.ts";
import { type Ask, failureText } from "./asking.ts";
import type { KnownContract } from "./contract-names.ts";
import type { WireBar } from "./wire-types.ts";

const MINUTE = 60_000;
const MINUTE_UNIT = 2;
/** Over a weekend with a holiday behind it. */
const LOOK_BACK = 4 * 24 * 60 * MINUTE;
/** A minute without a trade makes no bar. */
const LATE_MAX = 5 * MINUTE;

export interface BarParts {
  readonly ask: Ask;
  readonly clock: Clock;
  /** Whether the accounts hold real money: the other list of contracts is empty for them. */
  readonly live: boolean;
}

export async function newestBar(
  { ask, clock, live }: BarParts,
  { id, code, instrument }: KnownContract,
): Promise<Check> {
  const now = clock.now();
  const asked = {
    ...{ contractId: id, live, limit: 1, unit: MINUTE_UNIT, unitNumber: 1 },
    ...{ startTime: isoOf(millis(now - LOOK_BACK)), endTime: isoOf(now), includePartialBar: true },
  };
  const called = await ask("History/retrieveBars", asked, "history");
  const what = `prices ${instrument.root}`;
  if (called.kind !== "done") {
    return { what, state: "note", says: `no bars of ${code}: ${failureText(called)}` };
  }
  const [bar] = called.value.bars;
  if (bar !== undefined) return { what, ...verdictOn(bar, instrument, now) };
  return { what, state: "note", says: `the venue has no bar of ${code} in the last four days` };
}

function verdictOn(
  { t, c }: WireBar,
  instrument: Instrument,
  now: Millis,
): Pick<Check, "state" | "says"> {
  const at = parseIso(t);
  const close = priceToTicks(instrument, c);
  if (at === null || !close.ok) return { state: "note", says: "a bar that cannot be read" };
  const age = millis(Math.max(0, Math.floor((now - at) / MINUTE) * MINUTE));
  const when = age === 0 ? "of this minute" : `${showDuration(age)} old`;
  const newest = `${showPrice(instrument, close.value)}, ${when}`;
  if (age <= LATE_MAX || !wasOpen(instrument, now)) return { state: "ok", says: newest };
  const says = `${newest}, and the market is open: they may stand still; compare with the platform before you trade`;
  return { state: "note", says };
}

/** Just after an open there is nothing new to be had. */
const wasOpen = ({ group }: Instrument, now: Millis): boolean =>
  sessionAt(group, now).open && sessionAt(group, millis(now - LATE_MAX)).open;
