/** What is asked for again before it has left, goes out once. */
import { describe, expect, test } from "vitest";
import { WaitingChanges } from "../../../../src/shell/topstepx/waiting-changes.ts";

describe("a change that waits", () => {
  test("is told to each who asked for it meanwhile, in their order", () => {
    const changes = new WaitingChanges<number>();
    const told: string[] = [];
    const { left, tell } = changes.begin("stop", (end) => told.push(`first ${end}`));
    expect(changes.joins("stop", (end) => told.push(`second ${end}`))).toBe(true);
    expect(changes.joins("target", () => told.push("never"))).toBe(false);
    left();
    expect(changes.joins("stop", () => told.push("never"))).toBe(false);
    tell(7);
    expect(told).toEqual(["first 7", "second 7"]);
  });

  test("and has left, is not mistaken for the next one of that name", () => {
    const changes = new WaitingChanges<number>();
    const told: string[] = [];
    const first = changes.begin("stop", (end) => told.push(`first ${end}`));
    first.left();
    const second = changes.begin("stop", (end) => told.push(`second ${end}`));
    first.tell(1);
    expect(changes.joins("stop", (end) => told.push(`third ${end}`))).toBe(true);
    second.tell(2);
    expect(told).toEqual(["first 1", "second 2", "third 2"]);
    expect(changes.joins("stop", () => told.push("never"))).toBe(false);
  });
});
