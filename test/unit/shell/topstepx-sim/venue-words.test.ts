import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  DOOR_FAULTS,
  EVENT_FAULTS,
  LINE_FAULTS,
  REQUEST_FAULTS,
} from "../../../../src/shell/topstepx-sim/fault-names.ts";
import { PRACTICE_ACCOUNT } from "../../../../src/shell/topstepx-sim/settings.ts";
import { DEFAULT_SWITCHES, SWITCHES } from "../../../../src/shell/topstepx-sim/switches.ts";
import {
  readAccounts,
  readRates,
  readScriptFile,
  readSwitches,
} from "../../../../src/shell/topstepx-sim/venue-words.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";
import { home, read } from "../../../kit/tree.ts";

const refused = (error: string) => ({ ok: false, error: expect.stringContaining(error) });

describe("rates", () => {
  test("have a name and a chance", () => {
    const value = { "answer-lost": 0.1, forbidden: 1 };
    expect(readRates(["answer-lost=0.1", "forbidden=1"])).toEqual({ ok: true, value });
    expect(readRates([])).toEqual({ ok: true, value: {} });
  });

  test.each([
    ["earthquake=1", "no fault earthquake; there are request-lost"],
    ["answer-lost", "a rate is a chance from 0 to 1, such as answer-lost=0.05"],
    ["answer-lost=2", "a rate is a chance"],
    ["answer-lost=-0.1", "a rate is a chance"],
    ["answer-lost=0x1", "a rate is a chance"],
  ])("%s is refused", (word, error) => {
    expect(readRates([word])).toEqual(refused(`--fault ${word}: ${error}`));
  });
});

describe("switches", () => {
  test("have a name and one of its values", () => {
    const value = { ...DEFAULT_SWITCHES, cancelLeg: "sibling-cancelled" };
    expect(readSwitches(["cancelLeg=sibling-cancelled"])).toEqual({ ok: true, value });
    expect(readSwitches([])).toEqual({ ok: true, value: DEFAULT_SWITCHES });
    expect(readSwitches(["cancelLeg=x"])).toEqual(refused("--switch cancelLeg=x: cancelLeg is"));
    expect(readSwitches(["light"])).toEqual(refused("--switch light: no switch light"));
  });
});

describe("accounts", () => {
  const named = (word: string | null) => {
    const accounts = readAccounts(word);
    return accounts.ok ? accounts.value.map(({ id, name }) => `${id} ${name}`) : accounts.error;
  };

  test("are one, so many, or these", () => {
    expect(named(null)).toEqual(["101 PRAC-V2-TRADER-1"]);
    expect(named("2")).toEqual(["101 PRAC-V2-TRADER-1", "102 PRAC-V2-TRADER-2"]);
    expect(named("50KTC-V2-1,PRAC-2")).toEqual(["101 50KTC-V2-1", "102 PRAC-2"]);
  });

  test.each([
    ["0", "expected from 1 to 5000 of them, or names"],
    ["5001", "expected from 1 to 5000"],
    ["", "a name is letters, digits and hyphens"],
    ["a b", "a name is letters, digits and hyphens"],
    ["A,A", "each once"],
  ])("%j is refused", (word, error) => {
    expect(named(word)).toContain(error);
  });
});

describe("a script file", () => {
  const readScript = (path: string) => readScriptFile(path, [PRACTICE_ACCOUNT]);

  const written = (text: string): string => {
    const path = join(temporaryFolder(), "day.txt");
    writeFileSync(path, text);
    return path;
  };

  test("is read in whole, or refused with its line", () => {
    expect(readScript(written("0 end"))).toMatchObject({ ok: true, value: [{ line: 1 }] });
    expect(readScript(written("0 dance"))).toEqual(refused("day.txt: line 1: no cue dance"));
  });

  test("names accounts and price files that are there, and switches with their values", () => {
    const path = written("0 end\n1s ticks MES monday.csv");
    const file = join(dirname(path), "monday.csv");
    expect(readScript(path)).toEqual(refused(`day.txt: line 2: there is no file ${file}`));
    writeFileSync(file, "");
    expect(readScript(path).ok).toBe(true);
    const account = "0 account 101 canTrade false\n0 flatten 9";
    expect(readScript(written(account))).toEqual(refused("line 2: no account 9; there is 101"));
    expect(readScript(written("0 switch light off"))).toEqual(refused("line 1: no switch light"));
    const many = Array.from({ length: 6 }, (_, id) => ({ ...PRACTICE_ACCOUNT, id }));
    expect(readScriptFile(written("0 flatten 9"), many)).toEqual(
      refused("there is 0, 1, 2, 3, 4 and more"),
    );
  });

  test("has to be there, to be a file, and to be short", () => {
    const folder = temporaryFolder();
    expect(readScript(join(folder, "none.txt"))).toEqual(refused("there is no such file"));
    expect(readScript(folder)).toEqual(refused(`${folder}: this is not a file`));
    expect(readScript(written("#".repeat(8 * 1_024 * 1_024 + 1)))).toEqual(
      refused("longer than 8 MiB"),
    );
  });
});

const PAGE = "docs/reference/venue-sim.md";

/** The page with the rows under each of these headers replaced. */
function written(page: string, tables: Readonly<Record<string, readonly string[]>>): string {
  let text = page;
  for (const [header, rows] of Object.entries(tables)) {
    const start = text.indexOf(`| ${header} |`);
    expect(start, header).toBeGreaterThan(0);
    const first = text.indexOf("|---|---|\n", start) + "|---|---|\n".length;
    const end = text.indexOf("\n\n", first);
    text = `${text.slice(0, first)}${rows.join("\n")}${text.slice(end)}`;
  }
  return text;
}

/** `UPDATE=1` writes the tables. */
test("the reference has every fault with its sentence, and every switch with its values", () => {
  const faultRows = (faults: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(faults).map(([name, sentence]) => `| \`${name}\` | ${sentence} |`);
  const switchRows = Object.entries(SWITCHES).map(
    ([name, values]) => `| \`${name}\` | ${values.map((value) => `\`${value}\``).join(", ")} |`,
  );
  const page = read(PAGE);
  const right = written(page, {
    "Of a request | What happens": faultRows(REQUEST_FAULTS),
    "Of an event | What happens": faultRows(EVENT_FAULTS),
    "Of a try at a hub | What happens": faultRows(DOOR_FAULTS),
    "Of a connection, per second | What happens": faultRows(LINE_FAULTS),
    "Switch | Values": switchRows,
  });
  if (process.env["UPDATE"] === "1") writeFileSync(join(home, PAGE), right);
  else expect(page).toBe(right);
});
