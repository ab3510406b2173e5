import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OrderState } from "../../../../src/core/model/trade.ts";
import { moved } from "../../../../src/core/track/evolve-entry.ts";
import { canBecome, isLive, isPending } from "../../../../src/core/track/order-states.ts";
import { aTrade } from "../../../kit/builders.ts";

/** Which state (row) may become which (column): x. */
const TABLE = `
             planned  sent  unknown  working  filled  cancelled  expired  rejected  not-sent
  planned    .        x     .        .        .       .          .        .         x
  sent       .        .     x        x        x       x          x        x         x
  unknown    .        .     .        x        x       x          x        x         x
  working    .        .     .        .        x       x          x        x         .
  filled     .        .     .        .        .       .          .        .         .
  cancelled  .        .     .        .        .       .          .        .         .
  expired    .        .     .        .        .       .          .        .         .
  rejected   .        .     .        .        .       .          .        .         .
  not-sent   .        .     .        x        x       x          x        x         .
`;

const [head = [], ...rows] = TABLE.trim()
  .split("\n")
  .map((line) => line.trim().split(/\s+/));
const states = head as readonly OrderState[];

const pairs = rows.flatMap(([from, ...cells]) =>
  cells.map((cell, index) => ({
    from: from as OrderState,
    to: states[index] as OrderState,
    may: cell === "x",
  })),
);

const { entry } = aTrade().tranches[0]!;

describe("the states of an entry order", () => {
  it("are nine, each compared with each", () => {
    expect(pairs).toHaveLength(81);
    expect(rows.map(([from]) => from)).toEqual(states);
  });

  it.each(pairs)("from $from to $to: $may", ({ from, to, may }) => {
    expect(canBecome(from, to)).toBe(may);
    expect(moved({ ...entry, state: from }, to).state).toBe(may ? to : from);
  });

  it("may still fill while sent, unknown or working, and may be sent while planned", () => {
    expect(states.filter(isLive)).toEqual(["sent", "unknown", "working"]);
    expect(states.filter(isPending)).toEqual(["planned", "sent", "unknown", "working"]);
  });

  it("that are terminal never change again, whatever is reported afterwards", () => {
    const terminal = fc.constantFrom<OrderState>("filled", "cancelled", "expired", "rejected");
    const reported = fc.array(fc.constantFrom(...states), { maxLength: 12 });
    fc.assert(
      fc.property(terminal, reported, (state, reports) => {
        expect(reports.reduce(moved, { ...entry, state }).state).toBe(state);
      }),
    );
  });

  it("never come back to one they have left", () => {
    const reported = fc.array(fc.constantFrom(...states), { maxLength: 20 });
    fc.assert(
      fc.property(reported, (reports) => {
        const seen: OrderState[] = ["planned"];
        reports.reduce(
          (order, to) => {
            const next = moved(order, to);
            if (next.state !== order.state) {
              expect(seen).not.toContain(next.state);
              seen.push(next.state);
            }
            return next;
          },
          { ...entry, state: "planned" as OrderState },
        );
      }),
    );
  });
});
