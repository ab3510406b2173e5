import { describe, expect, it } from "vitest";
import type { ScoreRules } from "../../../../src/core/model/score.ts";
import { DEFAULT_SCORE } from "../../../../src/core/model/score-table.ts";
import { raisedSince } from "../../../../src/core/risk/raised.ts";
import { raisedScore, tighterScore } from "../../../../src/core/risk/score-change.ts";
import { tighterOf } from "../../../../src/core/risk/tighter.ts";
import { someRules } from "../../../kit/builders.ts";

const HALF: ScoreRules = { sizeCurve: [{ from: 60, share: 500 }] };
const OTHER = { ...DEFAULT_SCORE, unknown: 0 };

describe("what another risk score allows more of", () => {
  it("is nothing where the score changed no entry before", () => {
    expect(raisedScore(undefined, { cutOff: 80, ...HALF })).toEqual([]);
    expect(raisedScore({ model: OTHER }, undefined)).toEqual([]);
    expect(raisedScore({ sizeCurve: [] }, { model: OTHER })).toEqual([]);
  });

  it("is a cut-off that comes later, or not at all", () => {
    expect(raisedScore({ cutOff: 70 }, { cutOff: 70 })).toEqual([]);
    expect(raisedScore({ cutOff: 70 }, { cutOff: 69 })).toEqual([]);
    expect(raisedScore({ cutOff: 70 }, { cutOff: 71 })).toEqual([
      "risk score that is refused: 71, was 70",
    ]);
    expect(raisedScore({ cutOff: 70 })).toEqual(["risk score that is refused: none, was 70"]);
  });

  it("is a size that is larger at any score, told for the lowest", () => {
    expect(raisedScore(HALF, { sizeCurve: [{ from: 50, share: 400 }] })).toEqual([]);
    expect(raisedScore(HALF, { sizeCurve: [{ from: 62, share: 100 }] })).toEqual([
      "size at a risk score of 60: 100%, was 50%",
    ]);
    expect(raisedScore(HALF, {})).toEqual(["size at a risk score of 60: 100%, was 50%"]);
  });

  it("is any other way to work the score out, for nobody can say that it is not", () => {
    expect(raisedScore(HALF, { ...HALF, model: OTHER })).toEqual([
      "the risk score is worked out otherwise",
    ]);
    expect(raisedScore(HALF, { ...HALF, model: DEFAULT_SCORE })).toEqual([]);
  });

  it("is asked about with the rest of the rules", () => {
    const [was, is] = [someRules({ score: { cutOff: 70 } }), someRules()];
    expect(raisedSince(was, is)).toEqual(["risk score that is refused: none, was 70"]);
    expect(tighterOf(was, is).score).toEqual({ cutOff: 70 });
    expect(tighterOf(is, was).score).toEqual({ cutOff: 70 });
    expect("score" in tighterOf(is, is)).toBe(false);
  });
});

describe("of two risk scores the tighter one", () => {
  it("is the new one where the old changed nothing", () => {
    expect(tighterScore(undefined, HALF)).toEqual(HALF);
    expect(tighterScore({ model: OTHER }, undefined)).toBeUndefined();
  });

  it("has the earlier cut-off and at every score the smaller size", () => {
    const was: ScoreRules = { cutOff: 70, sizeCurve: [{ from: 60, share: 500 }] };
    const is: ScoreRules = { cutOff: 80, sizeCurve: [{ from: 50, share: 750 }] };
    expect(tighterScore(was, is)).toEqual({
      cutOff: 70,
      sizeCurve: [
        { from: 50, share: 750 },
        { from: 60, share: 500 },
      ],
    });
  });

  it("has no cut-off where neither has one, and no model where the old named none", () => {
    expect(tighterScore(HALF, undefined)).toStrictEqual(HALF);
    expect(tighterScore(HALF, { model: OTHER })).toStrictEqual(HALF);
    expect(tighterScore({ cutOff: 70 }, {})).toStrictEqual({ cutOff: 70 });
  });

  it("is worked out as before, and never looser than either", () => {
    const is: ScoreRules = { cutOff: 65, model: OTHER };
    expect(tighterScore(HALF, is)).toEqual({ cutOff: 65, sizeCurve: HALF.sizeCurve });
    expect(tighterScore({ cutOff: 70, model: OTHER }, HALF)).toEqual({
      cutOff: 70,
      model: OTHER,
      sizeCurve: HALF.sizeCurve,
    });
    expect(raisedScore(HALF, tighterScore(HALF, is))).toEqual([]);
  });
});
