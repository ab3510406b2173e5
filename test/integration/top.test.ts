/**
 * The dashboard as a person has it: the built program in a real terminal, beside a process that trades.
 */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { controlSocket } from "../../src/shell/host/control-socket.ts";
import { run, start } from "../kit/built-program.ts";
import { inTerminal, type PseudoTerminal } from "../kit/pseudo-terminal.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { home } from "../kit/tree.ts";

const POLL = { timeout: 30_000, interval: 50 };
const shows = (terminal: PseudoTerminal, text: string | RegExp) =>
  expect.poll(() => terminal.rows().join("\n"), POLL).toMatch(text);

/** A demo day that is in no hurry, until its books agree with the venue. */
async function aHouse() {
  const data = join(temporaryFolder(), "data");
  const house = start(home, "demo", "--speed", "20", "--data", data);
  await house.shows("agrees with the venue");
  return { data, house };
}

describe("top in a terminal", () => {
  test("turns pages, is resized, halts when the word is typed, and says when the process is gone", async () => {
    const { data, house } = await aHouse();
    const terminal = inTerminal({ columns: 80, rows: 24 }, "top", "--data", data);
    await shows(terminal, / DEMO {3}ENTRIES OPEN /);
    await shows(terminal, /Paper +on/);
    for (const [key, text] of [
      ["2", /TRADES|ledger/],
      ["3", /facts written/],
      ["4", /VENUE/],
      ["5", /one key alone never moves anything/],
      ["1", /POSITIONS/],
    ] as const) {
      terminal.type(key);
      await shows(terminal, text);
    }
    terminal.resize(120, 40);
    await shows(terminal, /KIND +STATE/);
    expect(Math.max(...terminal.rows().map((one) => one.length))).toBeLessThanOrEqual(120);
    terminal.resize(60, 20);
    await shows(terminal, /too small: 60x20, needs 80x24/);
    terminal.resize(80, 24);
    await shows(terminal, /POSITIONS/);

    terminal.type("hno\r");
    await shows(terminal, /halt: nothing was done, "no" was typed/);
    expect(house.out()).not.toContain("halted");
    terminal.type("h");
    await shows(terminal, /Type halt and press Enter/);
    terminal.type("halt\r");
    await shows(terminal, /halt: taken/);
    await shows(terminal, / HALTED | REDUCING /);

    house.child.kill("SIGKILL");
    await shows(terminal, / CONNECTION LOST since /);
    await shows(terminal, /the numbers below are old/);
    terminal.type("q");
    expect(await terminal.ended).toBe(0);
    expect(terminal.raw().endsWith("\u001b[?25h\u001b[?1049l")).toBe(true);
  });

  test("keeps to ASCII and to no colours where that is asked for", async () => {
    const { data } = await aHouse();
    const terminal = inTerminal({ columns: 80, rows: 24 }, "top", "--ascii", "--data", data);
    await shows(terminal, / DEMO /);
    terminal.type("3");
    await shows(terminal, /facts written/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are such sequences
    expect(terminal.raw()).not.toMatch(/\u001b\[(?:3|9)[0-9]m/);
    expect(terminal.rows().join("")).toMatch(/^[ -~]*$/);
    terminal.type("\u0003");
    expect(await terminal.ended).toBe(0);
    const environment = { NO_COLOR: "1" };
    const plain = inTerminal({ columns: 80, rows: 24, environment }, "top", "--data", data);
    await shows(plain, / DEMO /);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
    expect(plain.raw()).not.toMatch(/\u001b\[(?:3|9)[0-9]m/);
    plain.type("q");
    await plain.ended;
  });
});

describe("top without a terminal", () => {
  test("prints one page of a running process, then of the books it left", async () => {
    const { data, house } = await aHouse();
    const page = await run(home, "top", "--data", data);
    expect(page).toMatchObject({ code: 0, err: "" });
    expect(page.out).toMatch(/^ DEMO {3}ENTRIES OPEN {3}net/);
    const json = JSON.parse((await run(home, "top", "--json", "--data", data)).out);
    expect(json).toMatchObject({ running: true, mode: "demo", entries: "open" });
    house.child.kill("SIGKILL");
    await house.ended;
    const left = await run(home, "top", "--data", data);
    expect(left.out).toContain(`no process; the books of ${data} as of`);
    const old = JSON.parse((await run(home, "top", "--json", "--data", data)).out);
    expect(old).toMatchObject({ running: false });
  });

  test("says that there is nothing", async () => {
    const none = await run(home, "top", "--data", join(temporaryFolder(), "none"));
    expect(none).toMatchObject({ code: 2, out: "" });
    expect(none.err).toContain("there is no journal");
  });
});

test("a fact that is committed is on its way to the screen in no time", async () => {
  const { data } = await aHouse();
  const control = controlSocket();
  const seen: number[] = [];
  const arrived = new Map<number, number>();
  const watching = await control.watch(data, {
    seen(view) {
      for (let fact = (seen.at(-1) ?? view.sequence) + 1; fact <= view.sequence; fact++)
        arrived.set(fact, performance.now());
      seen.push(view.sequence);
    },
    beat: () => {},
    lost: () => {},
  });
  expect(watching.ok).toBe(true);
  await expect.poll(() => seen.length).toBeGreaterThan(0);
  const took: number[] = [];
  for (let round = 0; round < 20; round++) {
    const before = seen.at(-1) as number;
    const kind = round % 2 === 0 ? ("halt" as const) : ("resume" as const);
    await control.ask(data, kind === "halt" ? { kind, reason: "a test" } : { kind });
    const committed = performance.now();
    await expect.poll(() => seen.at(-1), { timeout: 20_000, interval: 1 }).toBeGreaterThan(before);
    took.push((arrived.get(before + 1) as number) - committed);
  }
  // Of a busy machine the slowest few say nothing.
  const sorted = took.toSorted((a, b) => a - b);
  expect(sorted[Math.floor(took.length * 0.8)]).toBeLessThan(250);
  if (watching.ok) watching.value();
});
