/**
 * Looks at the parts of a running house every ten seconds, beside whatever it does.
 *
 * ```text
 * every 10 s ─► probes, readings ─► watch ─┬─ moved ─► loop ─► journal ─► whoever is to be told
 *                                          └─ healing due ─► loop, and it is begun
 * ```
 *
 * A look takes a fraction of a millisecond of the event loop and goes through the loop like any other
 * news, which shows that the loop turns. Reading that fails is logged; what was known before stays.
 */
import { COMPONENTS, type HealingAction } from "../core/model/health.ts";
import { millis } from "../core/model/units.ts";
import { healingsDue, type Tried } from "../core/upkeep/healing.ts";
import { beginWatch, look, type Watch } from "../core/upkeep/health-watch.ts";
import { type HealthView, healthView } from "../core/views/health.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { HostReading, Probes } from "../ports/probes.ts";
import type { Reader } from "./health-readings.ts";
import type { Loop } from "./loop.ts";
import { mishapOf } from "./mishap.ts";

export interface KeeperParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly probes: Probes;
  readonly reader: Reader;
  readonly loop: Pick<Loop, "offer" | "state">;
  readonly heal: Readonly<Record<HealingAction, () => void>>;
}

export interface HealthKeeper {
  view(): HealthView;
  /** The loop has answered lately. */
  isTurning(): boolean;
  /** Of the newest look; null before the first. */
  host(): HostReading | null;
  stop(): void;
}

const LOOK_EVERY = 10_000;
/** Three looks without an answer: the loop hangs. */
const ANSWERS_WITHIN = 35_000;

export function keepHealth(parts: KeeperParts): HealthKeeper {
  const { clock, log, probes, reader, loop, heal } = parts;
  let watch: Watch = beginWatch(loop.state().health ?? {}, clock.now());
  let tried: Tried = {};
  let newest: HostReading | null = null;
  let answeredAt = clock.now();
  let isStopped = false;
  let callOff = (): void => {};

  function judge(host: HostReading): void {
    const now = clock.now();
    const looked = look(watch, reader.read(host, now), now);
    const healed = healingsDue(looked.watch, tried, now);
    [watch, tried, newest] = [looked.watch, healed.tried, host];
    const { moves } = looked;
    const { healings } = healed;
    for (const { component, to, reason } of moves)
      log.write("info", "health-moved", { component, to, reason });
    loop.offer({ kind: "health", moves, healings }, () => {
      answeredAt = clock.now();
    });
    for (const { action } of healings) heal[action]();
  }

  async function lookOnce(): Promise<void> {
    try {
      const host = await probes.read();
      if (!isStopped) judge(host);
    } catch (failure) {
      log.write("error", "health-unread", { detail: mishapOf(failure) });
    }
    again();
  }

  function again(): void {
    if (isStopped) return;
    callOff = clock.schedule(millis(clock.now() + LOOK_EVERY), () => void lookOnce());
  }

  again();
  return {
    view: () =>
      healthView(
        COMPONENTS.map((component) => ({ component, ...watch[component] })),
        clock.now(),
      ),
    isTurning: () => clock.now() - answeredAt < ANSWERS_WITHIN,
    host: () => newest,
    stop() {
      isStopped = true;
      callOff();
      probes.close();
    },
  };
}
