/**
 * Nothing secret of a live house turns up anywhere but where it is kept: the built program at the
 * stand-in venue, over bad days and with a login that is refused in words that repeat the key, and a
 * search of all that was said and written.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Running, startIn, type Whole } from "../kit/built-program.ts";
import { ACCOUNT, enabledHouse, KEY, pasteAlert, simVenue } from "../kit/venue-house.ts";

type Said = readonly (readonly [string, Whole])[];

/** The key as it is and as bytes; and whatever looks like one of the venue's tokens. */
const FORMS = [KEY, Buffer.from(KEY).toString("base64"), Buffer.from(KEY).toString("hex")];
const TOKEN = /eyJ[\w-]{8,}\.[\w-]{8,}/;

function searched(here: string, kept: readonly string[], said: Said): void {
  const files = readdirSync(here, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !kept.includes(path));
  const places = [
    ...said.map(([words, { out, err }]) => [words, `${out}\n${err}`] as const),
    ...files.map((path) => [path.slice(here.length + 1), readFileSync(path, "latin1")] as const),
  ];
  for (const [place, content] of places) {
    for (const form of FORMS) expect(content.includes(form), `${place}: ${form}`).toBe(false);
    expect(TOKEN.test(content), `${place}: a token`).toBe(false);
  }
}

interface Keeping {
  readonly how: string;
  readonly reference: string;
  /** What the program finds in its environment. */
  readonly environment: (here: string) => Readonly<Record<string, string>>;
  /** The file it is in, if it is in one. */
  readonly file: string | null;
  /** What is asked when it is over. */
  readonly afterwards: readonly (readonly string[])[];
}

const LAST: Keeping["afterwards"] = [["panic", "--yes"]];
const ALL: Keeping["afterwards"] = [
  ["config", "check"],
  ["status", "--json"],
  ["trades", "--json"],
  ["journal", "show", "--json"],
  ["doctor", "--broker"],
  ["doctor", "--broker", "--json"],
  ...LAST,
];

const KEEPINGS: readonly Keeping[] = [
  {
    ...{ how: "a variable", reference: "env:TOPSTEPX_KEY", file: null },
    afterwards: LAST,
    environment: () => ({ TOPSTEPX_KEY: KEY }),
  },
  {
    ...{ how: "a file", reference: "file:key", file: "key" },
    afterwards: ALL,
    environment: () => ({}),
  },
  {
    ...{ how: "a credential of systemd", reference: "credential:key", file: "key" },
    afterwards: LAST,
    environment: (here) => ({ CREDENTIALS_DIRECTORY: here }),
  },
];

/** Calls fail in every way there is; the words of the last two repeat what was sent. */
const BAD_DAYS = [
  "fault server-error 2x Position",
  "fault malformed 2x v2/query",
  "fault forbidden 2x Order",
  "fault hub-refused 1\nfault hub-dropped once user",
  "fault unauthorized once Position",
  `refuse Auth/loginKey 8 no such key: ${KEY}\nrevoke`,
  `refuse Auth/loginKey 3 wrong key ${KEY} of Bearer ${KEY}\nrevoke`,
];

describe("a live house leaves neither key nor token behind", () => {
  test.each(KEEPINGS)(
    "that is kept in $how",
    async ({ reference, environment, file, afterwards }) => {
      const venue = await simVenue();
      const here = await enabledHouse(venue.url);
      const config = join(here, "config.yaml");
      const text = readFileSync(config, "utf8").replace("file:key", reference);
      writeFileSync(config, `${text}\nlogLevel: debug\n`);
      if (file === null) rmSync(join(here, "key"));
      const env = { ...process.env, ...environment(here) };
      const run = (...words: readonly string[]): Running => startIn({ cwd: here, env }, ...words);
      const program = run("start");
      await program.shows("agrees with the venue");
      expect(await pasteAlert(venue, here)).toContain("#1 planned");
      await program.shows("#1 stop confirmed");
      for (const day of BAD_DAYS) await venue.cue(day);
      await program.shows(`only exits allowed on ${ACCOUNT}: login refused (code 3)`);
      await venue.cue("fault off");
      const said: (readonly [string, Whole])[] = [];
      said.push(["status", await run("status").whole()]);
      program.child.kill("SIGTERM");
      said.push(["start", await program.whole()]);
      for (const words of afterwards) said.push([words.join(" "), await run(...words).whole()]);
      expect(said.at(-1)?.[1].out).toContain(`FLAT ${ACCOUNT}`);
      const kept = file === null ? [] : [join(here, file)];
      searched(here, kept, said);
      const log = readFileSync(join(here, "data", "log.jsonl"), "utf8");
      expect(log).toContain("topstepx-login-failed");
      // What searches would find it, had it been left anywhere.
      writeFileSync(join(here, "left"), `a${KEY}b`);
      expect(() => searched(here, kept, said)).toThrow("left");
    },
  );
});

test("a login that is refused at the start shows no key, and one in the file itself is not taken", async () => {
  const venue = await simVenue();
  const here = await enabledHouse(venue.url);
  const config = join(here, "config.yaml");
  const wrong = "another-key-of-somebody";
  writeFileSync(join(here, "key"), wrong, { mode: 0o600 });
  const refused = await startIn({ cwd: here }, "start").whole();
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("(code 3)")]);
  expect(`${refused.out}${refused.err}`).not.toContain(wrong);
  writeFileSync(config, readFileSync(config, "utf8").replace("file:key", KEY));
  const written = await startIn({ cwd: here }, "config", "check").whole();
  expect(written.code).toBe(2);
  searched(
    here,
    [config],
    [
      ["start", refused],
      ["config check", written],
    ],
  );
});
