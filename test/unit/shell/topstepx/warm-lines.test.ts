import { expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { warmLines } from "../../../../src/shell/topstepx/warm-lines.ts";
import { NOW } from "../../../kit/builders.ts";

function lines(orders: number) {
  const clock = virtualClock(NOW);
  const at: number[] = [];
  const health = { spent: 0, hasToken: true };
  const gateway = {
    ping: () => void at.push((clock.now() - NOW) / 1_000),
    health: () => ({
      ...{ waiting: 0, inFlight: 0, heldUntil: null, loginFault: null, loginFailures: 0 },
      ...{ calls: 0, limited: 0, lastAnswerAt: null, lastError: null },
      ...health,
    }),
  };
  const { close } = warmLines({ clock, gateway, orders });
  return {
    at,
    close,
    health,
    pass: (seconds: number) => clock.runUntil(millis(clock.now() + seconds * 1_000)),
  };
}

test("as many connections as orders that leave together are used before they grow old", () => {
  const { at, close, pass } = lines(3);
  pass(60);
  expect(at).toEqual([5, 5, 5, 45, 45, 45]);
  close();
  pass(60);
  expect(at).toHaveLength(6);
});

test("eight at most, and none where the looks keep enough of them", () => {
  const many = lines(500);
  const few = lines(2);
  many.pass(10);
  few.pass(100);
  few.close();
  expect([many.at.length, few.at.length]).toEqual([8, 0]);
});

test("none where the calls are short, or nobody is logged in", () => {
  const { at, health, pass } = lines(5);
  health.spent = 81;
  pass(10);
  health.spent = 0;
  health.hasToken = false;
  pass(40);
  expect(at).toEqual([]);
  health.hasToken = true;
  pass(40);
  expect(at).toHaveLength(5);
});
