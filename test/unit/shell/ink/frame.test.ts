import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { widthOf } from "../../../../src/core/views/plain-text.ts";
import type { Figures, Sight } from "../../../../src/ports/dashboard.ts";
import { type FrameParts, frame, pageSize, wholeText } from "../../../../src/shell/ink/frame.ts";
import { FIRST, PAGES, type Ui } from "../../../../src/shell/ink/keys.ts";
import { inAscii, rowWidth, textOf } from "../../../../src/shell/ink/spans.ts";
import { later, NOW } from "../../../kit/builders.ts";
import { sampleView } from "../../../kit/sample-view.ts";

const live = (change = {}, points?: number): Sight => ({
  ...{ kind: "live", directory: "data", view: sampleView(change, points) },
});
const parts = (change: Partial<FrameParts> = {}): FrameParts => ({
  ...{ sight: live(), figures: null, ui: FIRST, now: NOW, columns: 80, rows: 23 },
  ...change,
});
const texts = (change: Partial<FrameParts> = {}): readonly string[] =>
  frame(parts(change)).map((one) => textOf(one).trimEnd());
const on = (page: Ui["page"]): Ui => ({ ...FIRST, page });
const wide = { columns: 140, rows: 60 };

describe("the screen", () => {
  it("tells mode, gate and the day on top, and has room for all of its numbers", () => {
    const [first, second] = texts();
    expect(first).toContain(" PAPER   ENTRIES PARTLY OPEN ");
    expect(first).toMatch(/net -\$27\d\.\d\d/);
    expect(second).toContain("closed -$340.50  open +$6");
    expect(second).toContain("fees $1.11");
    expect(second).toContain("entries end in 6 h");
  });

  it("shows each level in ticks and dollars", () => {
    const text = texts(wide).join("\n");
    expect(text).toMatch(
      /MES long 3 +open +6326\.00 +6330\.25 +\+\$\d+\.\d\d +stop +6316\.00 +57 t +-\$150\.00/,
    );
    expect(text).toMatch(/target x1 +6333\.00 +11 t +\+\$35\.00/);
    expect(text).toMatch(/MES long \(3\)/);
    expect(text).toContain("approve 4 or refuse 4");
    expect(text).toContain("the last backup failed: full");
  });

  it("fits: every page, wherever it is scrolled, in whatever size", () => {
    const figures: Figures = {
      kind: "figures",
      basis: "2026-11-16 to 2026-11-19",
      tables: [{ title: "Trades", rows: [{ words: "net", value: "$1.00", remark: "" }] }],
    };
    const size = fc.record({
      columns: fc.integer({ min: 1, max: 200 }),
      rows: fc.integer({ min: 1, max: 70 }),
      page: fc.constantFrom(...PAGES),
      scroll: fc.integer({ min: 0, max: 80 }),
      price: fc.constantFrom(0, 6330.25, 99_999.75),
      word: fc.constantFrom(null, "halt", "resume", "flatten"),
    });
    fc.assert(
      fc.property(size, ({ columns, rows, page, scroll, price, word }) => {
        const asked = word === null ? null : ({ word, typed: "x".repeat(20) } as Ui["asked"]);
        const ui: Ui = { page, scroll, asked, said: "taken" };
        const shown = frame(parts({ ...{ columns, rows, ui, figures }, sight: live({}, price) }));
        expect(shown.length).toBeLessThanOrEqual(rows);
        for (const one of shown) {
          expect(rowWidth(one)).toBeLessThanOrEqual(columns);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: that none is left is the point
          expect(textOf(one)).not.toMatch(/[\u0000-\u001f\u007f\u202e]/);
          expect(inAscii(textOf(one))).toMatch(/^[ -~]*$/);
          expect(widthOf(inAscii(textOf(one)))).toBe(rowWidth(one));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("never forges a line of ours out of somebody's words", () => {
    const text = texts({ ...wide, ui: on("journal") }).join("\n");
    expect(text).toContain("FORGED LINE");
    expect(text).not.toMatch(/^FORGED/m);
  });

  it("says when it is too small, with what matters most", () => {
    expect(texts({ columns: 40, rows: 11 })).toEqual([
      " PAPER",
      " ENTRIES PARTLY OPEN",
      expect.stringContaining("net -$"),
      "too small: 40x12, needs 80x24",
      "q quit",
    ]);
    expect(texts({ columns: 40, rows: 5, sight: { kind: "looking" } })[0]).toContain("too small");
  });

  it("has mode and gate words for every state of the house", () => {
    const top = (change: object): string => texts({ sight: live(change) })[0] as string;
    expect(top({ mode: "live" })).toContain(" LIVE ");
    expect(top({ mode: "demo" })).toMatch(/ DEMO .*as of 09:00:00 CT/);
    expect(top({ mode: null })).toContain(" NOT RUNNING ");
    expect(top({ entries: "open" })).toContain(" ENTRIES OPEN ");
    expect(top({ entries: "partly" })).toContain(" ENTRIES PARTLY OPEN ");
    expect(top({ gates: { active: 0, reducing: 1, halted: 0 } })).toContain(" REDUCING ");
    expect(top({ gates: { active: 0, reducing: 0, halted: 2 } })).toContain(" HALTED ");
    expect(top({ impaired: true })).toContain("ONLY EXITS");
    expect(texts({ sight: live({ cutOff: null }) })[1]).toContain("no cut-off");
    const soon = { what: "all-out", at: "", clock: "Thursday 15:05 CT", secondsLeft: 40 };
    expect(texts({ ...wide, sight: live({ cutOff: soon }) })[1]).toContain(
      "all out Thursday 15:05 CT, in 40 s",
    );
    expect(texts({ sight: live({}, 0) })[0]).toContain("net: no price");
  });

  it("never shows old numbers as if they were new", () => {
    const view = sampleView();
    const sight: Sight = { kind: "lost", view, since: NOW, reason: "the process has ended" };
    const shown = texts({ sight, now: later(90_000) });
    expect(shown[0]).toContain(" CONNECTION LOST  the numbers below are old");
    expect(shown.join("\n")).toContain("CONNECTION LOST since 09:00:00 CT, 1 min 30 s ago");
    expect(shown.join("\n")).toContain(`as of ${view.at}`);
    const left = texts({ ...wide, sight: { kind: "left", view, directory: "data" } });
    expect(left[0]).toContain(" NOT RUNNING ");
    expect(left.join("\n")).toContain(`no process; the books of data as of ${view.at}`);
  });

  it("says so where there is nothing to see", () => {
    expect(texts({ sight: { kind: "looking" } }).join()).toContain("looking for a running process");
    expect(texts({ sight: { kind: "nothing", reason: "no journal" } }).join()).toContain(
      "no journal",
    );
    expect(pageSize(parts({ sight: { kind: "looking" } }))).toEqual({ rows: 1, last: 0 });
  });

  it("asks for a word where it matters", () => {
    const asked = { word: "flatten", typed: "fla" } as const;
    const bottom = texts({ ui: { ...FIRST, asked } }).slice(-2);
    expect(bottom[0]).toContain("Type flatten and press Enter: out of everything  > fla_");
    expect(bottom[1]).toContain("Esc: no");
    expect(texts({ ui: { ...FIRST, said: "halt: taken" } }).at(-1)).toBe(" halt: taken");
  });

  it("scrolls to the end and no further", () => {
    const { last } = pageSize(parts());
    expect(last).toBeGreaterThan(0);
    const end = texts({ ui: { ...FIRST, scroll: last } });
    expect(texts({ ui: { ...FIRST, scroll: last + 50 } })).toEqual(end);
    expect(end.join("\n")).toMatch(/rows \d+ to \d+ of \d+/);
  });
});

describe("the other pages", () => {
  it("are figures, the journal, health and help", () => {
    expect(texts({ ui: on("performance") }).join()).toContain("reading the ledger");
    const none: Figures = { kind: "none", reason: "no ledger yet" };
    expect(texts({ ui: on("performance"), figures: none }).join()).toContain("no ledger yet");
    expect(texts({ ui: on("journal") }).join()).toContain("118 facts written");
    expect(texts({ ui: on("journal"), sight: live({ lines: [] }) }).join()).toContain(
      "nothing yet",
    );
    expect(texts({ ui: on("help") }).join()).toContain(
      "out of everything, and no entries until resume",
    );
    const health = texts({ ui: on("health"), ...wide }).join("\n");
    expect(health).toContain("unprotected #1");
    expect(health).toContain("nobody looks after the parts");
    expect(health).toContain("compared with the venue");
  });

  it("names parts that are not well, on every page where they failed", () => {
    const component = { reason: "disk is full", since: "2026-11-19T15:00:00.000Z", seconds: 65 };
    const health = {
      state: "failed",
      components: [
        { ...component, component: "disk", state: "failed" },
        { ...component, component: "mail", state: "off", reason: "" },
      ],
    } as const;
    const newest = { name: "b1", at: "", sequence: 7, ageSeconds: 7_200 };
    const sight = live({ health, backups: { newest, fault: null }, alarms: [] });
    expect(texts({ sight, ...wide, ui: on("journal") }).join()).toContain(
      "FAILED  disk: disk is full",
    );
    const page = texts({ sight, ...wide, ui: on("health") }).join("\n");
    expect(page).toMatch(/disk +failed +1 min 5 s +disk is full/);
    expect(page).toContain("b1, 2 h old");
    expect(texts({ sight, ...wide }).join()).toContain("newest 2 h old, to fact 7");
  });

  it("are one page of text in a pipe", () => {
    const sight = live() as Extract<Sight, { kind: "live" }>;
    const asked = { columns: 120, now: millis(NOW), ascii: false };
    const text = wholeText(sight, asked).join("\n");
    expect(wholeText(sight, { ...asked, ascii: true }).join("")).toMatch(/^[ -~]*$/);
    expect(text).toContain("ACCOUNTS");
    expect(text).toContain("POSITIONS");
    expect(text).toContain("ALERTS");
  });
});
