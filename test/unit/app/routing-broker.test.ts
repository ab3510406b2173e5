import { expect, it } from "vitest";
import { routingBroker } from "../../../src/app/routing-broker.ts";
import { accountId, isTwin, orderId, twinOf } from "../../../src/core/model/ids.ts";
import { millis } from "../../../src/core/model/units.ts";
import type { Broker } from "../../../src/ports/broker.ts";

it("each account's orders go to its own venue, and those of strangers nowhere", () => {
  const did: string[] = [];
  const venue = (name: string): Broker => ({
    brackets: name === "live" ? "native" : "none",
    open: () => void did.push(`${name} open`),
    send: ({ account }) => void did.push(`${name} send ${account}`),
    ask: (account) => void did.push(`${name} ask ${account}`),
    close: () => void did.push(`${name} close`),
  });
  const [live, twin, other] = [accountId("7"), twinOf(accountId("7")), accountId("paper")];
  const broker = routingBroker(
    { owns: (account) => account === live, broker: venue("live") },
    { owns: isTwin, broker: venue("paper") },
  );
  broker.open(() => {});
  for (const account of [live, twin, other]) {
    broker.send({ kind: "cancel", id: "x", account, contract: "MESZ26", order: orderId("1") });
    broker.ask(account, millis(0));
  }
  broker.close();
  expect(did).toEqual([
    "live open",
    "paper open",
    "live send 7",
    "live ask 7",
    "paper send 7-twin",
    "paper ask 7-twin",
    "live close",
    "paper close",
  ]);
  expect(broker.brackets).toBe("native");
});
