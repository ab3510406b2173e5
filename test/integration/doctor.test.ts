/** What a new user gets wrong, each found before the start and said with what to do about it. */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { mailServer } from "../kit/mail-server.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { terminal } from "../kit/terminal.ts";
import { ask } from "../kit/venue-house.ts";

interface Line {
  readonly what: string;
  readonly state: string;
  readonly says: string;
}

function place(yaml: string): string {
  const here = temporaryFolder();
  const file = join(here, "config.yaml");
  writeFileSync(file, `market: { kind: simulated }\npaper: { sessions: always-open }\n${yaml}`);
  chmodSync(file, 0o600);
  return here;
}

async function looked(here: string, ...words: readonly string[]) {
  const { code, out } = await ask(here, "doctor", "--json", ...words);
  const lines: readonly Line[] = out
    .replaceAll(`${here}/`, "")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const of = (state: string) =>
    lines.filter((one) => one.state === state).map(({ what, says }) => `${what}: ${says}`);
  return { code, problems: of("problem"), well: of("ok"), notes: of("note") };
}

async function takenPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

test("where all is well it says what it looked at, and makes nothing", async () => {
  const here = place("");
  const { code, problems, well } = await looked(here);
  expect([code, problems]).toEqual([0, []]);
  expect(well).toEqual(
    expect.arrayContaining([
      "database: SQLite writes and reads",
      "time zones: Chicago's clock is known",
      expect.stringMatching(/^calendar: holidays are known until \d{4}-\d\d-\d\d$/),
      expect.stringMatching(/^data directory: data will be made, [\d.]+ .B free$/),
    ]),
  );
  const again = await looked(here);
  expect(again.well).toContainEqual(expect.stringContaining("data will be made"));
});

test("a configuration for all to change, a secret that is not there, a port that is taken", async () => {
  const port = await takenPort();
  const here = place(`web: { port: ${port}, token: "file:./token" }\n`);
  chmodSync(join(here, "config.yaml"), 0o666);
  const { code, problems } = await looked(here);
  expect(code).toBe(2);
  expect(problems).toEqual([
    "configuration: anybody here may change config.yaml, and with it every limit; chmod go-w config.yaml",
    expect.stringMatching(/^secrets: web: .*token.*not/),
    `port: web.port, 127.0.0.1:${port}: another program listens there; end it, or take another port`,
  ]);
});

test("a data directory that is a file, and one that others may read", async () => {
  const here = place("");
  writeFileSync(join(here, "data"), "");
  const { problems } = await looked(here);
  expect(problems).toContain(
    "data directory: data: it is not a directory; let this user write there, or name another one with --data or dataDirectory",
  );
  mkdirSync(join(here, "open"));
  chmodSync(join(here, "open"), 0o755);
  const { notes } = await looked(here, "--data", "open");
  expect(notes).toContainEqual(expect.stringContaining("chmod 700 open"));
});

test("a mail server is greeted and logged in to, and gets no letter", async () => {
  const server = await mailServer({});
  onTestFinished(() => server.close());
  const channel = `host: 127.0.0.1, port: ${server.port}, security: none`;
  const here = place(
    `notify:\n  channels:\n    - { kind: email, name: mail, ${channel}, from: a@example.org, to: [b@example.org] }\n`,
  );
  expect((await looked(here)).well).toContain("notify: the channel mail: it lets us in");
  expect(server.mails).toEqual([]);
  await server.close();
  const { code, problems } = await looked(here);
  expect([code, problems]).toEqual([
    2,
    [expect.stringMatching(/^notify: the channel mail: .*ECONNREFUSED/)],
  ]);
});

test("beside a program that runs, its own ports and books are no trouble", async () => {
  const here = place("web: { port: 0 }\n");
  const house = terminal({ here });
  const over = house.run("start");
  onTestFinished(async () => {
    house.signal("SIGTERM");
    await over;
  });
  await house.shows("agrees with the venue");
  const { problems, notes } = await looked(here);
  expect(problems).toEqual([]);
  expect(notes).toContain("program: one runs on data");
  expect(notes).toContainEqual(expect.stringMatching(/^backups: (there is none yet|all lie on)/));
});
