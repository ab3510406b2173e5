import { expect, test } from "vitest";
import { createSendings } from "../../../src/app/sendings.ts";
import type { Tag } from "../../../src/core/model/ids.ts";
import { millis } from "../../../src/core/model/units.ts";
import type { VenueReport, VenueRequest } from "../../../src/core/model/venue.ts";
import { virtualClock } from "../../../src/shell/host/virtual-clock.ts";
import { ACCOUNT, aFill, anOrder, NOW } from "../../kit/builders.ts";

const place = (tag: string, role: "entry" | "stop" = "entry") =>
  ({ kind: "place", id: tag, tag: tag as Tag, role }) as VenueRequest;
const answer = (id: string): VenueReport => ({
  ...{ kind: "answer", account: ACCOUNT, id },
  outcome: { kind: "done", order: null },
});

test("an entry is known by the answer to it, by its order and by its fill", () => {
  const clock = virtualClock(NOW);
  const sendings = createSendings(clock);
  sendings.note(place("a"));
  clock.runUntil(millis(NOW + 70));
  sendings.note(place("b"));
  expect(sendings.of(answer("a"))).toBe(NOW);
  const order = anOrder({ tag: "b" });
  expect(sendings.of({ kind: "order", account: ACCOUNT, order })).toBe(NOW + 70);
  const fill = aFill({ tag: "b" });
  expect(sendings.of({ kind: "fill", account: ACCOUNT, fill })).toBe(NOW + 70);
});

test("nothing is known of other orders, of orders of nobody, and of news about none", () => {
  const sendings = createSendings(virtualClock(NOW));
  sendings.note(place("s", "stop"));
  sendings.note({ kind: "close", id: "c" } as VenueRequest);
  expect([sendings.of(answer("s")), sendings.of(answer("c"))]).toEqual([null, null]);
  const order = anOrder({ tag: null });
  expect(sendings.of({ kind: "order", account: ACCOUNT, order })).toBeNull();
  expect(sendings.of({ kind: "link", account: ACCOUNT, state: "up" })).toBeNull();
});

test("the oldest is forgotten", () => {
  const sendings = createSendings(virtualClock(NOW), 2);
  for (const tag of ["a", "b", "c"]) sendings.note(place(tag));
  expect(["a", "b", "c"].map((tag) => sendings.of(answer(tag)))).toEqual([null, NOW, NOW]);
});
