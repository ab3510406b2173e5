/**
 * What one setting of the risk score lets through that another did not, and the tighter of two.
 *
 * The score by itself limits nothing, so without a cut-off and a size curve any change is free. With
 * one, another way to work the score out counts as looser: nobody can say that it is not.
 */
import { canonical } from "../../std/canonical.ts";
import type { ScoreRules, SizeStep } from "../model/score.ts";
import { DEFAULT_SCORE } from "../model/score-table.ts";
import { shareAt } from "./score.ts";

const changesEntries = ({ cutOff, sizeCurve = [] }: ScoreRules): boolean =>
  cutOff !== undefined || sizeCurve.length > 0;

const isSameModel = (was: ScoreRules, is: ScoreRules): boolean =>
  canonical(was.model ?? DEFAULT_SCORE) === canonical(is.model ?? DEFAULT_SCORE);

const ALL: readonly number[] = Array.from({ length: 101 }, (_, total) => total);

export function raisedScore(was: ScoreRules = {}, is: ScoreRules = {}): readonly string[] {
  if (!changesEntries(was)) return [];
  const model = isSameModel(was, is) ? [] : ["the risk score is worked out otherwise"];
  return [...model, ...laterCutOff(was.cutOff, is.cutOff), ...largerSize(was, is)];
}

function laterCutOff(was?: number, is?: number): readonly string[] {
  if (was === undefined || (is !== undefined && is <= was)) return [];
  return [`risk score that is refused: ${is ?? "none"}, was ${was}`];
}

/** Named by the lowest score at which more is bought. */
function largerSize(
  { sizeCurve: was = [] }: ScoreRules,
  { sizeCurve: is = [] }: ScoreRules,
): readonly string[] {
  const at = ALL.find((total) => shareAt(is, total) > shareAt(was, total));
  if (at === undefined) return [];
  return [`size at a risk score of ${at}: ${shareAt(is, at) / 10}%, was ${shareAt(was, at) / 10}%`];
}

/** Undefined where neither says anything. */
export function tighterScore(was?: ScoreRules, is?: ScoreRules): ScoreRules | undefined {
  if (was === undefined || !changesEntries(was)) return is;
  const { model } = was;
  const cutOffs = [was.cutOff, is?.cutOff].filter((one) => one !== undefined);
  const sizeCurve = lowerCurve(was.sizeCurve ?? [], is?.sizeCurve ?? []);
  return {
    ...(model !== undefined && { model }),
    ...(cutOffs.length > 0 && { cutOff: Math.min(...cutOffs) }),
    ...(sizeCurve.length > 0 && { sizeCurve }),
  };
}

function lowerCurve(was: readonly SizeStep[], is: readonly SizeStep[]): readonly SizeStep[] {
  const froms = [...new Set([...was, ...is].map(({ from }) => from))].toSorted((a, b) => a - b);
  return froms.map((from) => ({ from, share: Math.min(shareAt(was, from), shareAt(is, from)) }));
}
