/**
 * A summary as it arrives: put together from real books, sent through a real mail server, looked at in
 * a real browser, and equal to what the commands say of the same days.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { illustrated } from "../../src/app/chart-images.ts";
import { placesIn } from "../../src/app/places.ts";
import { summaryOf } from "../../src/app/summaries.ts";
import type { EmailConfig } from "../../src/core/model/config.ts";
import type { SummaryPeriod } from "../../src/core/model/duty.ts";
import type { FactOf } from "../../src/core/model/fact.ts";
import type { Item, Letter } from "../../src/core/model/notification.ts";
import { isTradeDate, type TradeDate, tradeDateEnd } from "../../src/core/model/trade-date.ts";
import { beginningOf } from "../../src/core/risk/duty-hours.ts";
import { letterOf } from "../../src/core/views/letter-words.ts";
import type { SummaryText } from "../../src/core/views/summary.ts";
import type { Painter } from "../../src/ports/painter.ts";
import { systemClock } from "../../src/shell/host/clock.ts";
import { resvgPainter } from "../../src/shell/resvg/painter.ts";
import { smtpNotifier } from "../../src/shell/smtp/notifier.ts";
import { openJournalReadOnly } from "../../src/shell/sqlite/journal.ts";
import { openLedgerReadOnly } from "../../src/shell/sqlite/ledger.ts";
import { err } from "../../src/std/result.ts";
import { look, openBrowser, screenshot } from "../kit/browser.ts";
import { type MailServer, mailServer } from "../kit/mail-server.ts";
import { MAIL } from "../kit/post-office.ts";
import { terminal } from "../kit/terminal.ts";

const PERIODS = ["day", "week", "month"] as const;

let browser: Browser;
let post: MailServer;
let here: string;
let date: TradeDate;
const summaries = new Map<SummaryPeriod, SummaryText>();

const asked = async (...words: readonly string[]) => {
  const seen = terminal({ here });
  await seen.run(...words, "--data", "data");
  return seen;
};

/** A demo day: trades of several authors, refusals, costs. */
beforeAll(async () => {
  here = mkdtempSync(join(tmpdir(), "tradestream-"));
  [browser, post] = await Promise.all([openBrowser(), mailServer()]);
  await asked("demo", "--speed", "max");
  const [page] = (await asked("day", "--json")).values() as [{ tradeDate: string }];
  date = isTradeDate(page.tradeDate) ? page.tradeDate : expect.fail("a page is of a date");
  for (const period of PERIODS) summaries.set(period, await summaryIn(period));
});
afterAll(async () => {
  await browser.close();
  await post.close();
  rmSync(here, { recursive: true, force: true });
});

const factOf = (period: SummaryPeriod): FactOf<"SummaryDue"> => ({
  ...{ at: tradeDateEnd(date), due: tradeDateEnd(date), kind: "SummaryDue", period },
  ...{ from: beginningOf(period, date), tradeDate: date },
});

async function summaryIn(period: SummaryPeriod): Promise<SummaryText> {
  const places = placesIn(`${here}/data`);
  const journal = openJournalReadOnly(places.journal);
  const ledger = openLedgerReadOnly(places.ledger);
  if (!journal.ok || !ledger.ok) expect.fail("there are books");
  const books = { journal: journal.value, ledger: ledger.value, clock: systemClock() };
  const made = await summaryOf(books, factOf(period), journal.value.head().sequence);
  journal.value.close();
  ledger.value.close();
  return made.ok ? made.value : expect.fail(made.error);
}

const textIn = (period: SummaryPeriod): SummaryText =>
  summaries.get(period) ?? expect.fail(`there is a summary of the ${period}`);

function letterWith(period: SummaryPeriod): Letter {
  const { at } = factOf(period);
  const item: Item = {
    ...{ at, topic: "summary", tone: "plain", account: null, trade: null, quote: null },
    ...textIn(period),
  };
  return letterOf({ id: `ts-${period}-0123456789abcdef01234567-mail`, channel: "mail", at }, [
    item,
  ]);
}

const CONFIG: Omit<EmailConfig, "port"> = {
  ...{ kind: "email", rules: MAIL, host: "127.0.0.1", security: "none", ca: null, login: null },
  ...{ from: "TradeStream <bot@example.com>", to: ["trader@example.com"] },
};

async function mailed(period: SummaryPeriod, painter: Painter = resvgPainter()) {
  const made = smtpNotifier({ config: { ...CONFIG, port: post.port }, password: null });
  if (!made.ok) expect.fail(made.error);
  const notifier = illustrated(made.value, () => Promise.resolve(painter));
  const before = post.mails.length;
  await new Promise((resolve) => notifier.send(letterWith(period), resolve));
  notifier.close();
  return post.mails[before]?.mail ?? expect.fail("nothing came");
}

const words = (line: string): string => line.replaceAll(/\s+/g, " ").trim();

describe("its numbers", () => {
  test("of a day are those of `day`", async () => {
    const page = (await asked("day", date)).out().trim().split("\n");
    const mail = await mailed("day");
    const said = new Set((mail.text ?? "").split("\n").map(words));
    // Times, authors, verdicts, prices, costs, gates and gaps, line by line; the settings stay here.
    const missing = page
      .slice(1)
      .map(words)
      .filter((line) => !said.has(line));
    expect(missing.filter((line) => line !== "" && !line.startsWith("settings "))).toEqual([]);
    expect(mail.subject).toBe(`[TradeStream] ${page[0]}`);
    expect(page[0]).toMatch(/^\d{4}-\d\d-\d\d: 10 trades, net -?\$/);
  });

  test.each(["week", "month"] as const)(
    "of a %s are those of `report` and `metrics`",
    async (period) => {
      const { from } = factOf(period);
      const report = (await asked("report", "--from", from, "--to", date)).out().split("\n");
      const metrics = (await asked("metrics")).out().split("\n");
      const text = (await mailed(period)).text ?? "";
      const said = new Set(text.split("\n").map(words));
      const isFigure = (line: string): boolean => /^ *[a-z].* {2,}(?:-|-?\$?\d)/i.test(line);
      const figures = [...report.slice(0, report.indexOf("By month")), ...metrics].filter(isFigure);
      expect(figures.length).toBeGreaterThan(80);
      expect(
        figures.map(words).filter((line) => !said.has(line) && !line.startsWith("VALUE ")),
      ).toEqual([]);
      expect(text).toContain("10 trades; below 30 it says little");
      expect(text).toMatch(/1 day; below \d+ it says little/);
      expect(text).toContain("a spread takes at least two observations");
    },
  );
});

describe("its pictures", () => {
  test.each(PERIODS)("are in the mail of the %s itself, each told in words", async (period) => {
    const { attachments, html, text } = await mailed(period);
    const charts = textIn(period).sheet.charts;
    expect(charts.length).toBeGreaterThanOrEqual(2);
    expect(attachments.map(({ contentType }) => contentType)).toEqual(
      charts.map(() => "image/png"),
    );
    for (const { says } of charts) expect(text).toContain(`[${says}]`);
    // The reader of the test puts pictures where they are named, so no name is left.
    expect(String(html).match(/src="data:image\/png;base64,/g)).toHaveLength(charts.length);
    expect(String(html)).not.toMatch(/cid:/);
  });

  test("that cannot be painted are told in words, and the mail leaves", async () => {
    const broken: Painter = { paint: () => Promise.resolve(err("no binary for this machine")) };
    const { attachments, html, text } = await mailed("week", broken);
    expect(attachments).toEqual([]);
    for (const { says } of textIn("week").sheet.charts) {
      expect(text).toContain(`[${says}]`);
      expect(html).toContain(says.replaceAll("&", "&amp;"));
    }
    const absent: Painter = { paint: () => Promise.reject(new Error("gone")) };
    expect((await mailed("week", absent)).text).toContain("All of it, at any time");
  });
});

const SIGHTS = [
  { period: "day", scheme: "light", width: 390 },
  { period: "day", scheme: "dark", width: 1_000 },
  { period: "week", scheme: "dark", width: 390 },
  { period: "month", scheme: "light", width: 1_000 },
] as const;

describe.each(SIGHTS)("seen: $period, $scheme, $width wide", ({ period, scheme, width }) => {
  test("fits, has nothing on top of anything, and can be read", async () => {
    const { html } = await mailed(period);
    const {
      page,
      asked: fetched,
      complaints,
    } = await look(browser, String(html), { scheme, width });
    const { wide, room } = await page
      .locator("html")
      .evaluate((root) => ({ wide: root.scrollWidth, room: root.clientWidth }));
    expect(wide).toBeLessThanOrEqual(room);
    expect(await overlaps(page)).toEqual([]);
    const images = await page
      .locator("img")
      .evaluateAll((all) => all.map((one) => ({ wide: one.naturalWidth, alt: one.alt })));
    expect(images.map((one) => one.wide)).toEqual(textIn(period).sheet.charts.map(() => 1_104));
    expect(images.every(({ alt }) => alt.length > 20)).toBe(true);
    const { violations } = await new AxeBuilder({ page })
      .withRules(["color-contrast", "image-alt", "document-title", "html-has-lang"])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    const picture = await screenshot(page, `mail-${period}-${scheme}-${width}`);
    expect(picture.length).toBeGreaterThan(30_000);
    expect([fetched, complaints]).toEqual([[], []]);
    await page.close();
  });
});

type Page = Awaited<ReturnType<typeof look>>["page"];

/** Texts whose boxes lie on each other, and those that stick out of the mail. */
const overlaps = (page: Page): Promise<readonly string[]> =>
  page.locator("body").evaluate((body) => {
    const found: string[] = [];
    const boxes = [...body.querySelectorAll("td, th, div, span, img")]
      .filter((one) => one.children.length === 0)
      .map((one) => ({ words: one.textContent, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && box.height > 0);
    const edge = body.ownerDocument.documentElement.clientWidth;
    for (const [index, { words: text, box }] of boxes.entries()) {
      if (box.left < 0 || box.right > edge + 1) found.push(`${text} sticks out`);
      for (const other of boxes.slice(index + 1)) {
        const apartX = box.right <= other.box.left + 1 || other.box.right <= box.left + 1;
        const apartY = box.bottom <= other.box.top + 2 || other.box.bottom <= box.top + 2;
        if (!apartX && !apartY) found.push(`${text} lies on ${other.words}`);
      }
    }
    return found;
  });
