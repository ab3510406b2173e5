/**
 * The house at a venue over the wire: the real broker, gateway client and hub link, and the stand-in
 * venue as a process of its own on this machine.
 *
 * The venue does not count our calls, and neither do we: what is measured is the way, and the venue's
 * limit of calls would be all there is to see.
 */
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { type AccountId, accountId } from "../../src/core/model/ids.ts";
import { millis } from "../../src/core/model/units.ts";
import type { Broker } from "../../src/ports/broker.ts";
import type { Clock } from "../../src/ports/clock.ts";
import { answersFirst } from "../../src/shell/topstepx/answers-first.ts";
import { TopstepxBroker } from "../../src/shell/topstepx/broker.ts";
import { LIMITS } from "../../src/shell/topstepx/call-limits.ts";
import { contractOfCode, contractOfId } from "../../src/shell/topstepx/contract-names.ts";
import { GatewayClient } from "../../src/shell/topstepx/gateway-client.ts";
import { httpTransport } from "../../src/shell/topstepx/http-transport.ts";
import { hubConnector } from "../../src/shell/topstepx/hub-connection.ts";
import { liveUserHub } from "../../src/shell/topstepx/live-user-hub.ts";
import { networkTransport } from "../../src/shell/topstepx/network-transport.ts";
import { valuesOf } from "../../src/std/trie.ts";
import { BASE_PRICE } from "./alerts.ts";
import { type House, type HouseParts, openHouse } from "./house.ts";
import { builtProgram } from "./installation.ts";
import { startProgram } from "./process.ts";
import { until } from "./turns.ts";

/** As the stand-in knows them; they open nothing else. */
export const LOGIN = { userName: "trader", apiKey: "practice-key" } as const;
/** Numbers of its accounts count up from here. */
export const FIRST_ACCOUNT = 101;

export interface VenueProcess {
  readonly url: string;
  stop(): Promise<void>;
}

/** A stand-in with so many accounts, at a price that stands: the next one up is asked for. */
export async function venueProcess(
  folder: string,
  accounts: number,
  price = BASE_PRICE,
): Promise<VenueProcess> {
  const program = builtProgram();
  if (program === null) throw new Error("the stand-in is the built program: npm run build first");
  const script = join(folder, "venue.txt");
  writeFileSync(script, `0 price MES ${price} ${price} ${price + 0.25}\n`);
  const port = await freePort();
  const running = await startProgram(
    [
      ...[program, "venue-sim", "--port", String(port), "--script", script],
      ...["--accounts", String(accounts), "--always-open", "--unlimited"],
    ],
    { ready: /prices/, count: 1 },
  );
  return { url: `http://127.0.0.1:${port}`, stop: () => running.stop() };
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });

type LiveParts = Omit<HouseParts, "names" | "venue" | "opensAt"> & { readonly url: string };

/** A house that has compared every account with that venue, by whose clock it goes, and hears its news. */
export async function openLiveHouse({ url, ...parts }: LiveParts): Promise<House> {
  const { accounts: count = 1 } = parts;
  const numbers = Array.from({ length: count }, (_, index) => FIRST_ACCOUNT + index);
  const names = numbers.map((number) => accountId(String(number)));
  const house = await openHouse({
    ...parts,
    opensAt: millis(Date.now()),
    names,
    venue: (clock) => brokerAt(url, clock, names),
  });
  const isReady = (): boolean =>
    valuesOf(house.loop.state().accounts).every((one) => one.settled && one.link?.state === "up");
  await until(isReady, "the venue's news is heard");
  return house;
}

const FREE = 1_000_000;

function brokerAt(url: string, clock: Clock, names: readonly AccountId[]): Broker {
  const log = { write: () => {} };
  const urls = { user: `${url}/hubs/user`, market: `${url}/hubs/market` };
  const { watched, tell } = answersFirst();
  const transport = networkTransport({
    clock,
    http: watched(httpTransport({ restUrl: url })),
    hubs: hubConnector({ urls, log, tell }),
  });
  const waitMax = { ...LIMITS.waitMax, enter: FREE };
  const limits = { ...LIMITS, callsMax: FREE, waitingMax: FREE, waitMax };
  const gateway = new GatewayClient({ transport, credentials: LOGIN, log, limits });
  const accounts = names.map((account) => ({ account, number: Number(account) }));
  const hub = liveUserHub({
    ...{ transport, log, tokens: gateway, seed: 1 },
    accounts: accounts.map(({ number }) => number),
  });
  const broker = new TopstepxBroker({
    ...{ clock, gateway, hub, log, accounts, brackets: "native" },
    contracts: { byCode: contractOfCode, byId: contractOfId },
  });
  return {
    brackets: "native",
    open: (listener) => broker.open(listener),
    send: (request) => broker.send(request),
    ask: (account, since) => broker.ask(account, since),
    close() {
      broker.close();
      gateway.close();
      transport.close();
    },
  };
}
