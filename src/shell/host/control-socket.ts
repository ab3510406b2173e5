/**
 * The control questions over a local socket: `control.sock` in the data directory, open to its owner
 * alone, or a named pipe on Windows.
 *
 * ```text
 * asker    ── one line of JSON ──►  running process        16 kB a question, 8 askers at a time,
 *          ◄── one line of JSON ──  and it hangs up        5 s from the first byte to the answer
 * looker   ◄── line after line ──                          see control-watch.ts
 * ```
 *
 * A socket file outlives a killed process. It is removed only when nobody answers behind it, so a
 * living process never loses its door to a second one.
 */
import { createHash } from "node:crypto";
import { chmodSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { resolve as absolute, join, relative } from "node:path";
import type {
  Control,
  ControlAnswer,
  ControlFault,
  ControlListener,
  ControlRequest,
  ControlServer,
  Watching,
} from "../../ports/control.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { serveWatch, watchDoor } from "./control-watch.ts";
import { isWatch, QUESTION_MAX, readRequest } from "./control-words.ts";

export interface SocketLimits {
  readonly connectionsMax: number;
  /** Milliseconds an asker has to ask, and the house to answer. */
  readonly patience: number;
}

const LIMITS: SocketLimits = { connectionsMax: 8, patience: 5_000 };
/** The asker waits a little longer, so that it hears why it waited in vain. */
const ASKER_EXTRA = 1_000;
/** Those who look on take nobody's place who asks. */
const LOOKERS = 4;
/** A status of a thousand accounts is half a megabyte. */
const ANSWER_MAX = 8 * 2 ** 20;
/** Bytes of a socket's path that every system takes. */
const PATH_MAX = 100;

export function controlSocket(limits: SocketLimits = LIMITS): Control {
  return {
    listen: (directory, listener, watching) => listen(directory, { listener, watching }, limits),
    ask: (directory, request) => ask(directory, request, limits),
    watch: (directory, onlooker) => {
      const door = doorOf(directory);
      return door === null
        ? Promise.resolve(tooLong(directory))
        : watchDoor(door, onlooker, refusalOf);
    },
  };
}

/** Null where the path is too long for a socket, seen from here too. */
export function doorOf(
  directory: string,
  platform: NodeJS.Platform = process.platform,
): string | null {
  if (platform === "win32") {
    const name = createHash("sha256").update(absolute(directory).toLowerCase()).digest("hex");
    return `\\\\.\\pipe\\tradestream-${name.slice(0, 32)}`;
  }
  const path = join(directory, "control.sock");
  const fits = [path, relative(process.cwd(), path)].find(
    (one) => Buffer.byteLength(one) <= PATH_MAX,
  );
  return fits ?? null;
}

const tooLong = (directory: string): Result<never, ControlFault> =>
  fault(
    `the path of ${directory} is too long for a local socket; use a data directory with a shorter one`,
  );

const fault = (detail: string): Result<never, ControlFault> => err({ kind: "failed", detail });

/** Who answers, and what there is to look at. */
interface Behind {
  readonly listener: ControlListener;
  readonly watching: Watching | undefined;
}

async function listen(
  directory: string,
  behind: Behind,
  limits: SocketLimits,
): Promise<Result<ControlServer, ControlFault>> {
  const door = doorOf(directory);
  if (door === null) return tooLong(directory);
  const first = await bind(door, behind, limits);
  if (first.ok || first.error !== "EADDRINUSE") return asServer(first, door);
  if (await isAnswered(door)) return fault(`another process listens at ${door}`);
  rmSync(door, { force: true });
  return asServer(await bind(door, behind, limits), door);
}

function asServer(
  bound: Result<Server, string>,
  door: string,
): Result<ControlServer, ControlFault> {
  if (!bound.ok) return fault(`cannot listen at ${door} (${bound.error})`);
  return ok({ close: () => bound.value.close() });
}

function bind(
  door: string,
  behind: Behind,
  { connectionsMax, patience }: SocketLimits,
): Promise<Result<Server, string>> {
  return new Promise((resolve) => {
    const server = createServer({ allowHalfOpen: true }, (socket) =>
      serve(socket, behind, patience),
    );
    server.maxConnections = connectionsMax + (behind.watching === undefined ? 0 : LOOKERS);
    server.once("error", (failure: NodeJS.ErrnoException) =>
      resolve(err(failure.code ?? failure.message)),
    );
    server.listen(door, () => resolve(ok(server)));
    // The file is there from here on, before anybody could have been let in.
    if (server.listening && !door.startsWith("\\\\")) chmodSync(door, 0o600);
    server.unref();
  });
}

/** True when a process takes the call; a file without one refuses it. */
function isAnswered(door: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(door);
    const say = (answered: boolean): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.once("connect", () => say(true));
    socket.once("error", () => say(false));
  });
}

function serve(socket: Socket, { listener, watching }: Behind, patience: number): void {
  let question = "";
  let isTaken = false;

  const answer = (said: ControlAnswer): void => {
    clearTimeout(timer);
    isTaken = true;
    if (!socket.writableEnded) socket.end(`${JSON.stringify(said)}\n`);
  };
  const refuse = (reason: string): void => answer({ kind: "fault", reason });
  const timer = setTimeout(() => {
    refuse("it took too long");
    socket.destroySoon();
  }, patience);

  const take = (line: string): void => {
    isTaken = true;
    const request = readRequest(line);
    if (watching !== undefined && isWatch(line)) {
      clearTimeout(timer);
      serveWatch(socket, watching, refuse).catch((failure) => refuse(String(failure)));
    } else if (request.ok)
      listener(request.value).then(answer, (failure) => refuse(String(failure)));
    else refuse(request.error);
  };
  socket.setEncoding("utf8");
  socket.on("data", (text: string) => {
    if (isTaken) return;
    question += text;
    const end = question.indexOf("\n");
    if (end === -1 && question.length <= QUESTION_MAX) return;
    if (end === -1 || end > QUESTION_MAX)
      refuse(`a question has at most ${QUESTION_MAX} characters`);
    else take(question.slice(0, end));
  });
  socket.on("end", () => {
    if (!isTaken) refuse("the question has no end");
  });
  // An asker that hangs up early wants no answer.
  socket.on("error", () => socket.destroy());
  socket.on("close", () => clearTimeout(timer));
}

function ask(
  directory: string,
  request: ControlRequest,
  { patience }: SocketLimits,
): Promise<Result<ControlAnswer, ControlFault>> {
  const door = doorOf(directory);
  if (door === null) return Promise.resolve(tooLong(directory));
  return new Promise((resolve) => {
    const socket = connect(door);
    let said = "";
    const settle = (result: Result<ControlAnswer, ControlFault>): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(result);
    };
    const timer = setTimeout(
      () => settle(fault("the running process does not answer")),
      patience + ASKER_EXTRA,
    );
    socket.setEncoding("utf8");
    socket.on("connect", () => socket.write(`${JSON.stringify(request)}\n`));
    socket.on("data", (text: string) => {
      said += text;
      if (said.length > ANSWER_MAX) settle(fault("the answer is longer than any should be"));
    });
    socket.on("end", () => settle(readAnswer(said)));
    socket.on("error", (failure: NodeJS.ErrnoException) => settle(err(refusalOf(failure))));
  });
}

/** No file, or a file without a process behind it. */
const NOBODY: readonly (string | undefined)[] = ["ENOENT", "ECONNREFUSED", "ENOTDIR"];

const refusalOf = ({ code, message }: NodeJS.ErrnoException): ControlFault => ({
  kind: NOBODY.includes(code) ? "nobody" : "failed",
  detail: message,
});

/** The other end is this program, of this version or another one. */
function readAnswer(text: string): Result<ControlAnswer, ControlFault> {
  if (text === "") return fault("the running process hung up; it may be busy, try again");
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && "kind" in value) {
      return ok(value as ControlAnswer);
    }
    return fault("the answer is not one this version knows");
  } catch {
    return fault("the answer is cut off");
  }
}
