/**
 * What waits to be decided: the kill switch, then news about money at risk, messages behind it.
 *
 * Answers, alarms, prices and commands are never turned away, for each is the consequence of
 * something we asked for; messages come from strangers and have a wall.
 */
import type { Step } from "../core/engine.ts";
import type { Input } from "../core/model/input.ts";
import { boundedQueue, type Queue } from "../std/bounded.ts";

type WithoutStamp<T> = T extends Input ? Omit<T, "at" | "quotes"> : never;
/** An input before the loop stamps it with the time and the market. */
export type News = WithoutStamp<Input>;

/** Messages, and a person's yes to one: what may open a trade waits while the disk refuses. */
export const mayEnter = (news: News): boolean =>
  news.kind === "message" ||
  news.kind === "fan-out" ||
  (news.kind === "command" && news.command.kind === "approve");

/** A person wants out, or nothing more to begin: nothing stands before it. */
const isKill = (news: News): boolean =>
  news.kind === "command" && (news.command.kind === "flatten" || news.command.kind === "halt");

/** Said before a halt, it would undo it if it came after; and before a start there is nothing to halt. */
const holdsUpKill = (news: News): boolean =>
  news.kind === "start" || (news.kind === "command" && news.command.kind === "resume");

/** Told what became of one piece of news, after its facts are safe. */
export type StepHearing = (step: Step) => void;

export interface Letter {
  readonly news: News;
  readonly hearing: StepHearing | null;
}

export interface Inbox {
  /** False when there was no room. */
  offer(letter: Letter): boolean;
  /** In front of everything else of its kind, in this order. */
  putBack(letters: readonly Letter[]): void;
  /** The next kill switch; it passes by all that waits but a start and a resume. */
  takeKill(): Letter | undefined;
  /** The next one of the others; messages only if asked for. */
  take(withMessages: boolean): Letter | undefined;
  has(withMessages: boolean): boolean;
}

/** Messages waiting to be decided; more than this is a flood, not a chat. */
const MESSAGES_MAX = 5_000;

export function createInbox(): Inbox {
  const kills: Queue<Letter> = boundedQueue(Number.MAX_SAFE_INTEGER);
  const urgent: Queue<Letter> = boundedQueue(Number.MAX_SAFE_INTEGER);
  const messages: Queue<Letter> = boundedQueue(MESSAGES_MAX);
  let before = 0;
  const queueFor = ({ news }: Letter): Queue<Letter> => {
    if (isKill(news)) return kills;
    return mayEnter(news) ? messages : urgent;
  };
  return {
    offer(letter) {
      if (holdsUpKill(letter.news)) before += 1;
      return queueFor(letter).offer(letter);
    },
    putBack(letters) {
      for (const letter of letters.toReversed()) {
        if (holdsUpKill(letter.news)) before += 1;
        queueFor(letter).putFirst(letter);
      }
    },
    takeKill: () => (before > 0 ? undefined : kills.take()),
    take(withMessages) {
      const letter = urgent.take() ?? (withMessages ? messages.take() : undefined);
      if (letter !== undefined && holdsUpKill(letter.news)) before -= 1;
      return letter;
    },
    has: (withMessages) =>
      kills.size() + urgent.size() > 0 || (withMessages && messages.size() > 0),
  };
}
