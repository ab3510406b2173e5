/**
 * A postman on virtual time: a journal and an outbox in memory that survive him, a channel that is
 * told what to answer, and everything that ever arrived.
 */
import { createPostman, type Postman } from "../../src/app/postman.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import type { ChannelRules, Letter } from "../../src/core/model/notification.ts";
import { type Millis, millis } from "../../src/core/model/units.ts";
import { type Addressing, addressingOf } from "../../src/core/notify/policy.ts";
import { initialState } from "../../src/core/state.ts";
import type { JournalFault } from "../../src/ports/journal.ts";
import type { Delivery } from "../../src/ports/notifier.ts";
import { virtualClock } from "../../src/shell/host/virtual-clock.ts";
import type { Logged } from "./app-world.ts";
import { memoryDisk, memoryJournal } from "./memory-journal.ts";
import { NOON } from "./sample-facts.ts";

export const MAIL: ChannelRules = {
  name: "mail",
  now: ["entry", "target", "stop", "close", "health", "alarm"],
  daily: ["refusal"],
  dailyAt: 15 * 60 + 15,
  quiet: null,
  perHour: 100,
};

export const TAKEN: Delivery = { kind: "accepted", said: "250 OK" };
export const DOWN: Delivery = {
  kind: "refused",
  scope: "channel",
  said: "connection refused",
  fix: null,
  after: null,
};

export const refusal = (more: Partial<Extract<Delivery, { kind: "refused" }>>): Delivery => ({
  ...(DOWN as Extract<Delivery, { kind: "refused" }>),
  ...more,
});

export interface PostOffice {
  readonly clock: ReturnType<typeof virtualClock>;
  readonly disk: ReturnType<typeof memoryDisk>;
  readonly said: string[];
  readonly log: Logged[];
  /** Every try, in order. */
  readonly tries: Letter[];
  /** What was taken. */
  readonly taken: Letter[];
  /** The answer to each further letter; null = none at all. */
  answer: (letter: Letter) => Delivery | null;
  /** What the disk says to a write. */
  fault: JournalFault | null;
  /** Thrown by whatever reads the disk. */
  readFailure: Error | null;
  readonly addressing: Addressing;
  write(facts: readonly Fact[]): void;
  pass(minutes: number): void;
  /** A crash: nothing is left of this one; the next finds what the disk has. */
  restart(): void;
  postman(): Postman;
  outbox(): ReturnType<typeof memoryJournal>["outbox"];
}

const MINUTE = 60_000;

export function postOffice(rules: ChannelRules = MAIL, answersAfter = 20): PostOffice {
  const clock = virtualClock(millis(NOON));
  const disk = memoryDisk();
  const said: string[] = [];
  const log: Logged[] = [];
  const tries: Letter[] = [];
  const taken: Letter[] = [];
  const addressing = addressingOf([rules]);
  let journal = memoryJournal(disk, () => office.fault);
  let life = 0;
  let postman: Postman;

  const readable = (): void => {
    if (office.readFailure !== null) throw office.readFailure;
  };

  const hire = (): void => {
    const own = ++life;
    const at = (when: Millis, task: () => void) =>
      clock.schedule(when, () => {
        if (own === life) task();
      });
    const mortal = { now: clock.now, schedule: at };
    journal = memoryJournal(disk, () => office.fault);
    const { outbox } = journal;
    postman = createPostman({
      clock: mortal,
      journal: {
        ...journal,
        read(from) {
          readable();
          return journal.read(from);
        },
      },
      outbox: {
        ...outbox,
        loose(channel, most) {
          readable();
          return outbox.loose(channel, most);
        },
      },
      state: initialState,
      log: { write: (level, event, detail = {}) => void log.push({ level, event, detail }) },
      say: (line) => void said.push(line),
      routes: [
        {
          rules,
          notifier: {
            send(letter, answered) {
              tries.push(letter);
              const delivery = office.answer(letter);
              if (delivery?.kind === "accepted") taken.push(letter);
              if (delivery === null) return;
              mortal.schedule(millis(clock.now() + answersAfter), () => answered(delivery));
            },
            close() {},
          },
        },
      ],
    });
  };

  const office: PostOffice = {
    ...{ clock, disk, said, log, tries, taken, addressing },
    answer: () => TAKEN,
    fault: null,
    readFailure: null,
    write(facts) {
      journal.append(facts, addressing(facts));
      postman.told([]);
    },
    pass: (minutes) => void clock.runUntil(millis(clock.now() + minutes * MINUTE)),
    restart: hire,
    postman: () => postman,
    outbox: () => journal.outbox,
  };
  hire();
  return office;
}
