/** Panic on paper, with a process and without one, and what the HALT file does to a start. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recordedDay } from "../kit/recorded-day.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { terminal } from "../kit/terminal.ts";

async function ask(here: string, ...words: readonly string[]) {
  const asked = terminal({ here });
  const code = await asked.run(...words);
  return { code, out: asked.out(), err: asked.err() };
}

/** A recorded day that has been played, with its trade still open. */
async function openTrade(): Promise<string> {
  const here = recordedDay(temporaryFolder(), { seconds: 30 });
  expect((await ask(here, "start")).code).toBe(0);
  expect((await ask(here, "trades")).out).toMatch(/3 MES long/);
  return here;
}

describe("panic", () => {
  test("does nothing without --yes, and says what to say", async () => {
    const here = await openTrade();
    const { code, err } = await ask(here, "panic");
    expect([code, err]).toEqual([2, expect.stringContaining("say: tradestream panic --yes")]);
    expect(existsSync(join(here, "data", "HALT"))).toBe(false);
  });

  test("closes the paper books when no process holds them, and stays halted", async () => {
    const here = await openTrade();
    const { code, out } = await ask(here, "panic", "--yes");
    expect(out).toContain("HALT written in ");
    expect(out).toContain("paper: flat: every trade is closed");
    expect(code).toBe(0);
    expect(readFileSync(join(here, "data", "HALT"), "utf8")).toBe("panic\n");
    expect((await ask(here, "trades")).out).not.toMatch(/open/);
    expect((await ask(here, "panic", "--yes")).out).toContain("paper: flat: no trade is open");
    expect((await ask(here, "journal", "verify")).code).toBe(0);
  });

  test("with nothing there writes the file all the same, and does not say that all is flat", async () => {
    const here = temporaryFolder();
    const { code, err } = await ask(here, "panic", "--yes");
    expect(code).toBe(2);
    expect(err).toContain("no account is known here: nothing was closed; say it in the directory");
    expect(existsSync(join(here, "data", "HALT"))).toBe(true);
    writeFileSync(join(here, "config.yaml"), "mode: lve\n");
    expect((await ask(here, "panic", "--yes")).err).toContain("config.yaml:1:7 mode: expected");
    writeFileSync(join(here, "config.yaml"), "market: { kind: simulated }\n");
    const paper = await ask(here, "panic", "--yes");
    expect(paper.code).toBe(0);
    expect(paper.out).toContain("there are no books here, so nothing is open");
  });
});

describe("a running process", () => {
  test("sees the file, enters nothing until resume, and panic closes its paper trades", async () => {
    const here = temporaryFolder();
    writeFileSync(
      join(here, "config.yaml"),
      "market: { kind: simulated }\npaper: { sessions: always-open }\n",
    );
    const running = terminal({ here });
    const ended = running.run("start");
    await running.shows("started, paper");
    writeFileSync(join(here, "data", "HALT"), "");
    await running.shows("halted: a HALT file lies in the data directory");
    expect((await ask(here, "resume")).code).toBe(0);
    expect(existsSync(join(here, "data", "HALT"))).toBe(false);
    const { code, out } = await ask(here, "panic", "--yes");
    expect(out).toContain("paper: the running process is closing every trade");
    expect(code).toBe(0);
    await running.shows("halted: panic");
    expect((await ask(here, "status")).out).toMatch(/Paper +(?:halted|reducing)/);
    running.signal("SIGTERM");
    expect(await ended).toBe(0);
    const again = terminal({ here });
    const over = again.run("start");
    await again.shows("halted: panic");
    again.signal("SIGTERM");
    expect(await over).toBe(0);
    rmSync(join(here, "data", "HALT"));
  });
});
