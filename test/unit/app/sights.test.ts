import { expect, test } from "vitest";
import { TRY_EVERY, watchHouse } from "../../../src/app/sights.ts";
import { millis } from "../../../src/core/model/units.ts";
import type { SnapshotView } from "../../../src/core/views/snapshot.ts";
import type { Onlooker } from "../../../src/ports/control.ts";
import type { Sight } from "../../../src/ports/dashboard.ts";
import { virtualClock } from "../../../src/shell/host/virtual-clock.ts";
import { err, ok } from "../../../src/std/result.ts";
import { NOW } from "../../kit/builders.ts";
import { sampleView } from "../../kit/sample-view.ts";

const view: SnapshotView = sampleView();
const LEFT: Sight = { kind: "left", view, directory: "data" };

function aWorld(isRunning: boolean) {
  const clock = virtualClock(NOW);
  const seen: Sight[] = [];
  const tried: string[] = [];
  let hungUp = 0;
  let onlooker: Onlooker | null = null;
  const world = { isRunning };
  const end = watchHouse(
    {
      directories: ["data", "data/demo"],
      clock,
      books: () => Promise.resolve(LEFT),
      control: {
        watch(directory, one) {
          tried.push(directory);
          if (!world.isRunning || directory === "data")
            return Promise.resolve(err({ kind: "nobody", detail: "nobody" } as const));
          onlooker = one;
          return Promise.resolve(
            ok(() => {
              hungUp += 1;
            }),
          );
        },
      },
    },
    (sight) => void seen.push(sight),
  );
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    ...{ world, seen, tried, end, settle },
    hungUp: () => hungUp,
    onlooker: () => onlooker as unknown as Onlooker,
    async pass(span: number) {
      clock.runUntil(millis(clock.now() + span));
      await settle();
    },
  };
}

test("a running house is seen, lost with the time it was last heard, and found again", async () => {
  const { onlooker, seen, settle, pass, tried } = aWorld(true);
  await settle();
  onlooker().seen(view);
  expect(seen).toEqual([{ kind: "live", view, directory: "data/demo" }]);
  await pass(5_000);
  onlooker().beat();
  await pass(2_000);
  onlooker().lost("it has ended");
  expect(seen.at(-1)).toEqual({ kind: "lost", view, since: NOW + 5_000, reason: "it has ended" });
  await pass(TRY_EVERY);
  expect(tried).toEqual(["data", "data/demo", "data", "data/demo"]);
  onlooker().seen(view);
  expect(seen.at(-1)?.kind).toBe("live");
});

test("with none running the books are read once, until somebody starts it", async () => {
  const { world, onlooker, seen, settle, pass } = aWorld(false);
  await settle();
  await pass(TRY_EVERY);
  await pass(TRY_EVERY);
  expect(seen).toEqual([LEFT]);
  world.isRunning = true;
  await pass(TRY_EVERY);
  onlooker().seen(view);
  expect(seen.at(-1)?.kind).toBe("live");
});

test("who is lost while looking is not shown how the books were left", async () => {
  const { world, onlooker, seen, settle, pass } = aWorld(true);
  await settle();
  onlooker().lost("before anything was seen");
  world.isRunning = true;
  await pass(TRY_EVERY);
  onlooker().seen(view);
  world.isRunning = false;
  onlooker().lost("killed");
  await pass(3 * TRY_EVERY);
  expect(seen.map(({ kind }) => kind)).toEqual(["live", "lost"]);
});

test("after the end nothing is shown or tried any more", async () => {
  const { onlooker, seen, settle, pass, tried, end, hungUp } = aWorld(true);
  await settle();
  end();
  expect(hungUp()).toBe(1);
  onlooker().beat();
  onlooker().seen(view);
  onlooker().lost("whatever");
  const before = tried.length;
  await pass(10_000);
  expect(seen).toEqual([]);
  expect(tried).toHaveLength(before);
});
