/**
 * The service manager of this system, for the one who is logged in: never for all of the machine, and
 * never as root.
 *
 * ```text
 * Linux    ~/.config/systemd/user/tradestream.service      systemctl --user
 * macOS    ~/Library/LaunchAgents/org.tradestream.user.plist   launchctl
 * Windows  <data>\tradestream-task.xml                     schtasks
 * ```
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import type { ServiceManager, ServicePlan, ServiceWish } from "../../ports/login-start.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { LABEL, plistText, TASK, taskText, unitText } from "./login-files.ts";
import { type Person, pathsOf, thisPerson, userDataDirectory } from "./user-directory.ts";

/** Runs a program of the system; the error is what it said. */
export type RunTool = (words: readonly string[]) => Result<string, string>;

interface Manager {
  readonly name: ServicePlan["manager"];
  readonly file: string;
  text(wish: ServiceWish): string;
  readonly install: readonly (readonly string[])[];
  readonly uninstall: readonly (readonly string[])[];
  readonly state: readonly string[];
  readonly remarks: readonly string[];
  /** Windows reads a task in its own encoding. */
  readonly encode: (text: string) => Buffer;
}

const PATIENCE = 30_000;

const runTool: RunTool = ([program = "", ...words]) => {
  try {
    return ok(
      execFileSync(program, words, {
        encoding: "utf8",
        timeout: PATIENCE,
        stdio: ["ignore", "pipe", "pipe"],
        windowsHide: true,
      }).trim(),
    );
  } catch (failure) {
    const { stderr, stdout, message } = failure as Error & { stderr?: string; stdout?: string };
    return err((stderr?.trim() || stdout?.trim() || message).slice(0, 500));
  }
};

export function serviceManager(
  person: Person = thisPerson(),
  run: RunTool = runTool,
): ServiceManager {
  const dataDirectory = userDataDirectory(person);
  const manager = managerOf(person, dataDirectory);
  const { name, file, encode } = manager;
  const runAll = (commands: readonly (readonly string[])[]): Result<void, string> => {
    for (const words of commands) {
      const ran = run(words);
      if (!ran.ok) return err(`${words.join(" ")}: ${ran.error}`);
    }
    return ok(undefined);
  };
  return {
    dataDirectory,
    plan: (wish) => ({
      ...{ manager: name, file, text: manager.text(wish) },
      ...{ commands: manager.install, remarks: manager.remarks },
    }),
    install({ text, commands }) {
      mkdirSync(pathsOf(person).dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, encode(text), { mode: 0o600 });
      return runAll(commands);
    },
    uninstall() {
      if (!existsSync(file)) return ok(null);
      const gone = runAll(manager.uninstall);
      // One that the system does not know any more must not stay behind as a file.
      rmSync(file, { force: true });
      return gone.ok ? ok(file) : gone;
    },
    state() {
      const installed = existsSync(file);
      const asked = installed ? run(manager.state) : err("");
      const said = asked.ok ? asked.value : asked.error;
      return { manager: name, file, installed, says: said.split("\n", 1)[0] || null };
    },
  };
}

const utf8 = (text: string): Buffer => Buffer.from(text, "utf8");
const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, "utf16le");

function managerOf(person: Person, data: string): Manager {
  switch (person.platform) {
    case "darwin":
      return launchd(person);
    case "win32":
      return taskScheduler(person, data);
    default:
      return systemd(person);
  }
}

function systemd({ platform, home, environment }: Person): Manager {
  const { join } = pathsOf({ platform });
  const config = environment["XDG_CONFIG_HOME"] ?? join(home, ".config");
  const ctl = ["systemctl", "--user"];
  return {
    name: "systemd",
    file: join(config, "systemd", "user", "tradestream.service"),
    text: unitText,
    install: [
      [...ctl, "daemon-reload"],
      [...ctl, "enable", "tradestream.service"],
      [...ctl, "restart", "tradestream.service"],
    ],
    uninstall: [[...ctl, "disable", "--now", "tradestream.service"]],
    state: [...ctl, "is-active", "tradestream.service"],
    remarks: [
      "it runs while you are logged in; to let it run longer: loginctl enable-linger",
      "what it says: journalctl --user --unit tradestream --follow",
    ],
    encode: utf8,
  };
}

function launchd({ platform, home }: Person): Manager {
  const { join } = pathsOf({ platform });
  const file = join(home, "Library", "LaunchAgents", `${LABEL}.plist`);
  const domain = `gui/${userInfo().uid}`;
  const log = join(home, "Library", "Logs", "tradestream.log");
  return {
    name: "launchd",
    file,
    text: (wish) => plistText(wish, log),
    // One that is there already has to go before it is read anew; that it was not there is no fault.
    install: [
      ["/bin/sh", "-c", `launchctl bootout ${domain}/${LABEL} 2>/dev/null; true`],
      ["launchctl", "bootstrap", domain, file],
    ],
    uninstall: [["launchctl", "bootout", `${domain}/${LABEL}`]],
    state: ["launchctl", "print", `${domain}/${LABEL}`],
    remarks: [`it runs while you are logged in; what it says: tail -f "${log}"`],
    encode: utf8,
  };
}

function taskScheduler({ platform, environment }: Person, data: string): Manager {
  const { join } = pathsOf({ platform });
  const file = join(data, "tradestream-task.xml");
  const { USERDOMAIN: domain, USERNAME: name = userInfo().username } = environment;
  const user = domain === undefined ? name : `${domain}\\${name}`;
  return {
    name: "Task Scheduler",
    file,
    text: (wish) => taskText(wish, user),
    install: [
      ["schtasks", "/Create", "/TN", TASK, "/XML", file, "/F"],
      ["schtasks", "/Run", "/TN", TASK],
    ],
    uninstall: [["schtasks", "/Delete", "/TN", TASK, "/F"]],
    state: ["schtasks", "/Query", "/TN", TASK, "/FO", "CSV", "/NH"],
    remarks: [
      "it runs while you are logged in, on battery too",
      "to end it cleanly: tradestream flatten or halt first; Windows has no signal that asks a program to stop",
    ],
    encode: utf16,
  };
}

/** A copy that `npx` made for one run: gone when it tidies up. */
const FLEETING = /[\\/]_npx[\\/]/;

export interface Asked {
  readonly here: string;
  readonly config: string;
  readonly data: string;
  /** Of the process; others in tests. */
  readonly node?: string;
  readonly script?: string;
}

/** Whole paths, of a program that will still be there tomorrow. */
export function serviceWish(
  { here, config, data, node = process.execPath, script = process.argv[1] ?? "" }: Asked,
  person: Person = thisPerson(),
): Result<ServiceWish, string> {
  const { resolve } = pathsOf(person);
  if (FLEETING.test(script))
    return err("npx keeps the program for this run only: npm install --global tradestream first");
  const paths = [node, script, resolve(here, config), resolve(here, data)] as const;
  if (paths.some((path) => /\p{Cc}/u.test(path))) return err("a path with a line break in it");
  return ok({ node, script, config: paths[2], data: paths[3], here });
}
