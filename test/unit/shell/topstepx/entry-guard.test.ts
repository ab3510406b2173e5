import { expect, it } from "vitest";
import { accountId, orderId, type Tag } from "../../../../src/core/model/ids.ts";
import { contracts, millis, ticks } from "../../../../src/core/model/units.ts";
import type { VenueReport, VenueRequest } from "../../../../src/core/model/venue.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { guardedEntries } from "../../../../src/shell/topstepx/entry-guard.ts";

const about = { account: accountId("7"), contract: "MESZ26" };
const place = (role: "entry" | "stop"): VenueRequest => ({
  ...{ ...about, kind: "place", id: role, role, tag: role as Tag, side: "buy", type: "limit" },
  ...{ quantity: contracts(1), price: ticks(25_300), bracket: null },
});
const cancel: VenueRequest = { ...about, kind: "cancel", id: "x", order: orderId("9") };

it("an entry in a contract that is not ours never leaves; all else does", () => {
  const clock = virtualClock(millis(0));
  const did: string[] = [];
  const heard: VenueReport[] = [];
  let fault: string | null = "MESZ26: a tick is worth $12.5";
  const broker = guardedEntries({
    broker: {
      brackets: "native",
      open: () => void did.push("open"),
      send: ({ id }) => void did.push(id),
      ask: () => void did.push("ask"),
      close: () => void did.push("close"),
    },
    clock,
    refusal: () => fault,
  });
  broker.open((report) => void heard.push(report));
  for (const request of [place("entry"), place("stop"), cancel]) broker.send(request);
  expect([did, heard]).toEqual([["open", "stop", "x"], []]);
  clock.runUntil(millis(1));
  const outcome = { kind: "refused", code: "contract", reason: fault };
  expect(heard).toEqual([{ kind: "answer", account: "7", id: "entry", outcome }]);
  fault = null;
  broker.send(place("entry"));
  broker.ask(accountId("7"), millis(0));
  fault = "again";
  broker.send(place("entry"));
  broker.close();
  clock.runUntil(millis(2));
  expect(did.slice(3)).toEqual(["entry", "ask", "close"]);
  expect([heard.length, broker.brackets]).toEqual([1, "native"]);
});
