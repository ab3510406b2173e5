/**
 * The floor of orders over a line: a row each, flushed, then a bare request each over kept
 * connections to the same venue, and its answer read. It looks nothing up and remembers nothing.
 *
 * The venue has the same work with it as with us: orders of the same fields, each with its bracket,
 * and somebody who hears its news. What is heard is thrown away.
 */
import { Agent, request } from "node:http";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { WebSocket } from "ws";
import { durableFile } from "./durable-file.ts";
import { alertRow, orderRow, understood } from "./rows.ts";

export interface FloorLine {
  /** Milliseconds until the last account's order is acknowledged. */
  alert(text: string): Promise<number>;
  /** Until nothing is held and nothing rests any more. */
  flatten(): Promise<void>;
  close(): void;
}

export interface FloorLineParts {
  readonly folder: string;
  readonly url: string;
  readonly login: { readonly userName: string; readonly apiKey: string };
  readonly accounts: readonly number[];
}

const CONNECTIONS = 32;
/** The venue fills it at once, as it fills ours. */
const ABOVE = 2;
const TRIES_MAX = 1_000;
const CONTRACT = "CON.F.US.MES.Z26";
const BRACKET = {
  stopLossBracket: { ticks: -48, type: 4 },
  takeProfitBracket: { ticks: 20, type: 1 },
};

export async function floorLine(parts: FloorLineParts): Promise<FloorLine> {
  const { folder, url, login, accounts } = parts;
  const facts = durableFile(join(folder, "floor.db"), "FULL");
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const post = poster(agent, url);
  const { token } = await post("Auth/loginKey", login, "");
  const bearer = String(token);
  const hub = await deafEar(url, bearer, accounts);
  let number = 0;
  let placed: readonly number[] = [];
  /** Until it is done: what has just been asked for is not at work yet. */
  const done = async (call: string, asked: object): Promise<void> => {
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      if ((await post(call, asked, bearer))["success"] === true) return;
      await pause(5);
    }
    throw new Error(`${call} cannot be done`);
  };
  const flatten = async (accountId: number, order: number): Promise<void> => {
    await done("Position/closeContract", { accountId, contractId: CONTRACT });
    // Its legs have the numbers after it.
    await done("Order/cancel", { accountId, orderId: order + 1 });
    await done("Order/cancel", { accountId, orderId: order + 2 });
  };

  return {
    async alert(text) {
      const from = performance.now();
      number += 1;
      const [at, id] = [Date.now(), `floor-${from}`];
      const alert = understood(text);
      const rows = accounts.map((account) => orderRow(id, at, String(account), alert));
      facts.write([alertRow(number, at, text, alert), ...rows]);
      const answers = await Promise.all(
        accounts.map((accountId) => {
          const limitPrice = alert.entry / 4 + ABOVE;
          const order = { type: 1, side: 0, size: 1, customTag: `${id}-${accountId}`, limitPrice };
          const asked = { accountId, contractId: CONTRACT, ...order, ...BRACKET };
          return post("Order/place", asked, bearer);
        }),
      );
      const spent = performance.now() - from;
      for (const answer of answers) {
        if (answer["success"] !== true) throw new Error(`refused: ${JSON.stringify(answer)}`);
      }
      placed = answers.map(({ orderId }) => Number(orderId));
      return spent;
    },
    flatten: async () =>
      void (await Promise.all(
        accounts.map((account, index) => flatten(account, placed[index] ?? 0)),
      )),
    close() {
      facts.close();
      hub.close();
      agent.destroy();
    },
  };
}

type Answer = Readonly<Record<string, unknown>>;

const poster =
  (agent: Agent, url: string) =>
  (call: string, body: object, token: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const asked = request(`${url}/api/${call}`, { agent, method: "POST", headers }, (answer) => {
        let text = "";
        answer.on("data", (bytes) => (text += String(bytes)));
        answer.on("end", () => resolve(JSON.parse(text)));
      });
      asked.on("error", reject);
      asked.end(JSON.stringify(body));
    });

const END = "\x1e";
const TOPICS = ["Orders", "Positions", "Trades"];

/** Subscribed to the news of all accounts, and told when the last of that is granted. */
function deafEar(url: string, token: string, accounts: readonly number[]): Promise<WebSocket> {
  const wanted = [
    { target: "SubscribeAccounts", arguments: [] as number[] },
    ...accounts.flatMap((account) =>
      TOPICS.map((topic) => ({ target: `Subscribe${topic}`, arguments: [account] })),
    ),
  ].map((one, index) => ({ type: 1, invocationId: String(index), ...one }));
  const socket = new WebSocket(`${url.replace("http", "ws")}/hubs/user?access_token=${token}`);
  return new Promise((resolve, reject) => {
    let granted = 0;
    const count = (data: unknown): void => {
      granted += String(data).split('"type":3').length - 1;
      if (granted < wanted.length) return;
      socket.off("message", count);
      resolve(socket);
    };
    socket.on("error", reject);
    socket.on("message", count);
    socket.on("open", () => {
      socket.send(`{"protocol":"json","version":1}${END}`);
      for (const one of wanted) socket.send(JSON.stringify(one) + END);
    });
  });
}
