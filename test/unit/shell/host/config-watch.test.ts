import {
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { watchConfig } from "../../../../src/shell/host/config-watch.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

/** On a clock of its own: what it finds here, it finds by looking; hints would come too late. */
function watching(...names: readonly string[]) {
  const folder = temporaryFolder();
  const clock = virtualClock(millis(1_000_000));
  let changes = 0;
  let edits = 0;
  const changed = (): void => {
    changes += 1;
  };
  const watch = watchConfig({ clock, changed });
  onTestFinished(() => watch.close());
  const place = (name: string): string => join(folder, name);
  const write = (name: string, text: string): void => {
    writeFileSync(place(name), text);
    // Two writes within a tick of the file system's clock look like one.
    edits += 1;
    utimesSync(place(name), edits, edits);
  };
  for (const name of names) write(name, "first");
  return {
    ...{ place, write, clock, watch },
    follow: (...followed: readonly string[]) => watch.follow(followed.map(place)),
    pass: (span: number) => clock.runUntil(millis(clock.now() + span)),
    changes: () => changes,
  };
}

describe("watched files", () => {
  it("are told of once when one is written, and not while nothing changes", () => {
    const house = watching("config.yaml");
    house.follow("config.yaml");
    house.pass(60_000);
    expect(house.changes()).toBe(0);
    house.write("config.yaml", "second");
    house.pass(2_300);
    expect(house.changes()).toBe(1);
    house.pass(60_000);
    expect(house.changes()).toBe(1);
  });

  it("may lie where the system lets nobody look: that ends nothing, and is told when it is over", () => {
    const house = watching("config.yaml");
    mkdirSync(house.place("packs"));
    symlinkSync(house.place("loop"), house.place("loop"));
    house.follow("config.yaml", "loop", "loop/deeper/rules.yaml");
    house.pass(10_000);
    expect(house.changes()).toBe(0);
    unlinkSync(house.place("loop"));
    renameSync(house.place("packs"), house.place("loop"));
    house.pass(4_000);
    expect(house.changes()).toBe(1);
  });

  it("are found where another file was renamed over them, or they come back", () => {
    const house = watching("config.yaml");
    house.follow("config.yaml");
    house.write("next.yaml", "second");
    renameSync(house.place("next.yaml"), house.place("config.yaml"));
    house.pass(2_300);
    expect(house.changes()).toBe(1);
    unlinkSync(house.place("config.yaml"));
    house.pass(2_300);
    expect(house.changes()).toBe(2);
    house.write("config.yaml", "third");
    house.pass(2_300);
    expect(house.changes()).toBe(3);
  });

  it("are found behind a link that is turned, as Kubernetes does", () => {
    const house = watching();
    for (const version of ["v1", "v2"]) {
      mkdirSync(house.place(version));
      house.write(`${version}/config.yaml`, version);
    }
    symlinkSync("v1", house.place("..data"));
    symlinkSync("..data/config.yaml", house.place("config.yaml"));
    house.follow("config.yaml");
    symlinkSync("v2", house.place("..tmp"));
    renameSync(house.place("..tmp"), house.place("..data"));
    house.pass(2_300);
    expect(house.changes()).toBe(1);
  });

  it("are waited for while somebody still writes, but not for ever", () => {
    const house = watching("config.yaml");
    house.follow("config.yaml");
    house.write("config.yaml", "begun");
    house.pass(2_000);
    for (let count = 0; count < 5; count++) {
      house.write("config.yaml", `more ${count}`);
      house.pass(150);
    }
    expect(house.changes()).toBe(0);
    for (let count = 0; count < 20; count++) {
      house.write("config.yaml", `on and on ${count}`);
      house.pass(150);
    }
    expect(house.changes()).toBeGreaterThan(0);
  });

  it("are those of a directory as well, and its new ones", () => {
    const house = watching("config.yaml");
    mkdirSync(house.place("packs"));
    house.follow("config.yaml", "packs");
    house.write("packs/mine.yaml", "first");
    house.pass(2_300);
    house.write("packs/readme.txt", "nobody reads this");
    house.pass(10_000);
    expect(house.changes()).toBeGreaterThan(0);
    const before = house.changes();
    rmSync(house.place("packs"), { recursive: true });
    house.pass(2_300);
    mkdirSync(house.place("packs"));
    house.write("packs/mine.yaml", "second");
    house.pass(2_300);
    expect(house.changes()).toBeGreaterThan(before);
  });

  it("are those that are followed now, until it is closed", () => {
    const house = watching("config.yaml", "news.yaml");
    house.follow("config.yaml");
    house.follow("config.yaml", "news.yaml");
    house.write("news.yaml", "second");
    house.pass(2_300);
    expect(house.changes()).toBe(1);
    house.follow("config.yaml");
    house.write("news.yaml", "third");
    house.pass(10_000);
    expect(house.changes()).toBe(1);
    house.watch.close();
    house.write("config.yaml", "second");
    house.pass(10_000);
    expect(house.changes()).toBe(1);
  });
});
