/** The labelled messages that come with the program: what a grammar of alerts must be able to read. */
import { Readable } from "node:stream";
import type { Authors } from "../core/model/format.ts";
import { millis } from "../core/model/units.ts";
import { invariant } from "../std/assert.ts";
import type { Label, Trial } from "./format-trial.ts";
import { wire } from "./wire.ts";

/** Whose alerts count in them. Whom a format hears is not what they are for. */
export const LABELLED_AUTHORS: Authors = {
  ids: [],
  names: ["JMoney", "twi_jmoney", "Twinsight Bot #7577"],
};

export async function labelledTrials(): Promise<readonly Trial[]> {
  const { corpusText } = await wire.formatInit();
  const { messagesOnce } = await wire.messagesOnce();
  const text = corpusText();
  const labels = labelsIn(text);
  const trials: Trial[] = [];
  const input = Readable.from([text]);
  for await (const read of messagesOnce({ path: null, input, now: () => millis(0) })) {
    invariant(read.kind === "message", "the labelled messages are part of the program");
    const { message } = read;
    const label = labels.get(message.id);
    trials.push({ message, authors: LABELLED_AUTHORS, ...(label === undefined ? {} : { label }) });
  }
  return trials;
}

/** Each line names its message and what it should be read as. */
function labelsIn(text: string): ReadonlyMap<string, Label> {
  const rows = text.split("\n").filter(Boolean);
  return new Map(
    rows.map((row) => {
      const { id, expect }: { readonly id: string; readonly expect: Label } = JSON.parse(row);
      return [id, expect];
    }),
  );
}
