/**
 * Looking on over the control socket: one line of question, then a line for each change.
 *
 * ```text
 * looker  ── {"kind":"watch"} ──►  running process
 *         ◄── snapshot, beat, beat, snapshot ...       a beat each second without news
 * ```
 *
 * Nothing is queued: while a looker has not taken the last line, the next one waits to be made, and is
 * the newest then. One that takes nothing for ten seconds is hung up on.
 */
import { connect, type Socket } from "node:net";
import type { SnapshotView } from "../../core/views/snapshot.ts";
import type { ControlFault, Onlooker, Watching } from "../../ports/control.ts";
import { err, ok, type Result } from "../../std/result.ts";

const BEAT_EVERY = 1_000;
const STUCK_AFTER = 10_000;
/** A process that says nothing for so long is as good as gone. */
const SILENT_AFTER = 3_500;
/** Characters of a line; a snapshot has some forty thousand. */
const LINE_MAX = 8 * 2 ** 20;

const BEAT = '{"kind":"beat"}\n';

/** Serves a socket whose question was `watch`. `refuse` says why it cannot. */
export async function serveWatch(
  socket: Socket,
  watching: Watching,
  refuse: (reason: string) => void,
): Promise<void> {
  if ((await watching.newest()) === null) return refuse("there is nothing to see yet");
  if (socket.destroyed) return;
  let isWanted = false;
  let isMaking = false;
  let takenAt = performance.now();

  const send = (line: string): void => {
    if (!socket.writableEnded && !socket.destroyed) socket.write(line);
  };
  async function pump(): Promise<void> {
    isWanted = true;
    if (isMaking || socket.writableLength > 0 || socket.destroyed) return;
    isMaking = true;
    isWanted = false;
    const line = await watching.newest();
    isMaking = false;
    if (line !== null) send(`${line}\n`);
    if (isWanted) void pump();
  }
  const leave = watching.join(() => void pump());
  if (leave === null) return refuse("too many look on already");
  const beat = setInterval(() => {
    if (socket.writableLength === 0) {
      takenAt = performance.now();
      send(BEAT);
    } else if (performance.now() - takenAt > STUCK_AFTER) socket.destroy();
  }, BEAT_EVERY);
  beat.unref();
  socket.on("drain", () => {
    takenAt = performance.now();
    if (isWanted) void pump();
  });
  socket.on("end", () => socket.end());
  socket.on("close", () => {
    clearInterval(beat);
    leave();
  });
  void pump();
}

/** Looks on through a door, until the returned function is called. */
export function watchDoor(
  door: string,
  onlooker: Onlooker,
  refusalOf: (failure: NodeJS.ErrnoException) => ControlFault,
): Promise<Result<() => void, ControlFault>> {
  return new Promise((resolve) => {
    const socket = connect(door);
    let isOver = false;
    let reason = "the process has ended";
    const end = (why: string): void => {
      reason = why;
      socket.destroy();
    };
    const silence = setTimeout(() => end("the process says nothing any more"), SILENT_AFTER);
    const read = linesOf((line) => {
      silence.refresh();
      const fault = hand(line, onlooker);
      if (fault !== null) end(fault);
    });
    socket.setEncoding("utf8");
    socket.on("connect", () => {
      socket.write('{"kind":"watch"}\n');
      resolve(
        ok(() => {
          isOver = true;
          socket.destroy();
        }),
      );
    });
    socket.on("data", (text: string) => {
      if (!read(text)) end("a line is longer than any should be");
    });
    socket.on("error", (failure: NodeJS.ErrnoException) => resolve(err(refusalOf(failure))));
    socket.on("close", () => {
      clearTimeout(silence);
      if (!isOver) onlooker.lost(reason);
      isOver = true;
    });
  });
}

/** False when a line has become too long. */
function linesOf(take: (line: string) => void): (text: string) => boolean {
  let rest = "";
  return (text) => {
    const lines = `${rest}${text}`.split("\n");
    rest = lines.pop() as string;
    for (const line of lines) take(line);
    return rest.length <= LINE_MAX;
  };
}

/** The other end is this program, of this version or another one. Returns why it is not understood. */
function hand(line: string, onlooker: Onlooker): string | null {
  const said = parsed(line);
  switch (said?.kind) {
    case "snapshot":
      onlooker.seen(said.snapshot);
      return null;
    case "beat":
      onlooker.beat();
      return null;
    case "fault":
      return said.reason;
    default:
      return "the running process speaks another version";
  }
}

type Said =
  | { readonly kind: "snapshot"; readonly snapshot: SnapshotView }
  | { readonly kind: "beat" }
  | { readonly kind: "fault"; readonly reason: string };

function parsed(line: string): Said | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Said) : null;
  } catch {
    return null; // said as another version's
  }
}
