/**
 * Which fact goes to which channel, and which slips make up the next letter of one: decided from
 * data alone, so that the same facts and hours always give the same letters.
 *
 * ```text
 * alarm ───────────────────────────────────────────────────────► at once, quiet hours or not,
 *                                                                with what else is an alarm by then
 * told as it happens ─► a second of company ─► quiet? capped? ─► one letter a trade
 *                                                  └ until then ─► all together in one letter
 * told once a day ──────────────────────────────────────────────► together at its hour
 * ```
 *
 * A summary is a letter by itself, whenever it goes: it is long, and is kept and looked for.
 */
import { centralClock, MILLIS_PER_DAY, MILLIS_PER_MINUTE } from "../model/central-time.ts";
import type { Fact } from "../model/fact.ts";
import type { TradeId } from "../model/ids.ts";
import type { ChannelRules, NewSlip, Slip, Topic } from "../model/notification.ts";
import { type Millis, millis } from "../model/units.ts";
import { topicOf } from "./topics.ts";

/** Says of each turn's facts who is to be told of them. */
export type Addressing = (facts: readonly Fact[]) => readonly NewSlip[];

export function addressingOf(channels: readonly ChannelRules[]): Addressing {
  const wanting = new Map<Topic, readonly string[]>();
  for (const { name, now, daily } of channels) {
    for (const topic of new Set([...now, ...daily])) {
      wanting.set(topic, [...(wanting.get(topic) ?? []), name]);
    }
  }
  return (facts) => {
    const slips: NewSlip[] = [];
    for (const [index, fact] of facts.entries()) {
      const topic = topicOf(fact);
      if (topic === null) continue;
      for (const channel of wanting.get(topic) ?? []) slips.push({ index, channel, topic });
    }
    return slips;
  };
}

/** A slip that has its words and is in no letter yet. */
export interface LooseSlip extends Slip {
  readonly trade: TradeId | null;
}

export type Parcel =
  | { readonly kind: "letter"; readonly slips: readonly LooseSlip[] }
  | { readonly kind: "wait"; readonly until: Millis }
  | { readonly kind: "nothing" };

/** What belongs together, a plan and its first fill, comes within so much. */
const COMPANY = 1_000;
/** More are not one piece of news any longer: they are told together. */
const APART_MAX = 5;
/** No letter is longer. */
export const ITEMS_MAX = 50;
const HOUR = 60 * MILLIS_PER_MINUTE;

/** `loose` oldest first; `sent` the moments of this channel's letters in the last hour, likewise. */
export function nextParcel(
  rules: ChannelRules,
  loose: readonly LooseSlip[],
  sent: readonly Millis[],
  now: Millis,
): Parcel {
  const alarms = loose.filter(({ topic }) => topic === "alarm");
  if (alarms.length > 0) return letterOf(alarms);
  const isDaily = ({ topic }: LooseSlip): boolean =>
    rules.daily.includes(topic) && !rules.now.includes(topic);
  const parcels = [
    dailyParcel(rules, loose.filter(isDaily), now),
    promptParcel(
      rules,
      loose.filter((slip) => !isDaily(slip)),
      sent,
      now,
    ),
  ];
  return parcels.find(({ kind }) => kind === "letter") ?? soonest(parcels);
}

/** Of these, oldest first, what goes into one letter. */
function letterOf(slips: readonly LooseSlip[]): Parcel {
  const [first] = slips;
  const together = first?.topic === "summary" ? [first] : slips.filter((one) => !isSummary(one));
  return { kind: "letter", slips: together.slice(0, ITEMS_MAX) };
}

const isSummary = ({ topic }: LooseSlip): boolean => topic === "summary";

function soonest(parcels: readonly Parcel[]): Parcel {
  const until = parcels.flatMap((parcel) => (parcel.kind === "wait" ? [parcel.until] : []));
  return until.length === 0
    ? { kind: "nothing" }
    : { kind: "wait", until: millis(Math.min(...until)) };
}

function dailyParcel(rules: ChannelRules, slips: readonly LooseSlip[], now: Millis): Parcel {
  const [first] = slips;
  if (first === undefined) return { kind: "nothing" };
  const due = nextMinute(first.at, rules.dailyAt);
  return now < due ? { kind: "wait", until: due } : letterOf(slips);
}

function promptParcel(
  rules: ChannelRules,
  slips: readonly LooseSlip[],
  sent: readonly Millis[],
  now: Millis,
): Parcel {
  const [first] = slips;
  if (first === undefined) return { kind: "nothing" };
  const until = Math.max(
    first.at + COMPANY,
    quietUntil(rules.quiet, now),
    cappedUntil(rules, sent),
  );
  if (now < until) return { kind: "wait", until: millis(until) };
  const together = slips.filter(({ trade }) => trade === first.trade);
  const others = slips.filter((one) => !isSummary(one) && one.trade !== first.trade).length;
  return letterOf(others > APART_MAX ? slips : together);
}

/** The end of the quiet hours that are on; 0 = none are. */
function quietUntil(quiet: ChannelRules["quiet"], now: Millis): number {
  if (quiet === null) return 0;
  const { from, until } = quiet;
  const minute = centralClock(now).minuteOfDay;
  const isQuiet =
    from < until ? minute >= from && minute < until : minute >= from || minute < until;
  return isQuiet ? nextMinute(now, until) : 0;
}

/** Room for one more comes when the oldest letter that counts is an hour old. */
function cappedUntil({ perHour }: ChannelRules, sent: readonly Millis[]): number {
  const counting = sent.at(-perHour);
  return counting === undefined ? 0 : counting + HOUR;
}

/**
 * The first moment after `at` at which the clock of Chicago shows that minute. On the two days a
 * year on which that clock jumps it may be an hour off, and nobody's money hangs on it.
 */
function nextMinute(at: Millis, minute: number): Millis {
  const { minuteOfDay } = centralClock(at);
  const begun = at - (at % MILLIS_PER_MINUTE);
  const ahead = (minute - minuteOfDay) * MILLIS_PER_MINUTE;
  return millis(begun + (ahead > 0 ? ahead : ahead + MILLIS_PER_DAY));
}
