/**
 * Tells systemd how the process stands, by its own protocol: `READY=1`, `WATCHDOG=1`, `STOPPING=1`,
 * `STATUS=...`, each a datagram to the socket named in `NOTIFY_SOCKET`.
 *
 * Node has no sockets of that kind, and the packages that add them are native add-ons, each a compiler
 * or a strange binary at every installation. So the words go through `systemd-notify`, which every
 * system with systemd has: a child process without a shell, some milliseconds of another core at each
 * third of the patience. It waits until its words were taken, so they are known to be ours; the unit has
 * to say `NotifyAccess=all`, since the child is not the main process.
 *
 * At most one child runs at a time. A sign of life that finds one running is left out: it would only
 * say what that one says.
 */
import { execFile } from "node:child_process";
import type { Supervisor } from "../../ports/supervisor.ts";

export type Notify = (words: readonly string[], done: (failed: boolean) => void) => void;

type Environment = Readonly<Record<string, string | undefined>>;

export interface SystemdParts {
  readonly env?: Environment;
  readonly pid?: number;
  readonly notify?: Notify;
  /** What went wrong, once. */
  readonly failed: (reason: string) => void;
}

const COMMAND = "systemd-notify";
const CHILD_TIMEOUT = 5_000;
/** Words that wait for the one that is being said; the newest status counts. */
const WAITING_MAX = 4;
const STATUS_MAX = 200;

/** Null where systemd did not start this process as one that tells. */
export function systemdSupervisor(parts: SystemdParts): Supervisor | null {
  const { env = process.env, pid = process.pid, failed } = parts;
  const socket = env["NOTIFY_SOCKET"];
  if (socket === undefined || socket === "") return null;
  const notify = parts.notify ?? commandOf(socket, env["PATH"]);
  const waiting: (readonly string[])[] = [];
  let isBusy = false;
  let hasFailed = false;

  function say(...words: readonly string[]): void {
    if (isBusy) {
      if (waiting.length < WAITING_MAX) waiting.push(words);
      return;
    }
    isBusy = true;
    notify(words, (isRefused) => {
      isBusy = false;
      if (isRefused && !hasFailed) {
        hasFailed = true;
        failed(`${COMMAND} cannot be run: systemd is told nothing`);
      }
      const next = waiting.shift();
      if (next !== undefined) say(...next);
    });
  }

  return {
    patience: patienceOf(env, pid),
    ready: (text) => say("READY=1", statusOf(text)),
    status: (text) => say(statusOf(text)),
    alive() {
      if (!isBusy) say("WATCHDOG=1");
    },
    stopping: () => say("STOPPING=1"),
  };
}

const statusOf = (text: string): string =>
  `STATUS=${text.replaceAll(/\p{Cc}/gu, " ").slice(0, STATUS_MAX)}`;

/** Meant for this very process, in microseconds. */
function patienceOf(env: Environment, pid: number): number | null {
  const [micros, meant] = [env["WATCHDOG_USEC"], env["WATCHDOG_PID"]];
  if (micros === undefined || !/^\d{1,15}$/.test(micros)) return null;
  if (meant !== undefined && meant !== String(pid)) return null;
  const patience = Math.floor(Number(micros) / 1_000);
  return patience > 0 ? patience : null;
}

/** The child sees the socket and the path to look for programs, and nothing else of ours. */
function commandOf(socket: string, path = "/usr/bin:/bin"): Notify {
  const env = { NOTIFY_SOCKET: socket, PATH: path };
  return (words, done) => {
    execFile(COMMAND, [...words], { env, timeout: CHILD_TIMEOUT }, (failure) =>
      done(failure !== null),
    );
  };
}
