/**
 * Whatever is refused or cut, with whatever names and numbers: no line is wider than the screen, and
 * nothing of what was said is missing.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accountId } from "../../../../src/core/model/ids.ts";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { explainRefusal } from "../../../../src/core/notify/explain.ts";
import { explainCut } from "../../../../src/core/notify/explain-cut.ts";
import {
  type AccountsView,
  renderAccount,
  renderAccounts,
} from "../../../../src/core/views/accounts.ts";
import { renderLimits } from "../../../../src/core/views/limits.ts";
import { newNarrator } from "../../../../src/core/views/narrator.ts";
import { clean, hanging, widthOf } from "../../../../src/core/views/plain-text.ts";
import { narrate, renderLines } from "../../../../src/core/views/timeline.ts";
import { renderVerdicts, verdictsOf } from "../../../../src/core/views/verdicts.ts";
import { anAlert, NOW } from "../../../kit/builders.ts";
import { type Chosen, everyCut, everyRefusal } from "../../../kit/every-refusal.ts";
import { ALERT, planned } from "../sample-trade.ts";

const SCREENS = [80, 100, 120] as const;
/** Accounts are called by at most so many letters; a wide one takes two columns. */
const letters = fc.constantFrom("a", "W", "ü", "-", " ", "x", "9");
const name = fc
  .array(letters, { minLength: 1, maxLength: 64 })
  .map((all) => clean(all.join("")) || "n");
const chosen: fc.Arbitrary<Chosen> = fc.record({
  name,
  count: fc.integer({ min: 1, max: 999_999_999 }),
  at: fc.integer({ min: 0, max: 4_102_444_800_000 }).map(millis),
});

const screen = fc.constantFrom<number>(...SCREENS);
const LONGEST: [Chosen, number][] = SCREENS.map((columns) => [
  { name: "W".repeat(64), count: 999_999_999, at: NOW },
  columns,
]);

/** Without the time and the number that begin a line. */
const said = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.replace(/^\d\d:\d\d:\d\d CT +(#\d+ +)?/, ""));

const unspaced = (lines: readonly string[]): string => lines.join("").replaceAll(/\s/g, "");

function fits(lines: readonly string[], columns: number, text: string): void {
  expect(lines.filter((line) => widthOf(line) > columns)).toEqual([]);
  expect(unspaced(said(lines))).toContain(text.replaceAll(/\s/g, ""));
}

/** The alert was heard, so that its refusal is told in its instrument. */
const heard = narrate(newNarrator, {
  ...{ at: NOW, kind: "AlertRead", message: ALERT, author: null, text: "", sentAt: NOW },
  alert: anAlert(),
}).narrator;

const account = (of: Chosen, texts: readonly string[]): AccountsView => ({
  ...{ account: accountId("one"), name: of.name, mode: "paper", venue: "paper", group: of.name },
  ...{ owner: of.name, rules: of.name, plan: of.name, ratio: 0.123, state: "paused" },
  ...{ code: "gate", why: texts[0] ?? null, balanceUsd: of.count, todayUsd: -of.count },
  positions: [],
  next: null,
});

describe("on a screen of 80, 100 or 120 columns", () => {
  it("every refusal is told whole: as it happens, and where an account says why not", () => {
    fc.assert(
      fc.property(chosen, screen, (of, columns) => {
        for (const refusal of everyRefusal(of)) {
          const words = clean(explainRefusal(refusal, instrumentOf("ES")));
          const { lines } = narrate(heard, {
            ...{ at: NOW, kind: "AlertRefused", message: ALERT, refusal },
          });
          const told = lines.flatMap((one) => renderLines(one, { columns, colour: false }));
          fits(told, columns, words);
          const view = account(of, [words]);
          fits(renderAccount(view, columns), columns, words);
          if (columns === 120) fits(renderAccounts([view], columns), columns, "");
          const fact = { at: NOW, kind: "TradeRefused", message: ALERT, refusal } as const;
          const asked = [{ id: accountId("one"), name: of.name }];
          const verdicts = verdictsOf("m1", [{ ...fact, account: accountId("one") }], asked);
          fits(renderVerdicts(verdicts, columns), columns, refusal.kind);
        }
      }),
      { numRuns: 6, examples: LONGEST },
    );
  });

  it("every cut is told whole: with the plan, and with the next size", () => {
    fc.assert(
      fc.property(chosen, screen, (of, columns) => {
        const cuts = everyCut(of);
        const texts = cuts.map((cut) => clean(explainCut(cut)));
        const { lines } = narrate(
          newNarrator,
          planned({}, { plan: { ...planned({}).plan, cuts } }),
        );
        const told = lines.flatMap((one) => renderLines(one, { columns, colour: false }));
        for (const one of texts) fits(told, columns, one);
        const sized = {
          contracts: of.count,
          instrument: "MES",
          instead: "ES",
          cuts: texts,
        } as const;
        const view = { ...account(of, []), next: { A: sized, B: sized, C: sized } };
        for (const one of texts) fits(renderAccount(view, columns), columns, one);
        const limits = texts.map((value) => ({ limit: "size", value }));
        const table = { account: accountId("one"), name: of.name, rules: of.name, limits };
        const shown = renderLimits(table, columns);
        fits(shown, columns, "");
        expect(shown.join()).not.toContain("…");
      }),
      { numRuns: 6, examples: LONGEST },
    );
  });

  it("any text is whole, and what goes on is set in", () => {
    const words = fc.array(fc.string({ unit: "grapheme", maxLength: 30 }), { maxLength: 40 });
    fc.assert(
      fc.property(words, fc.integer({ min: 4, max: 130 }), fc.nat(40), (all, columns, indent) => {
        const text = clean(all.join(" "));
        const lines = hanging(text, columns, indent);
        expect(lines.filter((line) => widthOf(line) > columns)).toEqual([]);
        expect(unspaced(lines)).toBe(text.replaceAll(/\s/g, ""));
      }),
    );
    expect(hanging("far too narrow", 3, 2)).toEqual(["fa…"]);
  });
});
