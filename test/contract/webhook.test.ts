import { onTestFinished } from "vitest";
import { virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { webhookSource } from "../../src/shell/http/webhook-source.ts";
import { memoryKeeper } from "../kit/memory-keeper.ts";
import { AT, posted, SETTINGS, signatureOf, TOKEN } from "../kit/webhooks.ts";
import { type PostedSource, postedSourceContract } from "./alert-source.ts";

type Send = (url: string, body: string, id: string) => Promise<unknown>;

const opened = (send: Send) => (): PostedSource => {
  let listening = (_port: number): void => {};
  const port = new Promise<number>((resolve) => {
    listening = resolve;
  });
  const clock = virtualClock(AT);
  const keeper = memoryKeeper();
  const source = webhookSource({ settings: SETTINGS, clock, keeper, listening });
  onTestFinished(() => source.close());
  const sendThere = async (body: string, id: string): Promise<void> => {
    await send(`http://127.0.0.1:${await port}`, body, id);
  };
  return {
    source,
    ready: async () => void (await port),
    post: (id, text) => sendThere(JSON.stringify({ id, text }), id),
    postNonsense: () => sendThere("{", "nonsense"),
  };
};

const JSON_BODY = { "content-type": "application/json" };

postedSourceContract(
  "a hook",
  opened((url, body) => posted(`${url}/hooks/${TOKEN}`, body, JSON_BODY)),
);

postedSourceContract(
  "a signed sender",
  opened((url, body, id) => {
    const headers = signatureOf(body, { id, timestamp: AT / 1_000 });
    return posted(`${url}/alerts`, body, { ...JSON_BODY, ...headers });
  }),
);
