/** The report's page, looked at in a real browser: light, dark, on a phone and on paper. */

import { createHash } from "node:crypto";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formOf } from "../../src/core/views/report/forms.ts";
import type { Report } from "../../src/core/views/report/report.ts";
import { crowdedTexts, faintMarks, look, openBrowser, screenshot } from "../kit/browser.ts";
import { manyTrades, reportOn, reportWithCards, sampleRecord } from "../kit/sample-report.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const pageOf = (report: Report): string =>
  formOf(report, {
    ...{ format: "html", columns: 80 },
    digest: (text) => createHash("sha256").update(text).digest("base64"),
  });

const NASTY =
  "ES long 6326: A\u202e<script>document.title='taken'</script>\nStop: 6316 <img src=x onerror=alert(1)>";
const cards = [1, 2, 3].map((number) =>
  sampleRecord({ number, ...(number === 2 ? { text: NASTY, author: "<b>mallory</b>" } : {}) }),
);
/** Many trades for the charts, and some with their stories. */
const report: Report = { ...reportOn(manyTrades(300)), cards: reportWithCards(cards).cards };
const html = pageOf(report);
/** For what looks at every element in many ways. */
const short = pageOf({
  ...reportOn(manyTrades(12)),
  cards: reportWithCards(cards.slice(1, 2)).cards,
});

const SIGHTS = [
  { name: "light", scheme: "light", width: 1_200 },
  { name: "dark", scheme: "dark", width: 1_200 },
  { name: "phone", scheme: "light", width: 390 },
  { name: "phone-dark", scheme: "dark", width: 390 },
] as const;

describe.each(SIGHTS)("$name", (sight) => {
  test("is sound: nothing asked of the network, nothing cut off, nothing faint", async () => {
    const { page, asked, complaints } = await look(browser, html, sight);
    await page.locator("details.card").evaluateAll((all) => {
      for (const one of all) one.setAttribute("open", "");
    });
    const { width, room } = await page
      .locator("html")
      .evaluate((root) => ({ width: root.scrollWidth, room: root.clientWidth }));
    expect(width).toBeLessThanOrEqual(room);
    expect(await crowdedTexts(page)).toEqual([]);
    expect(await faintMarks(page)).toEqual([]);
    const image = await screenshot(page, `report-${sight.name}`);
    expect(image.length).toBeGreaterThan(100_000);
    expect([asked, complaints]).toEqual([[], []]);
    await page.close();
  });
});

test.each(SIGHTS.filter(({ name }) => name === "light" || name === "phone-dark"))(
  "can be used by everybody: $name",
  async (sight) => {
    const { page } = await look(browser, short, sight);
    const { violations, passes } = await new AxeBuilder({ page }).analyze();
    const told = violations.map(
      ({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
    );
    expect(told).toEqual([]);
    expect(passes.map(({ id }) => id)).toContain("svg-img-alt");
    await page.close();
  },
);

test("what a stranger wrote is there to be read, and did nothing", async () => {
  const { page, complaints } = await look(browser, html, { scheme: "light", width: 1_200 });
  const quote = page.locator("#t2 blockquote");
  expect(await quote.textContent()).toContain(
    "ES long 6326: A<script>document.title='taken'</script>",
  );
  expect(await page.title()).toMatch(/^Trading report: /);
  expect(await page.locator("script, img, iframe").count()).toBe(0);
  expect(complaints).toEqual([]);
  await page.close();
});

test("a number in the list leads to its card, and opens it", async () => {
  const { page } = await look(browser, pageOf(reportWithCards(cards)), {
    scheme: "light",
    width: 1_200,
  });
  expect(await page.locator("#t3").isVisible()).toBe(false);
  await page.getByRole("link", { name: "#3" }).click();
  await expect.poll(() => page.locator("#t3").isVisible()).toBe(true);
  expect(await page.locator("#t3 .chart").getAttribute("role")).toBe("img");
  await page.close();
});

test("on paper every trade is listed, closed cards stay away, and colours are those of a light page", async () => {
  const { page } = await look(browser, html, { scheme: "dark", width: 1_200 });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const paper = await page
    .locator("body")
    .evaluate((body) => body.ownerDocument.defaultView.getComputedStyle(body).backgroundColor);
  expect(paper).toBe("rgb(255, 255, 255)");
  const shown = (selector: string) =>
    page
      .locator(selector)
      .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height > 0).length);
  expect(await shown(".trades tbody tr")).toBe(300);
  expect(await shown(".card")).toBe(0);
  const pdf = await page.pdf({ format: "Letter", printBackground: true });
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  expect(pages).toBeGreaterThan(4);
  expect(pages).toBeLessThan(25);
  await page.close();
});

test("without trades the page says so and is as sound", async () => {
  const { page, complaints } = await look(browser, pageOf(reportOn([])), {
    scheme: "dark",
    width: 390,
  });
  expect(await page.locator("main").textContent()).toContain("No trade was closed in this range.");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect([violations, complaints]).toEqual([[], []]);
  await page.close();
});

test("a page of five thousand trades, five hundred with cards, stays below 3 MB", () => {
  const records = Array.from({ length: 500 }, (_, index) => sampleRecord({ number: index + 1 }));
  const large = { ...reportOn(manyTrades(5_000)), cards: reportWithCards(records).cards };
  expect(pageOf(large).length).toBeLessThan(3_000_000);
});
