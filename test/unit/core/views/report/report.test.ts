/** A report in its five forms: the same trades, the same figures, and nothing a stranger wrote gets out of its place. */

import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { finished } from "../../../../../src/core/analyze/slices.ts";
import { accountId } from "../../../../../src/core/model/ids.ts";
import { tradeDate } from "../../../../../src/core/model/trade-date.ts";
import { dollars, millis, ticks } from "../../../../../src/core/model/units.ts";
import {
  adverseChart,
  distributionChart,
  divisionChart,
  drawdownChart,
  equityChart,
  favourableChart,
} from "../../../../../src/core/views/report/charts.ts";
import type { ReportFormat } from "../../../../../src/core/views/report/formats.ts";
import { formatOfFile, formOf } from "../../../../../src/core/views/report/forms.ts";
import {
  cardOfRecord,
  columnsOfRecords,
  tradeOfRecord,
} from "../../../../../src/core/views/report/from-record.ts";
import type { Report } from "../../../../../src/core/views/report/report.ts";
import { REPORT_STYLE } from "../../../../../src/core/views/report/style.ts";
import { closedTrade, oracleTrades } from "../../../../kit/closed-trades.ts";
import {
  manyTrades,
  reportOn,
  reportWithCards,
  sampleRecord,
} from "../../../../kit/sample-report.ts";

const digest = (text: string) => createHash("sha256").update(text).digest("base64");
const as = (format: ReportFormat, report: Report, columns = 140) =>
  formOf(report, { format, columns, digest });

const oracle = reportOn(oracleTrades);

describe("as text", () => {
  test("says what it is about, the figures, the months and every trade", () => {
    const text = as("text", oracle);
    expect(text).toMatch(
      /^Report: 2026-03-02 to 2026-03-27, every account, every author, out of closed\.csv\n/,
    );
    expect(text).toMatch(/^profit factor +1\.137 /m);
    expect(text).toMatch(/^2026-03 +26 +53\.8 % +\$235\.02 /m);
    expect(text.split("\nTrades\n").at(-1)?.trimEnd().split("\n")).toHaveLength(27);
  });

  test("of trades from the ledger has their numbers and prices", () => {
    expect(as("text", reportWithCards([sampleRecord()]))).toMatch(
      /^ *#7 +2026-11-17 10:18:00 +paper +alice +3 MES long +6326\.25 +6328\.58 +breakeven +\$31\.34 +0\.20 R$/m,
    );
  });

  test.each([
    [{}, "every date"],
    [{ from: tradeDate("2026-05-04") }, "from 2026-05-04 on"],
    [{ to: tradeDate("2026-05-04") }, "until 2026-05-04"],
    [{ from: tradeDate("2026-05-04"), to: tradeDate("2026-05-05") }, "2026-05-04 to 2026-05-05"],
  ])("without trades says so, and for which dates", (choice, words) => {
    const empty = reportOn([], choice);
    expect(as("text", empty)).toBe(
      `Report: ${words}, every account, every author, out of closed.csv\nNo trade was closed in this range.\n`,
    );
    expect(as("md", empty)).toContain("No trade was closed in this range.");
    expect(as("html", empty)).toContain("<p>No trade was closed in this range.</p>");
    expect(as("csv", empty).split("\n")).toHaveLength(2);
    expect(JSON.parse(as("json", empty))).toMatchObject({ trades: [], profitFactor: null });
  });
});

describe("as Markdown", () => {
  test("every table has as many cells in each line as in its head", () => {
    const tables = as("md", reportOn(manyTrades(60)))
      .split("\n\n")
      .filter((part) => part.startsWith("|"));
    expect(tables.length).toBeGreaterThan(8);
    for (const table of tables) {
      const cells = table
        .trim()
        .split("\n")
        .map((line) => line.split(/(?<!\\)\|/).length);
      expect(new Set(cells).size).toBe(1);
    }
  });

  test("a name opens no table, no link and no tag", () => {
    const author = "a|b <img src=x> [c](http://d) `e`";
    const text = as("md", reportOn([closedTrade({ net: 1, labels: { author } })]));
    expect(text).toContain("a\\|b \\<img src=x\\> \\[c\\]\\(http\\://d\\) \\`e\\`");
  });
});

describe("as CSV", () => {
  test("no name becomes a formula, and commas stay inside", () => {
    const labels = { author: '=HYPERLINK("x"),y', account: "@a", tag: "-1" };
    const [, line] = as("csv", reportOn([closedTrade({ net: 12_345, labels })])).split("\n");
    expect(line).toContain(`,1.2345,'@a,"'=HYPERLINK(""x""),y",'-1,,`);
  });
});

test("as JSON has every metric and every trade, with units in its names", () => {
  const json = JSON.parse(as("json", reportWithCards([sampleRecord()])));
  expect(json).toMatchObject({
    report: { madeAt: "2026-11-23T16:00:00.000Z", source: "the ledger", from: null },
    counts: { trades: 1 },
    trades: [{ trade: 7, netUsd: 31.34, maePoints: 3.75, mfePoints: 8.75, sizeLetter: "A" }],
    cards: [{ trade: 7, stop: 6316, targets: [6333, 6338], fills: [{ way: "in" }, {}, {}, {}] }],
  });
});

describe("as a page", () => {
  const many = as("html", reportOn(manyTrades(700)));
  const [record] = [sampleRecord()];
  const carded = as("html", reportWithCards([record]));

  test("needs nothing else and allows nothing else", () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(many)?.[1];
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${digest(REPORT_STYLE)}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(many).toContain(`<style>${REPORT_STYLE}</style>`);
    expect(many).not.toMatch(/<script|<img|<iframe|style="|https?:|url\(|@import|javascript:/i);
  });

  test("lists every trade, newest month first and open", () => {
    expect(many.match(/<tr><td>\d+<td>/g)).toHaveLength(700);
    const months = [...many.matchAll(/<details( open)?><summary><b>([\d-]+)</g)];
    expect(months[0]?.[1]).toBe(" open");
    expect(months.slice(1).every(([, open]) => open === undefined)).toBe(true);
    expect(months.map(([, , month]) => month)).toEqual(
      months
        .map(([, , month]) => month ?? "")
        .toSorted()
        .toReversed(),
    );
  });

  test("says of a figure that cannot be said why, and of a small sample how small", () => {
    expect(carded).toContain(
      '<dd class="">-</dd><dd>a spread takes at least two observations</dd>',
    );
    expect(carded).toContain("below 30 it says little");
    expect(as("html", reportOn([closedTrade({ net: 1 })]))).toContain(
      "No trade says how far it went against us or for us.",
    );
  });

  test("a card has the alert and every step from it to the close", () => {
    const steps = [...carded.matchAll(/<li><time>([\d:]+)<\/time><span>([^<]*)/g)].map(
      ([, time, text]) => `${time} ${text}`,
    );
    expect(steps).toEqual([
      "10:10:00 alerted at 6326.00",
      "10:10:00 heard 0.4 s later; market 6326.00 / 6326.25",
      "10:10:00 planned 3 MESZ26 long: stop 6316.00, targets 6333.00, 6338.00, at risk $160.00",
      "10:10:00 sent to the venue, 0.05 s after it was heard",
      "10:10:00 filled: 1 at 6326.25",
      "10:10:00 filled: 2 at 6326.25",
      "10:13:20 target 1: 1 at 6333.25",
      "10:18:00 stop: 2 at 6326.25",
      "10:18:00 closed, breakeven: gross $35.00, fees $3.66, net $31.34; the entry cost $3.75 more than alerted",
    ]);
    expect(carded).toContain("ES long 6326: A<br>Stop: 6316<br>");
    expect(carded).toContain('href="#t7"');
    expect(carded).toContain('id="t7"');
    expect(carded).toContain("3.75 points against at worst, 8.75 in favour at best");
  });

  test("where there are fewer cards than trades, it says how to see the others", () => {
    const two = reportWithCards([sampleRecord(), sampleRecord({ number: 8 })]);
    const { cards } = two;
    expect(as("html", { ...two, cards: cards.slice(0, 1) })).toContain("The newest 1 of 2;");
  });

  test("whatever a stranger writes stays text", () => {
    const nasty = fc.array(
      fc.constantFrom(
        "<script>alert(1)</script>",
        "</blockquote>",
        '"><svg onload=x>',
        "\u202e",
        "\n",
        "</style>",
        "<style></style>",
        "$&",
        "$`",
        "&#x3c;",
        "'",
        "plain ",
        "'\u2066",
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(nasty, nasty, (text, author) => {
        const [said, name] = [text.join(""), author.join("")];
        const plain = as("html", reportWithCards([sampleRecord({ text: "x", author: "y" })]));
        const page = as("html", reportWithCards([sampleRecord({ text: said, author: name })]));
        const tagsOf = (html: string) => html.replace(/<br>/g, "").match(/<[^>]*>/g) ?? [];
        const shape = (html: string) =>
          tagsOf(html).map((tag) => /^<\/?[a-z]+/.exec(tag)?.[0] ?? tag);
        expect(shape(page)).toEqual(shape(plain));
        expect(page.replace(REPORT_STYLE, "")).not.toMatch(/\p{Cf}/u);
      }),
      { numRuns: 25 },
    );
  });
});

describe("what a trade's record leaves out", () => {
  const bare = sampleRecord({
    ...{ author: null, text: null, sizeLetter: null, alerted: null, market: null, reach: null },
    ...{ alertedAt: null, receivedAt: null, sentAt: null, openedAt: null, reason: "flatten" },
    how: "exit",
  });

  test("is left out of its row, its columns and its card", () => {
    expect(tradeOfRecord(bare)).toMatchObject({
      author: "",
      sizeLetter: "",
      mae: null,
      how: "exit (flatten)",
    });
    const columns = finished(columnsOfRecords([bare]));
    expect([columns.mae[0], columns.labels.author.names]).toEqual([Number.NaN, [""]]);
    const { chain, alert } = cardOfRecord(bare, []);
    expect(alert).toBeNull();
    expect(chain.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^planned/),
      ...[
        "filled: 1 at 6326.25",
        "filled: 2 at 6326.25",
        "target 1: 1 at 6333.25",
        "stop: 2 at 6326.25",
      ],
      "closed, exit (flatten): gross $35.00, fees $3.66, net $31.34",
    ]);
    expect(as("html", reportWithCards([bare]))).not.toContain("blockquote>");
    const anonymous = as("html", reportWithCards([sampleRecord({ author: null })]));
    expect(anonymous).toContain("<bdi>somebody</bdi> wrote:");
  });

  test("an entry as alerted, or better, says so; one still open has no close", () => {
    const at = (price: number) =>
      cardOfRecord(sampleRecord({ alerted: ticks(price) }), []).chain.at(-1)?.text;
    expect(at(25_305)).toMatch(/the entry was as alerted$/);
    expect(at(25_307)).toMatch(/the entry was \$7\.50 better than alerted$/);
    const open = sampleRecord({
      how: null,
      gross: null,
      net: null,
      closedAt: null,
      openedAt: null,
    });
    expect(cardOfRecord(open, []).chain.at(-1)?.text).toBe("stop: 2 at 6326.25");
    expect(tradeOfRecord(open)).toMatchObject({ net: 0, how: "", exitAt: open.plannedAt });
    expect(tradeOfRecord({ ...open, reason: "flatten" }).how).toBe(" (flatten)");
    expect(finished(columnsOfRecords([open])).labels.exit.names).toEqual([""]);
    const unsure = sampleRecord({ how: null });
    expect(cardOfRecord(unsure, []).chain.at(-1)?.text).toMatch(/^closed, unknown/);
  });

  test("a short's way for and against is the other way round; a price heard late has no delay", () => {
    const short = sampleRecord({ side: "short", sentAt: millis(0), receivedAt: null });
    expect(tradeOfRecord(short)).toMatchObject({ mae: 8.75, mfe: 3.75, side: "short" });
    expect(as("html", reportWithCards([short]))).toContain("3 MES short");
    const { chain } = cardOfRecord(short, []);
    expect(chain[0]?.text).toBe("sent to the venue");
    const early = sampleRecord({ receivedAt: sampleRecord().alertedAt });
    expect(cardOfRecord(early, []).chain[1]?.text).toMatch(/^heard at once/);
    const odd = sampleRecord({ sentAt: millis(0) });
    expect(cardOfRecord(odd, []).chain[0]?.text).toBe("sent to the venue, as soon as it was heard");
  });
});

test("a card names what other accounts made of the alert", () => {
  const record = sampleRecord();
  const decided = {
    account: null,
    phase: null,
    refusal: null,
    by: null,
    trade: null,
    at: record.plannedAt,
  };
  const texts = cardOfRecord(record, [
    { ...decided, account: accountId("paper"), decision: "planned", trade: 7 },
    { ...decided, account: accountId("live"), decision: "planned", trade: 8 },
    {
      ...decided,
      account: accountId("two"),
      decision: "refused",
      refusal: { kind: "opposite-open", trade: "t-1" as never } as never,
    },
    { ...decided, decision: "approved", by: "bob", trade: 7 },
  ]).chain.map(({ text }) => text);
  expect(texts).toContain("planned on live as #8");
  expect(texts).toContain("approved: bob");
  expect(texts.filter((text) => text.startsWith("refused on two: "))).toHaveLength(1);
  expect(texts.filter((text) => text.startsWith("planned"))).toHaveLength(2);
});

describe("its charts", () => {
  const { summary, trades } = oracle;

  test("follow trade dates, and trades where there are few dates", () => {
    expect(equityChart(oracle)).toMatchObject({
      title: "Equity after each trade date",
      says: "From $50000.00 to $50235.02; the dashed line is where it began.",
    });
    const one = reportOn([closedTrade({ net: -100_000 })]);
    expect(equityChart(one).title).toBe("Equity after each trade");
    expect(drawdownChart(one).says).toBe("At its deepest $10.00 below the peak.");
    expect(drawdownChart(reportOn([closedTrade({ net: 1 })])).says).toBe("Never below the peak.");
    const five = reportOn(Array.from({ length: 5 }, () => closedTrade({ net: 1 })));
    expect(equityChart(five).drawn.text).toContain(">5</text>");
  });

  test("count who won, lost and broke even", () => {
    expect(distributionChart(trades).says).toBe(
      "14 trades won, 11 lost, 1 broke even; on average $9.04.",
    );
    expect(distributionChart(reportOn([closedTrade({ net: 10_000 })]).trades).says).toBe(
      "1 trades won, 0 lost; on average $1.00.",
    );
  });

  test("of excursions say how many trades are not in them", () => {
    const some = reportOn([
      closedTrade({ net: 1, mae: 2, mfe: 3 }),
      closedTrade({ net: 1 }),
    ]).trades;
    expect(adverseChart(some)?.says).toMatch(/ 1 of 2 trades do not say how far they went\.$/);
    expect(favourableChart(some)?.says).toMatch(/leaving at the best price/);
    expect(favourableChart(some.slice(1))).toBeNull();
  });

  test("by a group say the best and the worst, or the only one", () => {
    expect(divisionChart(summary, "hour")?.says).toMatch(/^Net result\. Best: \d\d:00 with /);
    const only = reportOn([closedTrade({ net: 10_000, labels: { author: "alice" } })]);
    expect(divisionChart(only.summary, "author")?.says).toBe("All of it: alice with $1.00.");
    expect(divisionChart(only.summary, "sizeLetter")).toBeNull();
    expect(divisionChart(summary, "weekday")?.drawn.text).toContain(">Mon</text>");
  });
});

test("a card without a price, a risk or excursions shows the others", () => {
  const report = reportWithCards([sampleRecord({ net: dollars(-31.34) })]);
  const [card] = report.cards;
  if (card === undefined) return expect.fail("there is a card");
  const trade = { ...card.trade, entry: null, mae: null, mfe: null, risk: null };
  const page = as("html", { ...report, cards: [{ ...card, trade }] });
  expect(page).toContain('<b class="neg">-$31.34</b>');
  expect(page).toContain("MESZ26 on paper, alert of alice, fees $3.66</p>");
  expect(page).not.toContain('class="reach"');
});

test("a report of one account and one author says whose it is", () => {
  const choice = { account: "paper", author: "alice" };
  expect(as("text", reportOn([], choice))).toMatch(
    /^Report: every date, account paper, author alice,/,
  );
});

test("months without a result, and those after the money was gone", () => {
  const gone = reportOn([
    closedTrade({ net: 0 }),
    closedTrade({ net: -600_000_000, entryAt: 1_775_000_000_000 }),
    closedTrade({ net: 10_000, entryAt: 1_778_000_000_000 }),
  ]);
  const page = as("html", gone);
  expect(page).toContain('<td class="" data-month="Mar"');
  expect(page).toContain('<td class="b3" ');
  expect(page).toContain('<td class="g1" ');
});

test("the ending of a file says its form", () => {
  expect(
    ["a.html", "b.HTM", "c.md", "d.csv", "e.json", "f.txt", "g.pdf", "h"].map(formatOfFile),
  ).toEqual(["html", "html", "md", "csv", "json", "text", null, null]);
});
