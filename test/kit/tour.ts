/**
 * Replays the tour as a stranger would: from the packed program, in an empty directory.
 *
 * ```text
 * npm pack ─► tarball ─► house/package/        what a stranger installs
 *                        house/node_modules ─► those of the checkout: nothing is fetched
 *                        house/bin/tradestream on the PATH
 *                        house/01-.../         one empty directory a page
 * ```
 *
 * A page is one bash from its first command to its last, so variables and background processes live
 * through it. Everything it started is in its process group and ends with it.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import {
  linesOfOutput,
  matches,
  type PageFile,
  type Run,
  rewritten,
  shortestMatch,
  stepsOf,
} from "./tour-page.ts";
import { home } from "./tree.ts";

export interface PackedHouse {
  readonly directory: string;
  remove(): Promise<void>;
}

const execute = promisify(execFile);

/** Neither npm's own settings nor a terminal's: what is printed must not depend on who tests. */
function environmentFor(bin: string, temporary: string): NodeJS.ProcessEnv {
  const { PATH = "", LD_LIBRARY_PATH } = process.env;
  return {
    PATH: [bin, dirname(process.execPath), PATH].join(delimiter),
    ...(LD_LIBRARY_PATH === undefined ? {} : { LD_LIBRARY_PATH }),
    HOME: temporary,
    TMPDIR: temporary,
    LANG: "C.UTF-8",
    TZ: "UTC",
    TERM: "dumb",
    NO_COLOR: "1",
    npm_config_update_notifier: "false",
  };
}

export async function packHouse(): Promise<PackedHouse> {
  if (!existsSync(join(home, "dist/main.js"))) throw new Error("build first: npm run build");
  const directory = await mkdtemp(join(tmpdir(), "tour-"));
  const bin = join(directory, "bin");
  await mkdir(bin);
  const env = environmentFor(bin, directory);
  const packed = await execute(
    "npm",
    ["pack", "--ignore-scripts", "--pack-destination", directory],
    {
      cwd: home,
      env,
    },
  );
  const tarball = packed.stdout.trim().split("\n").at(-1) ?? "";
  await execute("tar", ["-xzf", join(directory, tarball), "-C", directory]);
  await symlink(join(home, "node_modules"), join(directory, "node_modules"));
  const command = join(bin, "tradestream");
  await writeFile(command, `#!/bin/sh\nexec node "${directory}/package/dist/main.js" "$@"\n`);
  await chmod(command, 0o755);
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

export interface Replayed {
  /** The page as it stands, and as it would have to be to be true. */
  readonly page: string;
  readonly played: string;
  /** What did not come out as it stands, in words. */
  readonly faults: readonly string[];
}

export async function replayPage(
  house: PackedHouse,
  path: string,
  page: string,
): Promise<Replayed> {
  const name = basename(path, ".md");
  const here = join(house.directory, name);
  const temporary = join(house.directory, `${name}.tmp`);
  await Promise.all([mkdir(here), mkdir(temporary)]);
  const env = environmentFor(join(house.directory, "bin"), temporary);
  const shell = openShell(here, temporary, env);
  const ends: Ended[] = [];
  try {
    for (const step of stepsOf(page)) {
      if (step.kind === "file") await write(here, step);
      else ends.push(await shell.run(step));
    }
  } finally {
    shell.kill();
  }
  const faults = ends.flatMap((ended) => faultOf(path, ended) ?? []);
  return { page, played: playedPage(page, ends), faults };
}

async function write(here: string, { path, text }: PageFile): Promise<void> {
  await mkdir(dirname(join(here, path)), { recursive: true });
  await writeFile(join(here, path), text);
}

interface Ended {
  readonly run: Run;
  readonly said: readonly string[];
  readonly exit: number;
}

function faultOf(path: string, { run, said, exit }: Ended): string | null {
  const right = matches(run.expected, said);
  if (right && exit === run.exit) return null;
  const how = exit === run.exit ? "" : ` ended with ${exit} instead of ${run.exit}`;
  const shown = right
    ? ""
    : `\n--- expected\n${run.expected.join("\n")}\n--- found\n${said.join("\n")}`;
  return `${path}:${run.line} $ ${run.command.replaceAll("\n", "\n> ")}${how}${shown}`;
}

function playedPage(page: string, ends: readonly Ended[]): string {
  const lines = page.split("\n");
  for (const { run, said, exit } of ends.toReversed()) {
    const ending = exit === 0 ? [] : [`# exit ${exit}`];
    lines.splice(run.from, run.to - run.from, ...rewritten(run.expected, said), ...ending);
  }
  return lines.join("\n");
}

interface Shell {
  run(step: Run): Promise<Ended>;
  kill(): void;
}

/** A command that says nothing for so long will never end. */
const PATIENCE = 150_000;
const LOOK_EVERY = 50;
/** A started process has so long to say what it should. */
const BACKGROUND_PATIENCE = 20_000;

/** What a process in the background wrote, and how much of it a page has shown. */
interface Background {
  readonly file: string;
  shown: number;
}

function openShell(here: string, temporary: string, env: NodeJS.ProcessEnv): Shell {
  // A group of its own: whatever a page starts can be ended with it.
  const bash = spawn("bash", ["--noprofile", "--norc"], { cwd: here, env, detached: true });
  const ask = askerOf(bash);
  const backgrounds: Background[] = [];
  let count = 0;
  let last = 0;

  async function run(step: Run): Promise<Ended> {
    count += 1;
    const script = join(temporary, `step-${count}.sh`);
    const file = join(temporary, `step-${count}.out`);
    await writeFile(script, `${step.command}\n`);
    const there = step.inCheckout ? `page_directory=$PWD; cd '${home}'; ` : "";
    const back = step.inCheckout ? `; code=$?; cd "$page_directory"; (exit $code)` : "";
    const answer = await ask(
      step.command,
      `${there}(exit ${last}); . '${script}' < /dev/null > '${file}' 2>&1${back}; echo "done ${count} $?"`,
      `done ${count} `,
    );
    last = Number(answer);
    if (/[^&]&\s*$/.test(step.command)) return startedInBackground(step, file);
    const own = await read(file);
    const late = /\bwait\b/.test(step.command) ? await saidSince(backgrounds) : [];
    return { run: step, said: [...own, ...late], exit: last };
  }

  async function startedInBackground(step: Run, file: string): Promise<Ended> {
    const deadline = Date.now() + BACKGROUND_PATIENCE;
    for (;;) {
      const said = await read(file);
      const shown = shortestMatch(step.expected, said);
      if (shown === null && Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
        continue;
      }
      backgrounds.push({ file, shown: shown ?? said.length });
      return { run: step, said: said.slice(0, shown ?? said.length), exit: last };
    }
  }

  return { run, kill: () => endGroup(bash) };
}

/** How busy this machine is may be said between any two lines, and no page is about it. */
const OF_THE_MACHINE =
  /health: (?:the event loop|the processor|memory) |the machine may fall asleep/;

const read = async (file: string): Promise<readonly string[]> =>
  linesOfOutput(await readFile(file, "utf8")).filter((line) => !OF_THE_MACHINE.test(line));

async function saidSince(backgrounds: readonly Background[]): Promise<readonly string[]> {
  const late: string[] = [];
  for (const one of backgrounds) {
    const said = await read(one.file);
    late.push(...said.slice(one.shown));
    one.shown = said.length;
  }
  return late;
}

type AskBash = (command: string, line: string, marker: string) => Promise<string>;

/** Hands bash a line and resolves with what stands behind the marker in its answer. */
function askerOf(bash: ChildProcess): AskBash {
  const { stdin, stdout } = bash;
  if (stdin === null || stdout === null) throw new Error("bash has no streams");
  const answers = createInterface({ input: stdout });
  return (command, line, marker) =>
    new Promise((resolve, reject) => {
      const late = `no end after ${PATIENCE} ms: ${command}`;
      const timer = setTimeout(() => finish(new Error(late)), PATIENCE);
      const heard = (answer: string): void => {
        if (answer.startsWith(marker)) finish(null, answer.slice(marker.length));
      };
      const died = (): void => finish(new Error("bash has ended"));
      const finish = (failure: Error | null, answer = ""): void => {
        clearTimeout(timer);
        answers.off("line", heard);
        bash.off("exit", died);
        if (failure === null) resolve(answer);
        else reject(failure);
      };
      answers.on("line", heard);
      bash.once("exit", died);
      stdin.write(`${line}\n`);
    });
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (failure) {
    // Nobody is left in the group.
    if (!(failure instanceof Error && "code" in failure && failure.code === "ESRCH")) throw failure;
  }
}
