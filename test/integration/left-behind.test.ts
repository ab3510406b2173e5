/** A test run that is killed leaves no house behind, not even one that stands still. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";

const KIT = new URL("../kit/ends-with-us.ts", import.meta.url).href;

const tests = (house: string): string => `
  import { spawn } from "node:child_process";
  import { endsWithUs } from ${JSON.stringify(KIT)};
  const house = spawn(process.execPath, ["-e", ${JSON.stringify(house)}], { stdio: "inherit" });
  endsWithUs(house);
`;

test.each([
  ["runs", ""],
  ["stands still", "process.kill(process.pid, 'SIGSTOP');"],
])("one that %s ends with whoever started it", async (_, then) => {
  const house = `console.log(process.pid); ${then} setInterval(() => {}, 1_000)`;
  const words = ["--import", "tsx", "--input-type=module", "-e", tests(house)];
  const run = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void run.kill("SIGKILL"));
  // The house holds it too: it closes with the last of them.
  const isOver = once(run.stdout, "close");
  const [said] = await once(run.stdout, "data");
  let isLeft = true;
  onTestFinished(() => void (isLeft && process.kill(Number(said), "SIGKILL")));
  run.kill("SIGKILL");
  await isOver;
  isLeft = false;
  expect(Number(said)).toBeGreaterThan(0);
});
