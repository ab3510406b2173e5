/** What the guide and the example send is taken by a running house, as they stand. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { home, read } from "../kit/tree.ts";
import { hearing, webhookIn } from "../kit/webhook-config.ts";
import { webhookHouse } from "../kit/webhook-house.ts";
import { BOT_SECRET, SECRET } from "../kit/webhooks.ts";

const TEXT = "ES long 6326: A\nStop: 6316";
const run = promisify(execFile);

const houseOf = () => {
  const here = temporaryFolder();
  return webhookHouse(here, hearing(webhookIn(here)));
};

const environment = (secret: string): NodeJS.ProcessEnv => ({
  ...process.env,
  DESK_SECRET: secret,
});

test("the example in Node is taken with the right secret and refused with another", async () => {
  const house = await houseOf();
  const send = async (secret: string): Promise<string> => {
    const words = ["node_modules/tsx/dist/cli.mjs", "examples/signed-alert.ts", house.url, TEXT];
    return (await run(process.execPath, words, { cwd: home, env: environment(secret) })).stdout;
  };
  expect(await send(SECRET)).toBe('202 {"status":"taken"}\n');
  expect(await send(BOT_SECRET)).toBe('401 {"error":"no known secret made this signature"}\n');
  await house.shows("alert ES long 6326.00");
  await house.stop();
  expect(house.kept()).toMatchObject([{ message: { text: TEXT, author: "my program" } }]);
});

test("the one in the guide, from a shell, too", async () => {
  const house = await houseOf();
  const [, script = ""] = /^```sh\n(.*?)^```/ms.exec(read("docs/guide/signed-alerts.md")) ?? [];
  const send = async (secret: string): Promise<string> => {
    const words = ["-c", `${script}\nsend_alert "$1" "$2"`, "sh", house.url, TEXT];
    return (await run("sh", words, { env: environment(secret) })).stdout;
  };
  expect(await send(SECRET)).toBe('{"status":"taken"}');
  expect(await send(BOT_SECRET)).toContain("no known secret");
  await house.shows("alert ES long 6326.00");
  await house.stop();
  expect(house.kept()).toMatchObject([{ message: { text: TEXT, author: null } }]);
});
