/**
 * The risk score in the configuration file: what it changes, and how it is worked out.
 *
 * Weights and curves that are left out keep their default; each is checked against what makes it one
 * (the weights add up to 100, a curve never turns back), because a score that rises when an entry gets
 * safer would be worse than none.
 */
import type * as z from "zod";
import {
  type ByPart,
  type Knot,
  SCORE_PARTS,
  type ScoreModel,
  type ScorePart,
  type ScoreRules,
} from "../../core/model/score.ts";
import { DEFAULT_SCORE, faultInCurve, RISES } from "../../core/model/score-table.ts";
import { canonical } from "../../std/canonical.ts";
import type { Conflict } from "./checks.ts";
import { block, key, list, needed, reporting, whole, wholeOrOff, written } from "./fields.ts";
import { share } from "./notation.ts";

const STEPS_MAX = 10;
const KNOTS_MAX = 20;
/** Far beyond any distance, count or minute there is. */
const FOUND_MAX = 1_000_000;

const KNOT = block({
  at: needed(whole(-FOUND_MAX, FOUND_MAX), "What is found, in the unit of the part."),
  points: needed(whole(0, 100), "The points it gets, 100 the most dangerous."),
});

const UNITS: ByPart<string> = {
  stop: "What it may lose, in thousandths of `lossPerTrade`",
  floor: "How many such losses fit above the firm's floor, in thousandths",
  streak: "Losing trades in a row",
  drawdown: "Below the best of the day, in thousandths of the daily loss",
  concurrency: "Other trades that are on",
  volatility: "Range of the last 15 minutes, in thousandths of the stop distance",
  time: "Minutes of the cash session (08:30 to 15:00 CT) to its nearer end",
  record: "Mean result of the author's last 20 alerts, in thousandths of R",
};

const eachPart = <Kind extends z.ZodType>(kindOf: (part: ScorePart) => Kind) =>
  Object.fromEntries(SCORE_PARTS.map((part) => [part, kindOf(part)])) as Record<ScorePart, Kind>;

const WEIGHTS = block(
  eachPart((part) => key(whole(0, 100), DEFAULT_SCORE.weights[part], `${UNITS[part]}.`)),
);

const CURVES = block(
  eachPart((part) =>
    key(
      list(KNOT, 1, KNOTS_MAX, "corners"),
      [...DEFAULT_SCORE.curves[part]],
      `${UNITS[part]}; points ${RISES[part] ? "rise" : "fall"}.`,
    ),
  ),
);

const SIZE_STEP = block({
  from: needed(whole(1, 100), "From this score on."),
  share: needed(written(share), "So much of the size is bought, one contract at least."),
});

export const SCORE = block({
  cutOff: key(wholeOrOff(1, 100), "off", "From this score on an entry is refused."),
  sizeCurve: key(
    list(SIZE_STEP, 0, STEPS_MAX, "steps"),
    [],
    "Smaller sizes for higher scores, by rising score. Empty: the score makes nothing smaller.",
  ),
  unknown: key(whole(0, 100), DEFAULT_SCORE.unknown, "Points of a part of which nothing is known."),
  weights: key(WEIGHTS, {}, "How much each part counts; together they make 100."),
  curves: key(
    CURVES,
    {},
    "From what was found to points, corner by corner; straight between them.",
  ),
}).superRefine(reporting(conflictsInScore));

type Written = z.output<typeof SCORE>;

/** Undefined where everything is as usual. */
export function scoreRulesOf({ cutOff, sizeCurve, ...written }: Written): ScoreRules | undefined {
  const { weights, curves, unknown } = written;
  const model: ScoreModel = { weights, curves, unknown };
  const isUsual = canonical(model) === canonical(DEFAULT_SCORE);
  if (isUsual && cutOff === "off" && sizeCurve.length === 0) return undefined;
  return {
    ...(!isUsual && { model }),
    ...(cutOff !== "off" && { cutOff }),
    ...(sizeCurve.length > 0 && { sizeCurve }),
  };
}

interface ScoreToCheck {
  readonly cutOff: number | "off";
  readonly sizeCurve: readonly { readonly from: number; readonly share: number }[];
  readonly weights: ByPart<number>;
  readonly curves: ByPart<readonly Knot[]>;
}

function conflictsInScore({
  cutOff,
  sizeCurve,
  weights,
  curves,
}: ScoreToCheck): readonly Conflict[] {
  const sum = SCORE_PARTS.reduce((all, part) => all + weights[part], 0);
  const message = `the weights add up to ${sum} and have to make 100`;
  return [
    ...(sum === 100 ? [] : [{ path: ["weights"], message }]),
    ...SCORE_PARTS.flatMap((part) => {
      const fault = faultInCurve(curves[part], RISES[part]);
      return fault === null ? [] : [{ path: ["curves", part], message: fault }];
    }),
    ...conflictsInSteps(sizeCurve, cutOff),
  ];
}

function conflictsInSteps(
  steps: ScoreToCheck["sizeCurve"],
  cutOff: ScoreToCheck["cutOff"],
): readonly Conflict[] {
  return steps.flatMap(({ from, share: bought }, index): readonly Conflict[] => {
    const path = ["sizeCurve", index];
    const before = steps[index - 1];
    if (before !== undefined && from <= before.from)
      return [{ path, message: `${from} does not come after ${before.from}` }];
    if (before !== undefined && bought >= before.share) {
      const message = `${share.write(bought)} is not less than the ${share.write(before.share)} of the lower score`;
      return [{ path, message }];
    }
    return cutOff !== "off" && from >= cutOff
      ? [{ path, message: `from cutOff (${cutOff}) on nothing is entered, so it is never used` }]
      : [];
  });
}
