/**
 * From the first byte of a webhook's request to the last of its answer, on this machine: the message
 * is durable by then.
 *
 * ```text
 * connect ─► POST /hooks/<token> ─► durable ─► 202        one at a time, a connection for each
 * ```
 *
 * The sender wants an answer within 200 ms and gives up after 3 seconds. The floor is what Node itself
 * needs for a request and a durable row.
 */
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Keeper } from "../../src/ports/keeper.ts";
import { systemClock } from "../../src/shell/host/clock.ts";
import { webhookSource } from "../../src/shell/http/webhook-source.ts";
import { ok } from "../../src/std/result.ts";
import { durableFile } from "../floor/durable-file.ts";
import { textOf } from "../kit/alerts.ts";
import { type Distribution, distributionOf, typicalOf } from "../kit/distribution.ts";
import { atMost, type Bench, type Finding, type Measure } from "../kit/measure.ts";
import { inTurn, pairsOf, ratioOf } from "../kit/rounds.ts";

const REQUESTS = 200;
const ANSWER_MAX = 200;
/** Each may send sixty a minute. */
const HOOKS = 10;

export const webhookAnswer: Measure = {
  name: "webhook-answer",
  async run({ disk, rounds, quicker, tell }: Bench) {
    tell("a webhook's answer");
    const count = Math.ceil(REQUESTS / quicker);
    const pairs = await inTurn(
      rounds,
      () => product(disk.folder(), count),
      () => floor(disk.folder(), count),
    );
    const spread = pairsOf(pairs, distributionOf);
    const typical = typicalOf(spread.product);
    const finding = (figure: "p50" | "p99"): Finding => ({
      id: figure === "p50" ? "hook" : "hook p99",
      what: `webhook answer, ${figure}`,
      unit: "ms",
      product: typical,
      floor: typicalOf(spread.floor),
      ratio: ratioOf(spread, (one: Distribution) => one[figure]),
      goals: [atMost(typical[figure], ANSWER_MAX, "ms")],
    });
    return [finding("p50"), finding("p99")];
  },
};

const tokenOf = (hook: number): string => `0123456789abcdef0123456789abcde${hook % HOOKS}`;

async function product(folder: string, count: number): Promise<readonly number[]> {
  const file = durableFile(join(folder, "messages.db"), "FULL");
  const keeper: Keeper = {
    keep(message) {
      file.write([JSON.stringify(message)]);
      return ok("new");
    },
    find: () => null,
    keepFault: () => ok(undefined),
  };
  let taken = 0;
  const settings = {
    ...{ host: "127.0.0.1", port: 0, signed: [] },
    hooks: Array.from({ length: HOOKS }, (_, hook) => ({
      ...{ name: `hook-${hook}`, token: tokenOf(hook), addresses: null },
    })),
  };
  let listening = (_port: number): void => {};
  const source = webhookSource({
    ...{ settings, clock: systemClock(), keeper },
    listening: (port) => listening(port),
  });
  const port = await new Promise<number>((resolve) => {
    listening = resolve;
    source.open({
      message() {
        taken += 1;
      },
      fault({ reason }) {
        throw new Error(reason);
      },
      end() {},
    });
  });
  const samples = await answers(port, count);
  source.close();
  file.close();
  if (taken !== count) throw new Error(`${taken} of ${count} were taken`);
  return samples;
}

async function floor(folder: string, count: number): Promise<readonly number[]> {
  const file = durableFile(join(folder, "rows.db"), "FULL");
  const server = createServer((asked, answer) => {
    let body = "";
    asked.on("data", (bytes) => (body += String(bytes)));
    asked.on("end", () => {
      file.write([body]);
      answer.writeHead(202, { "content-type": "application/json" }).end('{"status":"taken"}');
    });
  });
  const port = await portOf(server);
  const samples = await answers(port, count);
  server.close();
  file.close();
  return samples;
}

const portOf = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
  );

async function answers(port: number, count: number): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let n = 0; n < count; n++) {
    const from = performance.now();
    await answered(port, `/hooks/${tokenOf(n)}`, textOf(n));
    samples.push(performance.now() - from);
  }
  return samples;
}

const answered = (port: number, path: string, body: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const headers = { "content-type": "text/plain", "content-length": Buffer.byteLength(body) };
    const options = { host: "127.0.0.1", port, path, method: "POST", headers, agent: false };
    const asked = request(options, (answer) => {
      answer.resume();
      answer.on("end", () => {
        if (answer.statusCode === 202) resolve();
        else reject(new Error(`answered ${answer.statusCode}`));
      });
    });
    asked.on("error", reject);
    asked.end(body);
  });
