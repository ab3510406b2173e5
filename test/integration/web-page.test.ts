/** The read-only page in a real browser: what it draws, what it asks for, and who can read it. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, screenshot } from "../kit/browser.ts";
import { WEB_TOKEN, webHouse } from "../kit/web-house.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const NASTY = "ES long 6326 <img src=x onerror=\"document.title='taken'\"><script>1</script>";

const VIEW = {
  ...{ mode: "paper", impaired: false, entries: "partly", clock: "09:31:05 CT" },
  day: { closedUsd: 120.5, openUsd: -40, priced: true, feesUsd: 3.7, netUsd: 80.5 },
  omitted: { accounts: 0, positions: 0 },
  accounts: [
    {
      ...{ name: "Paper", gate: "active", balanceUsd: 50_120.5, refuses: [] },
      day: { netUsd: 80.5 },
    },
    {
      ...{ name: "Second", gate: "halted", balanceUsd: 49_000, day: { netUsd: -200 } },
      refuses: [{ code: "halted", text: "halted: lunch" }],
    },
  ],
  positions: [
    {
      ...{
        trade: 3,
        side: "long",
        held: 2,
        instrument: "MES",
        price: 6_329.5,
        bare: 0,
        openUsd: -40,
      },
      stops: [{ price: 6_316, quantity: 2 }],
      exits: [{ price: 6_333, quantity: 1 }],
    },
    {
      ...{
        trade: 4,
        side: "short",
        held: 1,
        instrument: "MNQ",
        price: null,
        bare: 1,
        openUsd: null,
      },
      ...{ stops: [], exits: [] },
    },
  ],
  alerts: [
    {
      ...{ clock: "09:31:05 CT", author: "<b>mallory</b>", text: NASTY, outcome: "refused" },
      ...{ reason: "stop-too-far", netUsd: null },
    },
  ],
  alarms: [{ what: "unprotected", since: "2026-11-19T15:31:05.000Z" }],
  health: {
    components: [
      {
        component: "disk",
        state: "degraded",
        reason: "900 MB free",
        since: "2026-11-19T15:00:00Z",
      },
      { component: "mail", state: "ok", reason: "fine", since: "2026-11-19T15:00:00Z" },
    ],
  },
};

async function open(
  snapshot: () => string,
  { width = 1_100, scheme = "light" as "light" | "dark" } = {},
) {
  const { port } = await webHouse({ snapshot: async () => snapshot() });
  const context = await browser.newContext({
    ...{ viewport: { width, height: 900 }, colorScheme: scheme },
    httpCredentials: { username: "owner", password: WEB_TOKEN },
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (
      !request.url().startsWith(`http://127.0.0.1:${port}/`) &&
      !request.url().startsWith("data:")
    )
      asked.push(request.url());
  });
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.locator("#mode", { hasText: /PAPER|LIVE/ }).waitFor();
  return { page, complaints, asked, close: () => context.close() };
}

const rowsOf = (page: Page, id: string): Promise<readonly string[]> =>
  page
    .locator(`#${id} tr`)
    .evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent).join(" | ")),
    );

describe("the page", () => {
  test("shows mode, gate, positions with their stops, the day and the last alerts", async () => {
    const { page, complaints, asked, close } = await open(() => JSON.stringify(VIEW));
    expect(await page.locator("#entries").textContent()).toBe("ENTRIES PARTLY");
    expect(await page.locator("#day").textContent()).toContain("Net$80.50");
    expect(await rowsOf(page, "accounts")).toEqual([
      "Account | Gate | Balance | Today | Entries",
      "Paper | active | $50,120.50 | $80.50 | entries are taken",
      "Second | halted | $49,000.00 | -$200.00 | halted: lunch",
    ]);
    expect((await rowsOf(page, "positions")).slice(1)).toEqual([
      "#3 | long 2 MES | 6329.5 | 6316 x2 | 6333 x1 | -$40.00",
      "#4 | short 1 MNQ | no price | 1 WITHOUT A STOP | - | -",
    ]);
    expect(await page.locator("#health li").allTextContents()).toEqual([
      "ALARM: unprotected, since 2026-11-19T15:31:05.000Z",
      "disk degraded: 900 MB free, since 2026-11-19T15:00:00Z",
    ]);
    expect([complaints, asked]).toEqual([[], []]);
    await close();
  });

  test("shows what a stranger wrote as text, and runs none of it", async () => {
    const { page, complaints, close } = await open(() => JSON.stringify(VIEW));
    expect(await rowsOf(page, "alerts")).toContain(
      `09:31:05 CT | <b>mallory</b> | ${NASTY} | refused: stop-too-far | -`,
    );
    expect(await page.locator("table img, table script, table b").count()).toBe(0);
    expect(await page.title()).toBe("TradeStream");
    expect(complaints).toEqual([]);
    await close();
  });

  test("draws what changes, and says when it is old", async () => {
    let view: object = VIEW;
    const { page, close } = await open(() => {
      if (Object.keys(view).length === 0) throw new Error("gone");
      return JSON.stringify(view);
    });
    view = { ...VIEW, mode: "live", impaired: true, alerts: [], positions: [] };
    await page.locator("#mode", { hasText: "LIVE" }).waitFor();
    expect(await page.locator("#entries").textContent()).toBe("EXITS ONLY");
    expect(await rowsOf(page, "positions")).toEqual(["nothing is open"]);
    view = {};
    await page.locator("#notice", { hasText: "is not reached (it answered 500)" }).waitFor();
    await close();
  });

  test.each([
    ["light", 1_100],
    ["dark", 390],
  ] as const)("can be used by everybody: %s, %i wide", async (scheme, width) => {
    const { page, close } = await open(() => JSON.stringify(VIEW), { width, scheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    const { scroll, room } = await page
      .locator("html")
      .evaluate((root) => ({ scroll: root.scrollWidth, room: root.clientWidth }));
    expect(scroll).toBeLessThanOrEqual(room);
    await screenshot(page, `web-page-${scheme}`);
    await close();
  });
});
