/**
 * What a rule set allows that an earlier one did not, in words: each of them is asked about again
 * before live money follows it.
 *
 * Whatever lowers a risk, or moves targets about, takes effect as it is written. Only what lets an
 * account buy more, lose more, trade more often, or take alerts it refused before, is listed.
 */
import type { SizeLetter } from "../model/alert.ts";
import type { Root } from "../model/instrument.ts";
import type { ByFamily, Chase, Rules } from "../model/rules.ts";
import { money } from "../model/units.ts";
import { ratioText, showDuration, showMoney } from "../model/wording.ts";
import { longerHours } from "./raised-hours.ts";
import { moreAmount, raisedLimits } from "./raised-limits.ts";
import { raisedScore } from "./score-change.ts";
import { WHOLE } from "./size.ts";

export function raisedSince(before: Rules, now: Rules): readonly string[] {
  const was = before.limits;
  const is = now.limits;
  return [
    ...more("trades a day", was.tradesPerDay, is.tradesPerDay, String),
    ...more("contracts held", was.positionSize, is.positionSize, String),
    ...moreAmount("loss per trade", was.lossPerTrade, is.lossPerTrade),
    ...more("age of an alert", was.ageMax, is.ageMax, (age) =>
      showDuration(age as typeof is.ageMax),
    ),
    ...sizes(before, now),
    ...wider("stop distance on", widths(was.stopDistance), widths(is.stopDistance)),
    ...wider("collar on", was.collar, is.collar),
    ...instruments(before, now),
    ...entries(before, now),
    ...longerHours(before.hours, now.hours),
    ...raisedLimits(was, is),
    ...raisedScore(before.score, now.score),
    ...(before.adds === "refuse" && now.adds === "allow" ? ["adding to trades is allowed"] : []),
    ...(now.shrinkToMicro === true && before.shrinkToMicro !== true
      ? ["what does not fit is taken in the micro contract"]
      : []),
  ];
}

const dollarText = (amount: number): string => showMoney(money(amount));

const more = (
  what: string,
  was: number,
  is: number,
  show: (value: number) => string,
): readonly string[] => (is > was ? [`${what}: ${show(is)}, was ${show(was)}`] : []);

const LETTERS: readonly SizeLetter[] = ["A", "B", "C"];

function sizes({ sizing: was, sizeUnstated }: Rules, now: Rules): readonly string[] {
  const { sizing: is } = now;
  const unstated =
    sizeUnstated === null && now.sizeUnstated !== null ? ["alerts without a size are taken"] : [];
  const part = more("ratio", was.ratio ?? WHOLE, is.ratio ?? WHOLE, ratioText);
  if (was.kind !== is.kind) return [`size by ${is.kind}, was by ${was.kind}`, ...part, ...unstated];
  const show = is.kind === "risk" ? dollarText : String;
  const raised = LETTERS.flatMap((letter) =>
    more(`size ${letter}`, was.bySize[letter], is.bySize[letter], show),
  );
  return [...raised, ...part, ...unstated];
}

type Numbers = ByFamily<number>;

const widths = (bands: Rules["limits"]["stopDistance"]): Numbers =>
  Object.fromEntries(Object.entries(bands).map(([family, { max }]) => [family, max]));

/** A family that was absent could not be traded at all. */
const wider = (what: string, was: Numbers, is: Numbers): readonly string[] =>
  Object.entries(is).flatMap(([family, value]) => {
    const known = was[family as Root];
    if (known === undefined) return [`${what} ${family}: ${value}, was not traded`];
    return more(`${what} ${family}`, known, value, String);
  });

/** Another contract is another size of the same bet. */
const instruments = ({ tradeAs: was }: Rules, { tradeAs: is }: Rules): readonly string[] =>
  [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((name) => {
    const root = name as Root;
    const [before, now] = [was[root] ?? root, is[root] ?? root];
    return before === now ? [] : [`${root} is traded as ${now}, was ${before}`];
  });

function entries({ entry: was }: Rules, { entry: is }: Rules): readonly string[] {
  if (was.kind === "market") return [];
  if (is.kind === "market") return ["entry at market, was at a limit"];
  const same = was.chase.unit === is.chase.unit;
  if (same && is.chase.value <= was.chase.value) return [];
  return [`chase of ${chaseText(is.chase)}, was ${chaseText(was.chase)}`];
}

const chaseText = ({ unit, value }: Chase): string =>
  unit === "points" ? `${value} points` : `${value / 10}% of the stop distance`;
