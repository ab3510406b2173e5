/**
 * Reads over REST what the gateway did not bring: at the start, and after every gap.
 *
 * ```text
 * after = the last settled id ─► 100 ─► 100 ─► ... ─► fewer than 100 ─► the newest 100 once more
 *                                                        told in order     edits and deletions
 * ```
 *
 * One reading at a time; what asks for another meanwhile gets one more afterwards. When Discord does
 * not answer, whatever waited is let go: an exit is never held back by a gap that cannot be read.
 * What was missed comes when it can be read, and an entry that is too old by then is not taken.
 */
import { millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import { ok, type Result } from "../../std/result.ts";
import type { ChannelLine } from "./channel-line.ts";
import type { RestFault } from "./fault-words.ts";
import { idIn, listIn, recordIn } from "./json.ts";
import type { Posted } from "./message.ts";
import type { Asked, DiscordRest } from "./rest.ts";
import { compareIds, idAt, laterId } from "./snowflake.ts";

export interface ReaderParts {
  readonly rest: DiscordRest;
  readonly clock: Clock;
  readonly channel: string;
  readonly line: ChannelLine;
  /** Everything up to it is settled; null for a channel nobody has heard before. */
  readonly after: () => string | null;
  /** What counts of what was read, oldest first. */
  readonly sift: (rows: readonly unknown[]) => readonly Posted[];
  readonly fault: (fault: RestFault) => void;
  /** Said once, when a channel was away for longer than is read. */
  readonly tooLong: (days: number) => void;
}

export interface ChannelReader {
  read(): void;
  isReading(): boolean;
  /** Readings so far. */
  readings(): number;
  close(): void;
}

const PAGE = 100;
/** Told before the next page is asked for: what is kept in memory is bounded. */
const BATCH = 1_000;
/** An exit of last week is nobody's exit any more. */
const DAYS_MAX = 7;
const DAY = 86_400_000;
/** Without anything new the same gap is not read over and over. */
const AGAIN_MAX = 10;
const RETRY_FIRST = 1_000;
const RETRY_MAX = 30_000;

export function channelReader(parts: ReaderParts): ChannelReader {
  let isReading = false;
  let isWanted = false;
  let isOver = false;
  let readings = 0;
  let failures = 0;
  let callOff = (): void => {};

  async function run(): Promise<void> {
    isReading = true;
    callOff();
    for (let round = 0; round < AGAIN_MAX && isWanted && !isOver; round++) {
      isWanted = false;
      readings += 1;
      const done = await readGap(parts, () => isOver);
      if (isOver) return;
      if (!done.ok) failed(done.error);
      else {
        failures = 0;
        isWanted ||= done.value === "again";
      }
    }
    isReading = false;
  }
  function failed(fault: RestFault): void {
    isWanted = false;
    failures += 1;
    parts.fault(fault);
    if (fault.kind !== "unreachable") return;
    const delay = Math.min(RETRY_MAX, RETRY_FIRST * 2 ** Math.min(failures - 1, 10));
    callOff = parts.clock.schedule(millis(parts.clock.now() + delay), read);
  }
  function read(): void {
    isWanted = true;
    if (!isReading && !isOver) void run();
  }
  return {
    read,
    isReading: () => isReading,
    readings: () => readings,
    close() {
      isOver = true;
      callOff();
    },
  };
}

async function readGap(
  parts: ReaderParts,
  isOver: () => boolean,
): Promise<Result<"again" | "done", RestFault>> {
  const { line } = parts;
  line.hold();
  const read = await readForward(parts, isOver);
  const newest = read.ok ? await page(parts, { limit: String(PAGE) }) : read;
  if (isOver()) return ok("done");
  if (!read.ok || !newest.ok) line.release();
  if (!read.ok) return read;
  if (!newest.ok) return newest;
  const last = parts.sift(newest.value);
  line.gather([...read.value, ...last], { isComplete: true });
  line.compare(last);
  return ok(line.release() ? "again" : "done");
}

/** What is left to tell when the end is reached; the rest was told on the way. */
async function readForward(
  parts: ReaderParts,
  isOver: () => boolean,
): Promise<Result<readonly Posted[], RestFault>> {
  let after = startOf(parts);
  let rows: Posted[] = [];
  while (!isOver()) {
    const next = await page(parts, { after, limit: String(PAGE) });
    if (!next.ok) return next;
    const last = idIn(recordIn(next.value.at(-1))["id"]);
    rows.push(...parts.sift(next.value));
    if (next.value.length < PAGE || last === null || compareIds(last, after) <= 0) break;
    after = last;
    if (rows.length < BATCH) continue;
    if (!isOver()) parts.line.gather(rows, { isComplete: false });
    rows = [];
  }
  return ok(rows);
}

function startOf({ after, clock, line, tooLong }: ReaderParts): string {
  const settled = after() ?? line.memory().floor;
  const earliest = idAt(millis(clock.now() - DAYS_MAX * DAY));
  if (compareIds(settled, earliest) < 0) tooLong(DAYS_MAX);
  return laterId(settled, earliest);
}

/** Oldest first; Discord answers newest first. */
async function page(
  { rest, channel }: ReaderParts,
  query: Readonly<Record<string, string>>,
): Asked<readonly unknown[]> {
  const answer = await rest.get(`/channels/${channel}/messages`, query);
  if (!answer.ok) return answer;
  const idOf = (row: unknown): string => idIn(recordIn(row)["id"]) ?? "";
  return ok(listIn(answer.value).toSorted((a, b) => compareIds(idOf(a), idOf(b))));
}
