import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agenda } from "../../../src/std/agenda.ts";

function takeAll<T>(due: ReturnType<typeof agenda<T>>): T[] {
  const items: T[] = [];
  for (let next = due.take(); next !== null; next = due.take()) items.push(next.item);
  return items;
}

describe("an agenda", () => {
  test("that is empty has nothing to give", () => {
    const due = agenda<string>();
    expect([due.first(), due.take(), due.size()]).toEqual([null, null, 0]);
  });

  test("gives the earliest first, and of one moment the one added first", () => {
    const due = agenda<string>();
    for (const [at, item] of [
      [7, "c"],
      [3, "a"],
      [7, "d"],
      [3, "b"],
    ] as const)
      due.add(at, item);
    expect(due.first()).toMatchObject({ at: 3, item: "a" });
    expect(takeAll(due)).toEqual(["a", "b", "c", "d"]);
  });

  test("forgets at once what was called off", () => {
    const due = agenda<string>();
    const callOffs = ["a", "b", "c"].map((item, at) => due.add(at, item));
    callOffs[1]?.();
    expect(due.size()).toBe(2);
    expect(takeAll(due)).toEqual(["a", "c"]);
  });

  test("does nothing when an entry is called off twice, or after it was taken", () => {
    const due = agenda<string>();
    const callOffFirst = due.add(1, "first");
    const callOffSecond = due.add(2, "second");
    due.add(3, "third");
    due.take();
    callOffFirst();
    callOffSecond();
    callOffSecond();
    expect(takeAll(due)).toEqual(["third"]);
  });

  test("orders any additions and cancellations as a sorted list would", () => {
    const step = fc.oneof(
      fc.record({ add: fc.integer({ min: 0, max: 20 }) }),
      fc.record({ callOff: fc.nat(60) }),
      fc.constant({ take: true }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const due = agenda<number>();
        const callOffs: (() => void)[] = [];
        let model: { at: number; item: number }[] = [];
        for (const one of steps) {
          if ("add" in one) {
            const item = callOffs.length;
            callOffs.push(due.add(one.add, item));
            model = [...model, { at: one.add, item }].toSorted((a, b) => a.at - b.at);
          } else if ("callOff" in one) {
            callOffs[one.callOff]?.();
            model = model.filter(({ item }) => item !== one.callOff);
          } else {
            expect(due.take()?.item).toBe(model.shift()?.item);
          }
          expect(due.size()).toBe(model.length);
        }
        expect(takeAll(due)).toEqual(model.map(({ item }) => item));
      }),
    );
  });
});
