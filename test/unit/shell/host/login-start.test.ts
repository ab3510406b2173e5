/** Installed for one person, by what the system has for it; the program itself is only named. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ServiceWish } from "../../../../src/ports/login-start.ts";
import { serviceManager, serviceWish } from "../../../../src/shell/host/login-start.ts";
import type { Person } from "../../../../src/shell/host/user-directory.ts";
import { err, ok, type Result } from "../../../../src/std/result.ts";
import { findSystemdAnalyze } from "../../../../tools/systemd.mjs";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";
import { judge, sayLoudly } from "../../../kit/tool.ts";

const wishIn = (home: string): ServiceWish => ({
  node: process.execPath,
  script: join(home, "main.js"),
  config: join(home, "my trades", "config.yaml"),
  data: join(home, "data"),
  here: home,
});

function desk(platform: NodeJS.Platform, answer: (words: string) => Result<string, string>) {
  const home = temporaryFolder();
  const ran: string[] = [];
  const person: Person = { platform, home, environment: {} };
  const manager = serviceManager(person, (words) => {
    ran.push(words.join(" "));
    return answer(words.join(" "));
  });
  return { home, ran, manager, person };
}

describe("with systemd", () => {
  test("it is written, started, seen and taken away, and the data stay", () => {
    const { home, ran, manager } = desk("linux", () => ok("active"));
    const plan = manager.plan(wishIn(home));
    expect(plan.file).toBe(join(home, ".config/systemd/user/tradestream.service"));
    expect([existsSync(plan.file), ran]).toEqual([false, []]);
    expect(manager.state()).toMatchObject({ installed: false, says: null });
    expect(manager.install(plan)).toEqual(ok(undefined));
    expect(readFileSync(plan.file, "utf8")).toBe(plan.text);
    expect(statSync(plan.file).mode & 0o777).toBe(0o600);
    expect(ran.splice(0)).toEqual([
      ...["systemctl --user daemon-reload", "systemctl --user enable tradestream.service"],
      "systemctl --user restart tradestream.service",
    ]);
    expect(manager.state()).toMatchObject({ installed: true, says: "active" });
    expect(manager.uninstall()).toEqual(ok(plan.file));
    expect(existsSync(plan.file)).toBe(false);
    expect(manager.uninstall()).toEqual(ok(null));
  });

  test("what the system refuses is told in its words, and the rest is not tried", () => {
    const { home, ran, manager } = desk("linux", (words) =>
      words.includes("enable") ? err("Failed to connect to bus") : ok(""),
    );
    expect(manager.install(manager.plan(wishIn(home)))).toEqual(
      err("systemctl --user enable tradestream.service: Failed to connect to bus"),
    );
    expect(ran).toHaveLength(2);
    expect(manager.uninstall()).toEqual(ok(manager.state().file));
  });

  test("systemd takes the unit", () => {
    const analyze = findSystemdAnalyze();
    if (analyze === null) return sayLoudly("the user unit by `systemd-analyze --user verify`");
    const { home, manager } = desk("linux", () => ok(""));
    const plan = manager.plan(wishIn(home));
    manager.install(plan);
    const environment = { XDG_RUNTIME_DIR: home };
    expect(judge(analyze, ["--user", "verify", plan.file], environment)).toEqual({
      code: 0,
      said: "",
    });
  });

  test("a system that has no such tool says so", () => {
    const home = temporaryFolder();
    const person: Person = { platform: "linux", home, environment: { XDG_CONFIG_HOME: home } };
    const path = process.env["PATH"];
    process.env["PATH"] = "";
    const manager = serviceManager(person);
    const said = manager.install(manager.plan(wishIn(home)));
    process.env["PATH"] = path;
    expect(said).toEqual(err(expect.stringMatching(/^systemctl --user daemon-reload: .*ENOENT/)));
  });
});

test("with launchd it goes to LaunchAgents", () => {
  const { home, ran, manager } = desk("darwin", () => ok("state = running\nmore"));
  const plan = manager.plan(wishIn(home));
  expect(plan.file).toBe(join(home, "Library/LaunchAgents/org.tradestream.user.plist"));
  expect(manager.install(plan)).toEqual(ok(undefined));
  expect(ran.at(-1)).toMatch(/^launchctl bootstrap gui\/\d+ /);
  expect(manager.state().says).toBe("state = running");
});

test("the Task Scheduler is handed a file in its own encoding", () => {
  const { manager } = desk("win32", () => ok(""));
  const { file, text, commands } = manager.plan(wishIn("C:\\h"));
  expect(file).toMatch(/\\AppData\\Local\\TradeStream\\tradestream-task\.xml$/);
  expect(text).toContain('encoding="UTF-16"');
  expect(commands[0]).toEqual(["schtasks", "/Create", "/TN", "TradeStream", "/XML", file, "/F"]);
});

describe("what is asked for", () => {
  const asked = { here: "/h/olga", config: "config.yaml", data: "data", node: "/n", script: "/s" };
  const person: Person = { platform: "linux", home: "/h/olga", environment: {} };

  test("is named by whole paths", () => {
    expect(serviceWish(asked, person)).toEqual(
      ok({
        ...{ node: "/n", script: "/s", here: "/h/olga" },
        ...{ config: "/h/olga/config.yaml", data: "/h/olga/data" },
      }),
    );
  });

  test("is not what npx threw together for one run", () => {
    const script = "/h/olga/.npm/_npx/1234/node_modules/.bin/tradestream";
    expect(serviceWish({ ...asked, script }, person)).toEqual(
      err(expect.stringContaining("npm install --global tradestream")),
    );
  });

  test("has no line break in it", () => {
    const said = serviceWish({ ...asked, data: "/d\nExecStart=/bin/x" }, person);
    expect(said).toEqual(err("a path with a line break in it"));
  });

  test("is this very program where nobody says otherwise", () => {
    const said = serviceWish({ here: "/h", config: "c", data: "d" }, person);
    expect(said.ok && said.value.node).toBe(process.execPath);
  });
});
