/**
 * No secret turns up anywhere but where it is kept: whole runs of the built program, with secrets of
 * every kind in every place, faults of every kind, and a search of all that was said and written.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type Running, startIn, type Whole } from "../kit/built-program.ts";
import {
  TOKEN as BOT_TOKEN,
  type FakeDiscord,
  fakeDiscord,
  idOf,
  type Mood,
} from "../kit/discord-gateway.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { BOT_SECRET, NEXT_SECRET, SECRET, signatureOf, TOKEN } from "../kit/webhooks.ts";

const ALERT = "🚨 ES long 6326: A\nStop: 6316";
const USER_TOKEN = `mfa.${"abcDEF123_".repeat(4)}`;

const SECRETS = { BOT: BOT_TOKEN, HOOK: TOKEN, OLD: SECRET, NEW: NEXT_SECRET };
type Secrets = Readonly<Record<keyof typeof SECRETS, string>>;

const MINUTE = 60_000;

/** Of a kind that would be found: as it is, its parts, and the bytes behind it. */
const formsOf = (secret: string): readonly string[] => {
  if (secret.startsWith("whsec_")) {
    const text = secret.slice("whsec_".length);
    const key = Buffer.from(text, "base64");
    return [text, key.toString("latin1"), key.toString("hex"), key.toString("base64url")];
  }
  const own = Buffer.from(secret);
  const parts = secret.includes(".") ? secret.split(".").filter(({ length }) => length > 20) : [];
  return [secret, ...parts, own.toString("base64"), own.toString("hex")];
};

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** What was pressed for a backup as it was before. */
function contentOf(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("latin1");
}

interface Place {
  readonly here: string;
  readonly kept: readonly string[];
  run(...words: readonly string[]): Running;
}

/** An empty directory with a configuration in it, and the secrets where it says. */
function placeOf(kind: "env" | "file", secrets: Secrets, rest: FakeDiscord): Place {
  const here = temporaryFolder();
  const names = Object.keys(secrets) as (keyof Secrets)[];
  const at = (name: keyof Secrets): string => `${kind}:${kind === "env" ? name : `./${name}`}`;
  if (kind === "file") {
    for (const name of names) writeFileSync(join(here, name), secrets[name], { mode: 0o600 });
  }
  writeFileSync(
    join(here, "config.yaml"),
    `market: { kind: none }
logLevel: debug
paper: { sessions: always-open }
sources:
  - kind: discord
    token: ${at("BOT")}
    restUrl: ${rest.restUrl}
    channels: [{ id: "400000000000000004", authorIds: ["200000000000000002"] }]
  - kind: webhook
    listen: 127.0.0.1:0
    hooks: [{ name: tv, token: ${at("HOOK")} }]
    signed: [{ name: desk, secrets: [${at("OLD")}, ${at("NEW")}] }]
`,
  );
  const env = { ...process.env, ...(kind === "env" ? secrets : {}) };
  return {
    here,
    kept: kind === "file" ? names.map((name) => join(here, name)) : [],
    run: (...words) => startIn({ cwd: here, env }, ...words),
  };
}

/** Everything a run left behind, by where it stands. */
function searched({ here, kept }: Place, said: readonly (readonly [string, Whole])[]): void {
  const places = new Map([
    ...said.map(([words, { out, err }]) => [words, `${out}\n${err}`] as const),
    ...filesBelow(here)
      .filter((path) => !kept.includes(path))
      .map((path) => [path.slice(here.length + 1), contentOf(path)] as const),
  ]);
  const secrets = [...Object.values(SECRETS), USER_TOKEN, BOT_SECRET].flatMap(formsOf);
  for (const [place, content] of places) {
    for (const secret of secrets) {
      expect(content.includes(secret), `${place}: ${secret}`).toBe(false);
    }
    expect(/v1,[A-Za-z0-9+/]{43}=/.test(content), `${place}: a signature`).toBe(false);
  }
}

async function sendEverything(url: string): Promise<readonly (readonly [string, Whole])[]> {
  const answers: string[] = [];
  const send = async (path: string, body: string, headers: Record<string, string> = {}) => {
    const type = { "content-type": "text/plain" };
    const said = await fetch(`${url}${path}`, {
      ...{ method: "POST", body, headers: { ...type, ...headers } },
    });
    answers.push(`${said.status} ${[...said.headers].join()} ${await said.text()}`);
  };
  const timestamp = Math.floor(Date.now() / 1_000);
  await send(`/hooks/${TOKEN}`, ALERT);
  await send(`/hooks/${TOKEN}`, "{", { "content-type": "application/json" });
  await send(`/hooks/${TOKEN}`, "x".repeat(20_000));
  await send(`/hooks/${TOKEN}/more`, ALERT);
  await send(`/hooks/${TOKEN.slice(1)}`, ALERT);
  for (const [n, secret] of [SECRET, NEXT_SECRET].entries()) {
    const signed = signatureOf("all out", { secret, timestamp, id: `m${n}` });
    await send("/alerts", "all out", signed);
    await send("/alerts", "all out", signed);
    await send("/alerts", "changed", signed);
  }
  await send("/alerts", "all out", signatureOf("all out", { secret: BOT_SECRET, timestamp }));
  const statuses = answers.map((answer) => Number(answer.slice(0, 3)));
  expect(statuses).toEqual([202, 400, 413, 404, 404, 202, 202, 401, 202, 202, 401, 401]);
  return [["answers", { code: 0, out: answers.join("\n"), err: "" }]];
}

const AFTERWARDS: readonly (readonly string[])[] = [
  ...[["config", "check"], ["status"], ["status", "--json"], ["explain", ALERT]],
  ...[
    ["sources", "check"],
    ["sources", "check", "--json"],
    ["journal", "show"],
  ],
  ...[
    ["history", "show"],
    ["history", "faults", "--json"],
  ],
];

/** Where a refusal by Discord could be told once more. */
const TOLD_AGAIN: typeof AFTERWARDS = [
  ["sources", "check"],
  ["history", "show"],
];

const until = async (holds: () => boolean, child: Running): Promise<void> => {
  const end = performance.now() + 20_000;
  while (!holds()) {
    if (performance.now() > end) expect.fail(`never: ${child.out()}\n${child.err()}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
};

interface Weather {
  readonly when: string;
  readonly kept: "env" | "file";
  readonly mood: Partial<Mood>;
  /** What the program says about it. */
  readonly says: RegExp | null;
}

const REFUSED = /discord: Discord refuses the token/;
const WEATHER: readonly Weather[] = [
  { when: "all is well, in variables", kept: "env", mood: {}, says: null },
  { when: "all is well, in files", kept: "file", mood: {}, says: null },
  { when: "the token is refused (401)", kept: "env", mood: { status: 401 }, says: REFUSED },
  { when: "the token is refused (4004)", kept: "file", mood: { refuses: 4004 }, says: REFUSED },
  { when: "the intents are (4014)", kept: "env", mood: { refuses: 4014 }, says: /may not read/ },
  { when: "Discord is broken", kept: "file", mood: { status: 500 }, says: null },
];

describe("a whole run leaves no secret behind", () => {
  test.each(WEATHER.map((one) => [one.when, one] as const))(
    "when %s",
    async (_, { kept, mood, says }) => {
      const fake = await fakeDiscord();
      Object.assign(fake.mood, mood);
      const place = placeOf(kept, SECRETS, fake);
      const program = place.run("start");
      try {
        const listening = /webhook (\S+): listening/;
        await until(() => listening.test(program.err()), program);
        if (says !== null) await until(() => says.test(program.err()), program);
        else await until(() => fake.requests.length > 0, program);
        fake.post({ id: idOf(Date.now()), content: `${ALERT} ` });
        const answers = await sendEverything(`http://${listening.exec(program.err())?.[1]}`);
        await until(() => program.out().includes("alert ES long"), program);
        const asked: (readonly [string, Whole])[] = [];
        for (const words of [["status"], ["status", "--json"], ["formats", "reload"]]) {
          asked.push([words.join(" "), await place.run(...words).whole()]);
        }
        program.child.kill("SIGTERM");
        const whole = await program.whole();
        for (const words of Object.keys(mood).length === 0 ? AFTERWARDS : TOLD_AGAIN) {
          asked.push([words.join(" "), await place.run(...words).whole()]);
        }
        const files = filesBelow(place.here).map((path) => path.slice(place.here.length + 1));
        for (const name of ["journal.db", "history.db", "log.jsonl"]) {
          expect(files).toContain(`data/${name}`);
        }
        searched(place, [["start", whole], ...answers, ...asked]);
      } finally {
        await fake.close();
      }
    },
    2 * MINUTE,
  );
});

test("a secret that was left somewhere is found", async () => {
  const fake = await fakeDiscord();
  const place = placeOf("file", SECRETS, fake);
  searched(place, []);
  for (const secret of Object.values(SECRETS).flatMap(formsOf)) {
    expect(() => searched(place, [["said", { code: 0, out: `a${secret}b`, err: "" }]])).toThrow();
  }
  writeFileSync(join(place.here, "left.db"), `\0${SECRETS.HOOK}\0`);
  expect(() => searched(place, [])).toThrow("left.db");
  await fake.close();
});

describe("a start that is refused shows no secret", () => {
  const refused = async (place: Place, says: RegExp): Promise<void> => {
    const said: (readonly [string, Whole])[] = [];
    for (const words of [
      ["start"],
      ["config", "check"],
      ["sources", "check"],
      ["explain", ALERT],
    ]) {
      said.push([words.join(" "), await place.run(...words).whole()]);
    }
    const [start] = said;
    expect(start?.[1].code).toBe(2);
    expect(start?.[1].err).toMatch(says);
    searched({ ...place, kept: [...place.kept, join(place.here, "config.yaml")] }, said);
  };

  test(
    "of a user's account",
    async () => {
      const fake = await fakeDiscord();
      const place = placeOf("env", { ...SECRETS, BOT: USER_TOKEN }, fake);
      await refused(place, /discord: this is the token of a user account; Discord's terms forbid/);
      expect(fake.requests).toEqual([]);
      await fake.close();
    },
    MINUTE,
  );

  test(
    "that is no token at all, or too weak a one",
    async () => {
      const fake = await fakeDiscord();
      await refused(
        placeOf("file", { ...SECRETS, BOT: SECRET }, fake),
        /discord: this is no bot token/,
      );
      const weak = placeOf("file", { ...SECRETS, OLD: "hunter2" }, fake);
      await refused(weak, /signed desk: its secret cannot be used/);
      await fake.close();
    },
    MINUTE,
  );

  test.each(Object.entries(SECRETS))(
    "that was written into the file itself: %s",
    async (name, secret) => {
      const fake = await fakeDiscord();
      const place = placeOf("env", SECRETS, fake);
      const path = join(place.here, "config.yaml");
      writeFileSync(path, readFileSync(path, "utf8").replace(`env:${name}`, secret));
      await refused(place, /env:NAME or file:PATH/);
      await fake.close();
    },
    MINUTE,
  );
});
