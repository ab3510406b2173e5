/**
 * The same stranger at the command: `tradestream venue-sim` on the host's time, with the delays of
 * the real venue and a script for its prices.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type BareEvent, bareVenueClient } from "../kit/bare-venue-client.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { terminal } from "../kit/terminal.ts";

const ACCOUNT = 101;

async function opened() {
  const here = temporaryFolder();
  writeFileSync(join(here, "day.txt"), "0 price MES 6326.00 6325.75 6326.00\n");
  const shell = terminal({ here });
  const ended = shell.run(...["venue-sim", "--port", "0", "--script", "day.txt", "--always-open"]);
  await shell.shows("prices");
  const [url = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(shell.out()) ?? [];
  onTestFinished(async () => {
    shell.signal("SIGTERM");
    await ended;
  });
  const cue = (body: string) => fetch(`${url}/__sim/do`, { method: "POST", body });
  return { url, cue };
}

const became =
  (customTag: string, status: number) =>
  ({ data }: BareEvent): boolean =>
    data["customTag"] === customTag && data["status"] === status;

test.each([
  { tokenIn: "header", negotiates: false },
  { tokenIn: "query", negotiates: true },
] as const)("a stranger trades at the command: $tokenIn, negotiating $negotiates", async (way) => {
  const { url, cue } = await opened();
  const login = { userName: "trader", apiKey: "practice-key" };
  const client = bareVenueClient({ url, ...login, ...way });
  onTestFinished(() => client.close());
  await client.login();
  const [active] = (await client.contracts("MES")).filter(
    (one) => one["symbolId"] === "F.US.MES" && one["activeContract"] === true,
  );
  const contractId = String(active?.["id"]);
  const user = await client.hub("user");
  for (const what of ["Orders", "Positions", "Trades"]) {
    await user.invoke(`Subscribe${what}`, ACCOUNT);
  }
  const entry = { accountId: ACCOUNT, contractId, type: 2, side: 0, size: 1 };
  const stopLossBracket = { ticks: -40, type: 4 };
  const takeProfitBracket = { ticks: 28, type: 1 };
  await client.place({ ...entry, customTag: "taken", stopLossBracket, takeProfitBracket });
  await user.until("a stop that works", became("taken-SL", 1));
  await user.until("a target that works", became("taken-TP", 1));
  await cue("price MES 6340.00");
  await user.until("the target hit", became("taken-TP", 2));
  await user.until("its stop gone", became("taken-SL", 3));

  await client.place({ ...entry, customTag: "closed", stopLossBracket, takeProfitBracket });
  const stop = await user.until("another stop", became("closed-SL", 1));
  await user.until("another target", became("closed-TP", 1));
  const stopPrice = Number(stop.data["stopPrice"]) + 5;
  await client.modify({ accountId: ACCOUNT, orderId: Number(stop.data["id"]), stopPrice });
  await user.until("the stop moved", ({ data }) => data["stopPrice"] === stopPrice);
  await client.closeContract(ACCOUNT, contractId);
  const isClosed = ({ target, data }: BareEvent): boolean =>
    target === "GatewayUserPosition" && data["size"] === 0;
  await user.until("flat", isClosed);
  await expect.poll(() => client.positions(ACCOUNT)).toEqual([]);
  const orphans = await client.openOrders(ACCOUNT);
  expect(orphans.map((one) => one["customTag"]).toSorted()).toEqual(["closed-SL", "closed-TP"]);
  for (const orphan of orphans) await client.cancel(ACCOUNT, Number(orphan["id"]));
  await expect.poll(() => client.ordersOf(ACCOUNT, [1, 6, 7, 8])).toEqual([]);
  const trades = await client.trades(ACCOUNT, "2020-01-01T00:00:00Z");
  expect(trades.map((one) => typeof one["profitAndLoss"])).toEqual([
    ...["number", "object", "number", "object"],
  ]);
});
