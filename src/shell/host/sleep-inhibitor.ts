/**
 * Asks the system not to fall asleep, by the tool it has for that, in a child process.
 *
 * ```text
 * Linux    systemd-inhibit ... cat               ends with its standard input
 * macOS    caffeinate -i -s -w <our pid>         ends with us
 * Windows  powershell: SetThreadExecutionState   ends with its standard input
 * ```
 *
 * Each of them lets go by itself when this process is gone, even by `kill -9`. One that ends while it
 * is wanted is begun again, three times an hour at most; then the machine sleeps as it likes, and
 * somebody is told once.
 */
import { type ChildProcess, spawn } from "node:child_process";
import type { Clock } from "../../ports/clock.ts";
import type { KeepAwake } from "../../ports/keep-awake.ts";

export interface InhibitorParts {
  readonly clock: Pick<Clock, "now">;
  /** Called once: nothing keeps the machine awake, and why. */
  readonly refused: (reason: string) => void;
  readonly platform?: NodeJS.Platform;
  readonly start?: (command: InhibitCommand) => ChildProcess;
}

export interface InhibitCommand {
  readonly program: string;
  readonly words: readonly string[];
}

const STARTS_MAX = 3;
const SPAN = 3_600_000;

/** Null where no way is known. */
export function inhibitCommand(
  platform: NodeJS.Platform,
  why: string,
  pid = process.pid,
): InhibitCommand | null {
  switch (platform) {
    case "linux":
      return {
        program: "systemd-inhibit",
        words: ["--what=sleep:idle", "--who=TradeStream", `--why=${why}`, "--mode=block", "cat"],
      };
    case "darwin":
      return { program: "caffeinate", words: ["-i", "-s", "-w", String(pid)] };
    case "win32":
      return {
        program: "powershell.exe",
        words: ["-NoProfile", "-NonInteractive", "-Command", WINDOWS],
      };
    default:
      return null;
  }
}

/** ES_CONTINUOUS and ES_SYSTEM_REQUIRED: of the thread that asks, and gone with it. */
const WINDOWS = [
  "$d='[DllImport(\"kernel32.dll\")] public static extern uint SetThreadExecutionState(uint f);'",
  "$t=Add-Type -MemberDefinition $d -Name Awake -Namespace TradeStream -PassThru",
  "if ($t::SetThreadExecutionState([uint32]2147483649) -eq 0) { exit 1 }",
  "[Console]::In.ReadToEnd() | Out-Null",
].join("; ");

const started = ({ program, words }: InhibitCommand): ChildProcess =>
  spawn(program, words, { stdio: ["pipe", "ignore", "ignore"], windowsHide: true });

export function sleepInhibitor(parts: InhibitorParts): KeepAwake {
  const { clock, refused, platform = process.platform, start = started } = parts;
  let child: ChildProcess | null = null;
  let wanted: string | null = null;
  let isTold = false;
  let starts: number[] = [];

  function begin(): void {
    if (wanted === null || child !== null) return;
    const command = inhibitCommand(platform, wanted);
    if (command === null) return giveUp(`no way to do so is known on ${platform}`);
    const now = clock.now();
    starts = starts.filter((at) => now - at < SPAN);
    if (starts.length >= STARTS_MAX) return giveUp(`${command.program} ends again and again`);
    starts.push(now);
    watch(start(command), command.program);
  }

  function watch(begun: ChildProcess, program: string): void {
    child = begun;
    let isOver = false;
    const over = (reason: string | null): void => {
      if (isOver) return;
      isOver = true;
      if (child === begun) child = null;
      if (wanted === null) return;
      if (reason === null) begin();
      else giveUp(reason);
    };
    begun.once("error", (failure) => over(`${program}: ${failure.message}`));
    begun.once("exit", () => over(null));
    // A pipe that breaks says the same as the end of the child.
    begun.stdin?.on("error", () => over(null));
    begun.unref();
  }

  function giveUp(reason: string): void {
    wanted = null;
    if (!isTold) refused(reason);
    isTold = true;
  }

  return {
    hold(why) {
      wanted = why;
      begin();
    },
    release() {
      wanted = null;
      const held = child;
      child = null;
      held?.stdin?.end();
      held?.kill();
    },
  };
}
