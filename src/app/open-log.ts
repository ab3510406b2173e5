/**
 * The log of a data directory, made when somebody first has something to write.
 *
 * ```text
 * write(level, event, detail) ─► loud enough? ─► the writer ─► file or stderr
 *                                     └ the first one loads it; until then lines are appended at once
 * ```
 *
 * Most runs write nothing, so little is loaded for it before. Nothing in here throws: a log is the
 * last thing that may stop a trade.
 */
import type { Config, LogConfig, LogLevel as Threshold } from "../core/model/config.ts";
import { componentOf } from "../core/model/log-components.ts";
import { millis } from "../core/model/units.ts";
import type { Log, LogDetail, LogLevel } from "../ports/log.ts";
import type { Context } from "./context.ts";
import { placesIn } from "./places.ts";
import { wire } from "./wire.ts";

type World = Pick<Context, "screen" | "clock" | "environment">;

export interface LogSpec {
  readonly directory: string;
  readonly logLevel: Threshold;
  /** As it was at the start: where lines go to does not change. */
  readonly config: Pick<Config, "log">;
  /** Asked at every line, where levels may change while the program runs. */
  readonly levelNow?: () => Threshold;
  readonly componentsNow?: () => LogConfig["components"];
}

const LOUDNESS: Readonly<Record<LogLevel | Threshold, number>> = {
  debug: 0,
  info: 1,
  warn: 2,
  warning: 2,
  error: 3,
};

type Writer = ReturnType<Awaited<ReturnType<typeof wire.log>>["logWriter"]>;
type Line = Parameters<Writer["write"]>[0];

/** Lines that wait for the writer to be loaded. */
const WAITING_MAX = 1_000;

export async function openLog(context: World, spec: LogSpec): Promise<Log> {
  const { config, logLevel } = spec;
  const { levelNow = () => logLevel, componentsNow } = spec;
  const atStart = config.log.components;
  const threshold = (component: Line["component"]): Threshold =>
    (componentsNow?.() ?? atStart)[component] ?? levelNow();
  const writer = await writerFor(context, spec);
  return {
    write(level: LogLevel, event: string, detail: LogDetail = {}) {
      const component = componentOf(event);
      if (LOUDNESS[level] < LOUDNESS[threshold(component)]) return;
      writer.write({ at: context.clock.now(), level, component, event, detail });
    },
  };
}

interface Opened extends Pick<Writer, "write"> {
  flushed(): Promise<void>;
}

/** One for each file: a start and the house that follows it write the same. */
const opened = new Map<string, Opened>();

async function writerFor(context: World, spec: LogSpec): Promise<Opened> {
  const { to } = spec.config.log;
  const place = to === "file" ? placesIn(spec.directory).log : to;
  const [{ firstLines }, { loadedSecrets }] = await Promise.all([
    wire.firstLines(),
    wire.secrets(),
  ]);
  const before = opened.get(place);
  if (before !== undefined) return before;
  const first = to === "file" ? firstLines(place, loadedSecrets) : () => false;
  const writer = loadedLater(context, spec, { place, secrets: loadedSecrets, first });
  opened.set(place, writer);
  return writer;
}

interface Beginning {
  readonly place: string;
  readonly secrets: () => ReadonlySet<string>;
  /** False for a line that has to wait. */
  readonly first: (line: Line) => boolean;
}

function loadedLater(
  { screen, clock, environment = {} }: World,
  { config }: LogSpec,
  { place, secrets, first }: Beginning,
): Opened {
  let writer: Writer | null = null;
  let loading: Promise<void> | null = null;
  const waiting: Line[] = [];
  async function load(): Promise<void> {
    const { logWriter } = await wire.log();
    const { to, megabytes, files, every } = config.log;
    const rotation = { megabytes, files, every };
    writer = logWriter({
      ...{ clock, secrets, say: screen.remark },
      file: to === "file" ? { path: place, rotation } : null,
      pretty: screen.isInteractive ? { colour: (environment["NO_COLOR"] ?? "") === "" } : null,
    });
    for (const line of waiting.splice(0)) writer.write(line);
  }
  return {
    write(line) {
      if (writer !== null) return writer.write(line);
      if (!first(line) && waiting.length < WAITING_MAX) waiting.push(line);
      loading ??= load().catch((failure: unknown) => {
        screen.remark(`there is no log: ${String(failure)}`);
      });
    },
    async flushed() {
      await loading;
      await writer?.flushed();
    },
  };
}

/** Before the process leaves: a disk that hangs is not waited for. */
export async function flushLogs(clock: Context["clock"]): Promise<void> {
  const all = [...opened.values()].map((one) => one.flushed());
  opened.clear();
  if (all.length === 0) return;
  await new Promise<void>((resolve) => {
    const callOff = clock.schedule(millis(clock.now() + PATIENCE), resolve);
    void Promise.all(all).then(() => {
      callOff();
      resolve();
    });
  });
}

const PATIENCE = 2_000;
