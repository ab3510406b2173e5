/** One thing after the other where order matters, and never for ever. */
import { expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { Lanes, type Work } from "../../../../src/shell/topstepx/lanes.ts";

function street() {
  const clock = virtualClock(millis(0));
  const lanes = new Lanes(clock);
  const said: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string, whenLate: Work["whenLate"] = "give-up"): Work => ({
    whenLate,
    begin: (done) => {
      said.push(name);
      ends.set(name, done);
    },
    givenUp: () => said.push(`${name} given up`),
  });
  return { clock, lanes, said, work, end: (name: string) => ends.get(name)?.() };
}

test("lanes do not wait for each other, work in one lane does", () => {
  const { lanes, said, work, end } = street();
  lanes.run("a", work("one"));
  lanes.run("a", work("two"));
  lanes.run("b", work("three"));
  expect(said).toEqual(["one", "three"]);
  end("one");
  expect(said).toEqual(["one", "three", "two"]);
  end("two");
  lanes.run("a", work("four"));
  expect(said.at(-1)).toBe("four");
});

test("work that waited too long is given up or goes beside, as it was asked for", () => {
  const { clock, lanes, said, work, end } = street();
  lanes.run("a", work("one"));
  lanes.run("a", work("two"));
  clock.runUntil(millis(10));
  lanes.run("a", work("three", "begin"));
  clock.runUntil(millis(1_499));
  expect(said).toEqual(["one"]);
  clock.runUntil(millis(1_510));
  expect(said).toEqual(["one", "two given up", "three"]);
  lanes.run("a", work("four"));
  end("one");
  expect(said.at(-1)).toBe("four");
  end("three");
  end("four");
  lanes.run("a", work("five"));
  expect(said.at(-1)).toBe("five");
});

test("a crowd is turned away, later", () => {
  const { clock, lanes, said, work } = street();
  lanes.run("a", work("first"));
  for (let count = 0; count < 17; count++) lanes.run("a", work(`${count}`));
  expect(said).toEqual(["first"]);
  clock.runUntil(millis(1));
  expect(said).toEqual(["first", "16 given up"]);
});
