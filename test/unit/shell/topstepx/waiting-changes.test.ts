/** What is asked for again before it has left, goes out once. */
import { describe, expect, test } from "vitest";
import { WaitingChanges } from "../../../../src/shell/topstepx/waiting-changes.ts";

const STOP = { place: "7", words: "to 6316" };
const TARGET = { place: "8", words: "to 6338" };

describe("a change that waits", () => {
  test("is told to each who asked for it meanwhile, in their order", () => {
    const changes = new WaitingChanges<number>();
    const told: string[] = [];
    const { left, tell } = changes.begin(STOP, (end) => told.push(`first ${end}`));
    expect(changes.joins(STOP, (end) => told.push(`second ${end}`))).toBe(true);
    expect(changes.joins(TARGET, () => told.push("never"))).toBe(false);
    left();
    expect(changes.joins(STOP, () => told.push("never"))).toBe(false);
    tell(7);
    expect(told).toEqual(["first 7", "second 7"]);
  });

  test("and has left, is not mistaken for the next one of that name", () => {
    const changes = new WaitingChanges<number>();
    const told: string[] = [];
    const first = changes.begin(STOP, (end) => told.push(`first ${end}`));
    first.left();
    const second = changes.begin(STOP, (end) => told.push(`second ${end}`));
    first.tell(1);
    expect(changes.joins(STOP, (end) => told.push(`third ${end}`))).toBe(true);
    second.tell(2);
    expect(told).toEqual(["first 1", "second 2", "third 2"]);
    expect(changes.joins(STOP, () => told.push("never"))).toBe(false);
  });

  test("goes out once more where another of the same order was asked for in between", () => {
    const changes = new WaitingChanges<number>();
    const told: string[] = [];
    const first = changes.begin(STOP, (end) => told.push(`first ${end}`));
    const other = { ...STOP, words: "to 6318" };
    expect(changes.joins(other, () => told.push("never"))).toBe(false);
    changes.begin(other, () => told.push("other"));
    expect(changes.joins(STOP, () => told.push("never"))).toBe(false);
    const again = changes.begin(STOP, (end) => told.push(`again ${end}`));
    first.tell(1);
    expect(changes.joins(STOP, (end) => told.push(`with it ${end}`))).toBe(true);
    again.tell(2);
    expect(told).toEqual(["first 1", "again 2", "with it 2"]);
  });
});
