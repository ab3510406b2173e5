/**
 * Whoever starts a program when its user logs in, and starts it again when it dies: systemd, launchd,
 * the Task Scheduler.
 *
 * 1. `plan` touches nothing: it says what `install` would write and run, to the letter.
 * 2. Installing twice is installing once, with what was said last. What is not installed is removed
 *    without complaint. The data directory is never touched by either.
 * 3. What the system refuses is a value with its own words in it.
 */
import type { Result } from "../std/result.ts";

export interface ServiceWish {
  /** The program that runs the program: node, and the file it is told to run. */
  readonly node: string;
  readonly script: string;
  /** All three as whole paths. */
  readonly config: string;
  readonly data: string;
  /** Where relative paths of the configuration count from. */
  readonly here: string;
}

export interface ServicePlan {
  /** What the system calls the one who does it. */
  readonly manager: "systemd" | "launchd" | "Task Scheduler";
  readonly file: string;
  readonly text: string;
  /** In order. */
  readonly commands: readonly (readonly string[])[];
  /** What a person should know of it. */
  readonly remarks: readonly string[];
}

export interface ServiceState {
  readonly manager: ServicePlan["manager"];
  readonly file: string;
  readonly installed: boolean;
  /** In the words of the system; null where it says nothing. */
  readonly says: string | null;
}

export interface ServiceManager {
  /** Where a person's programs keep their data here. */
  readonly dataDirectory: string;
  plan(wish: ServiceWish): ServicePlan;
  install(plan: ServicePlan): Result<void, string>;
  /** What was taken away; null when there was nothing. */
  uninstall(): Result<string | null, string>;
  state(): ServiceState;
}
