/** What the journal tells about one message: what it said, and what was decided because of it. */
import type { Fact } from "../core/model/fact.ts";
import { isoOf } from "../core/model/iso-time.ts";
import type { Message, MessageRef } from "../core/model/message.ts";
import { newNarrator } from "../core/views/narrator.ts";
import { narrate } from "../core/views/timeline.ts";
import type { GlobalOptions } from "../ports/console.ts";
import type { Context } from "./context.ts";
import { placesIn } from "./places.ts";
import type { Readable } from "./recover.ts";
import { newestDirectory } from "./setup.ts";
import { wire } from "./wire.ts";

export interface MessageStory {
  /** As far as the journal keeps it; null when no fact holds its text. */
  readonly message: Message | null;
  readonly lines: readonly string[];
}

const NOTHING: MessageStory = { message: null, lines: [] };
const LINES_MAX = 200;

export async function storyOf(
  context: Context,
  options: Pick<GlobalOptions, "config" | "data">,
  id: string,
): Promise<MessageStory> {
  const directory = await newestDirectory(context, options);
  if (!directory.ok) return NOTHING;
  const { DamagedJournal, openJournalReadOnly } = await wire.journal();
  const opened = openJournalReadOnly(placesIn(directory.value).journal);
  if (!opened.ok) return NOTHING;
  try {
    return storyIn(opened.value, id);
  } catch (failure) {
    if (!(failure instanceof DamagedJournal)) throw failure;
    context.screen.remark(`${directory.value}: ${failure.message}`);
    return NOTHING;
  } finally {
    opened.value.close();
  }
}

function storyIn(journal: Readable, id: string): MessageStory {
  const trades = new Set<number>();
  const lines: string[] = [];
  let message: Message | null = null;
  let narrator = newNarrator;
  for (const { fact } of journal.read(0)) {
    const next = narrate(narrator, fact);
    const isOurs = isAbout(fact, id);
    // An alert is told with the fact behind it, whatever that is about.
    const isHeldBack = narrator.untold !== null && isAbout(narrator.untold, id);
    narrator = next.narrator;
    message ??= isOurs ? messageIn(fact) : null;
    if (isOurs && fact.kind === "TradePlanned") trades.add(fact.number);
    for (const [index, { at, text, trade }] of next.lines.entries()) {
      const isAlert = isHeldBack && index === 0;
      const isTold = isOurs || isAlert || (trade !== null && trades.has(trade));
      if (isTold && lines.length < LINES_MAX) lines.push(`${isoOf(at)}  ${text}`);
    }
  }
  return { message, lines };
}

/** The second alert of a message is known as `ID#2`. */
const isAbout = (fact: Fact, id: string): boolean => {
  const ref = refIn(fact);
  return ref !== null && (ref.id === id || ref.id.startsWith(`${id}#`));
};

const refIn = (fact: Fact): MessageRef | null => ("message" in fact ? fact.message : null);

function messageIn(fact: Fact): Message | null {
  const ref = refIn(fact);
  if (ref === null || !("text" in fact)) return null;
  return {
    ...{ source: ref.source, channel: ref.channel, id: ref.id },
    author: fact.author,
    text: fact.text,
    ...{ embeds: [], referenced: null, event: "create", previous: null },
    sentAt: "sentAt" in fact ? fact.sentAt : fact.at,
  };
}
