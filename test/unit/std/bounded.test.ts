import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundedQueue } from "../../../src/std/bounded.ts";

const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("offer" as const), item: fc.nat() }),
    fc.record({ kind: fc.constant("putFirst" as const), item: fc.nat() }),
    fc.record({ kind: fc.constant("take" as const) }),
  ),
  { maxLength: 200 },
);

describe("a queue with a wall", () => {
  it("behaves like a list with a limit, whatever is put in and taken out", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 }), steps, (sizeMax, walk) => {
        const queue = boundedQueue<number>(sizeMax);
        const list: number[] = [];
        for (const step of walk) {
          if (step.kind === "take") expect(queue.take()).toBe(list.shift());
          else if (step.kind === "putFirst") {
            queue.putFirst(step.item);
            list.unshift(step.item);
          } else {
            const room = list.length < sizeMax;
            if (room) list.push(step.item);
            expect(queue.offer(step.item)).toBe(room);
          }
          expect(queue.size()).toBe(list.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("says no when it is full and yes again once something was taken", () => {
    const queue = boundedQueue<string>(1);
    expect([queue.offer("a"), queue.offer("b")]).toEqual([true, false]);
    expect([queue.take(), queue.offer("c"), queue.take()]).toEqual(["a", true, "c"]);
  });

  it("puts back what it took", () => {
    const queue = boundedQueue<string>(2);
    queue.offer("a");
    queue.offer("b");
    queue.putFirst(queue.take() ?? "");
    expect([queue.take(), queue.take(), queue.take()]).toEqual(["a", "b", undefined]);
  });

  it("lets half-done work in front although it is full", () => {
    const queue = boundedQueue<string>(1);
    queue.offer("a");
    queue.putFirst("first");
    expect([queue.size(), queue.take(), queue.take(), queue.take()]).toEqual([
      2,
      "first",
      "a",
      undefined,
    ]);
  });
});
