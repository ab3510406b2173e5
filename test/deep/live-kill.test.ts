/**
 * Real kills of a live house at the stand-in venue: 102, each step in each phase of another trade;
 * in the long run each of three markets in every one of these.
 */
import { expect, test } from "vitest";
import { amount } from "../kit/length.ts";
import { oneSeasonedHouse } from "../kit/live-process.ts";
import { KEY } from "../kit/venue-house.ts";
import type { GatedVenue } from "../production/gated-venue.ts";
import { liveCell, liveKills, liveMatrix } from "../production/live-kills.ts";

const COUNT = amount(102, 306);
/** Cells at a time; most of a cell is waiting. */
const LANES = 6;
const PATIENCE = COUNT * 10_000;

const seasoned = oneSeasonedHouse();

test(
  "killed at each of 17 steps in each of six phases, a live house goes on",
  async () => {
    const report = await liveKills(liveMatrix(COUNT), await seasoned(), LANES);
    console.log(
      `${report.recovered} of ${report.cells} recovered, ${report.kills} kills, ${report.seconds} s`,
    );
    expect(report.violations).toEqual([]);
    expect([report.recovered, report.cells]).toEqual([COUNT, COUNT]);
  },
  PATIENCE,
);

test("an entry sent again, and contracts that nobody covers, are found out", async () => {
  const again = liveCell("K3", ({ venue }) => order(venue, venue.calls.at(-1)?.body ?? {}));
  const bare = liveCell("K10", ({ venue }) => {
    const { accountId, contractId } = venue.calls[0]?.body ?? {};
    return order(venue, { accountId, contractId, type: 2, side: 0, size: 1 });
  });
  const report = await liveKills([again, bare], await seasoned(), 2);
  const said = report.violations.join("\n");
  expect(report.recovered).toBe(0);
  expect(said).toMatch(/K3a.*-e1-1 sent twice/);
  expect(said).toMatch(/K3a.*-e1-1 was sent by a later life/);
  expect(said).toMatch(/K10a.*I17 .* naked/);
  expect(said).toMatch(/K10a.*1 MES\w+ are still held/);
  expect(said).toMatch(/K10a.*nothing explains/);
});

/** As somebody else who has the key would. */
async function order({ url }: GatedVenue, body: object): Promise<void> {
  const token = await asked(`${url}/api/Auth/loginKey`, { userName: "trader", apiKey: KEY }, "");
  await asked(`${url}/api/Order/place`, body, token);
}

async function asked(url: string, body: object, token: string): Promise<string> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  const said: { readonly token?: string } = JSON.parse(await answer.text());
  return said.token ?? "";
}
