/** Every file of `scenarios/` is played and must come out as it stands; see kit/transcript.ts. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { replay } from "./kit/transcript.ts";

const folder = new URL("./scenarios/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".txt"));

test("there are scenarios to play", () => {
  expect(files.length).toBeGreaterThan(50);
});

test.each(files)("%s", (file) => {
  const path = new URL(file, folder);
  const transcript = readFileSync(path, "utf8");
  const played = replay(transcript);
  if (process.env["UPDATE"] === "1") writeFileSync(path, played);
  else expect(played).toBe(transcript);
});
