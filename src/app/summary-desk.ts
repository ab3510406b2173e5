/**
 * Summaries on their way from a fact to words: begun when the fact is read, put down when whoever puts
 * them together is done, and never in the way of any other letter.
 *
 * ```text
 * begin ─► summarise, in its own time ─┬─ done ────────────────► words of its slips ─► ready
 *                                      └─ failed, or too long ─► why, in their place
 * the disk refuses the words ─► put down again a little later
 * ```
 *
 * Until then the slips have no words. Whoever starts after a crash finds them so, and begins again.
 */
import type { FactOf } from "../core/model/fact.ts";
import type { Item, Slip } from "../core/model/notification.ts";
import { millis } from "../core/model/units.ts";
import { clean } from "../core/views/plain-text.ts";
import type { SummaryText } from "../core/views/summary.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Outbox } from "../ports/outbox.ts";
import { err, type Result } from "../std/result.ts";
import { mishapOf } from "./mishap.ts";

/** Of the fact with that sequence. */
export type Summarise = (
  fact: FactOf<"SummaryDue">,
  sequence: number,
) => Promise<Result<SummaryText, string>>;

export interface SummaryDeskParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly outbox: Pick<Outbox, "word">;
  readonly summarise?: Summarise;
  /** There are words that were not there before. */
  readonly ready: () => void;
}

export interface SummaryDesk {
  /** `slips` are those of this fact; `item` is what can be said of it at once. */
  begin(fact: FactOf<"SummaryDue">, slips: readonly Slip[], item: Item): void;
  isIdle(): boolean;
  close(): void;
}

/** Then a person is told without figures, and where to find them. */
const PATIENCE = 5 * 60_000;
const TRY_DISK_EVERY = 15_000;

export function createSummaryDesk(parts: SummaryDeskParts): SummaryDesk {
  const { clock, log, outbox, summarise = NOBODY, ready } = parts;
  /** By sequence, and how to call off what waits: a round that is repeated begins nothing twice. */
  const pending = new Map<number, () => void>();

  const after = (delay: number, task: () => void) =>
    clock.schedule(millis(clock.now() + delay), task);

  function putDown(slips: readonly Slip[], sequence: number, item: Item): void {
    pending.get(sequence)?.();
    const words = JSON.stringify(item);
    const kept = outbox.word(slips.map((slip) => ({ ...slip, words })));
    if (kept.ok) {
      pending.delete(sequence);
      return ready();
    }
    log.write("warn", "outbox-refused", { detail: kept.error.detail });
    pending.set(
      sequence,
      after(TRY_DISK_EVERY, () => putDown(slips, sequence, item)),
    );
  }

  function begin(fact: FactOf<"SummaryDue">, slips: readonly Slip[], item: Item): void {
    const sequence = slips[0]?.sequence;
    if (sequence === undefined || pending.has(sequence)) return;
    let isSettled = false;
    const settle = (words: Item): void => {
      if (isSettled || !pending.has(sequence)) return;
      isSettled = true;
      putDown(slips, sequence, words);
    };
    const fail = (why: string): void => {
      if (pending.has(sequence)) log.write("error", "summary-failed", { detail: why });
      settle({ ...item, tone: "bad", details: withoutFigures(fact, why) });
    };
    pending.set(
      sequence,
      after(PATIENCE, () => fail("they took too long")),
    );
    summarise(fact, sequence)
      .then((made) =>
        made.ok ? settle({ ...item, ...made.value, tone: "plain" }) : fail(made.error),
      )
      .catch((failure: unknown) => fail(`it failed: ${mishapOf(failure)}`));
  }

  return {
    begin,
    isIdle: () => pending.size === 0,
    close() {
      for (const callOff of pending.values()) callOff();
      pending.clear();
    },
  };
}

const NOBODY: Summarise = () => Promise.resolve(err("nothing is summed up here"));

function withoutFigures({ period, from, tradeDate }: FactOf<"SummaryDue">, why: string) {
  const command =
    period === "day"
      ? `tradestream day ${tradeDate}`
      : `tradestream report --from ${from} --to ${tradeDate}`;
  return [
    { label: "No figures", value: clean(why) },
    { label: "Ask with", value: command },
  ];
}
