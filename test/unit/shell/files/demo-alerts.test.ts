import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { demoAlerts, readShapes } from "../../../../src/shell/files/demo-alerts.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

describe("the demo's messages", () => {
  test("ship with the program, each with an id of its own and in the order of their times", () => {
    const shapes = demoAlerts();
    expect(shapes.length).toBeGreaterThan(15);
    expect(new Set(shapes.map(({ id }) => id)).size).toBe(shapes.length);
    const times = shapes.map(({ after }) => after);
    expect(times.toSorted((one, other) => one - other)).toEqual(times);
    expect(times.at(-1)).toBeLessThan(6.5 * 3_600_000);
  });

  test("are found beside a bundle as well as in a checkout", async () => {
    const folder = temporaryFolder();
    const outfile = join(folder, "dist", "chunk.mjs");
    const entryPoints = ["src/shell/files/demo-alerts.ts"];
    await build({ entryPoints, outfile, bundle: true, format: "esm", platform: "node" });
    mkdirSync(join(folder, "dist/assets/demo"), { recursive: true });
    copyFileSync("assets/demo/alerts.json", join(folder, "dist/assets/demo/alerts.json"));
    const bundled: typeof import("../../../../src/shell/files/demo-alerts.ts") = await import(
      pathToFileURL(outfile).href
    );
    expect(bundled.demoAlerts()).toEqual(demoAlerts());
  });

  test("say their time after the opening, and of whom they speak", () => {
    const message = { id: "1", after: "01:02:03", text: "t", author: "a", edits: "0" };
    expect(
      readShapes(JSON.stringify({ messages: [message, { ...message, author: null }] })),
    ).toEqual([
      { id: "1", after: 3_723_000, text: "t", author: "a", repeats: null, edits: "0" },
      { id: "1", after: 3_723_000, text: "t", author: null, repeats: null, edits: "0" },
    ]);
  });

  test("that are wrong are a bug of the program", () => {
    const read = (content: unknown) => () => readShapes(JSON.stringify(content));
    const message = { id: "1", after: "00:00:00", text: "t" };
    expect(read([])).toThrow("demo alerts are a list");
    expect(read({ messages: [5] })).toThrow("an object");
    expect(read({ messages: [{ ...message, id: 5 }] })).toThrow("id and text");
    expect(read({ messages: [{ ...message, after: "1:00" }] })).toThrow("a time like 00:06:00");
  });
});
