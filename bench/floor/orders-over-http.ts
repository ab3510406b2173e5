/**
 * The floor of orders over a line: a row each, flushed, then a bare request each over kept
 * connections to the same venue, and its answer read. It looks nothing up and remembers nothing.
 */
import { Agent, request } from "node:http";
import { join } from "node:path";
import { durableFile } from "./durable-file.ts";
import { alertRow, orderRow, understood } from "./rows.ts";

export interface FloorLine {
  /** Milliseconds until the last account's order is acknowledged. */
  alert(text: string): Promise<number>;
  close(): void;
}

export interface FloorLineParts {
  readonly folder: string;
  readonly url: string;
  readonly login: { readonly userName: string; readonly apiKey: string };
  readonly accounts: readonly number[];
}

const CONNECTIONS = 32;
const FAR_BELOW = 40;
const CONTRACT = "CON.F.US.MES.Z26";

export async function floorLine({
  folder,
  url,
  login,
  accounts,
}: FloorLineParts): Promise<FloorLine> {
  const facts = durableFile(join(folder, "floor.db"), "FULL");
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const post = poster(agent, url);
  const { token } = await post("Auth/loginKey", login, "");
  const bearer = String(token);
  let number = 0;

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
          const limitPrice = alert.entry / 4 - FAR_BELOW;
          const order = { type: 1, side: 0, size: 1, limitPrice, customTag: `${id}-${accountId}` };
          return post("Order/place", { accountId, contractId: CONTRACT, ...order }, bearer);
        }),
      );
      const spent = performance.now() - from;
      const cancels = answers.map(({ orderId, success }, index) => {
        if (success !== true) throw new Error(`refused: ${JSON.stringify(answers[index])}`);
        return post("Order/cancel", { accountId: accounts[index], orderId }, bearer);
      });
      await Promise.all(cancels);
      return spent;
    },
    close() {
      facts.close();
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
