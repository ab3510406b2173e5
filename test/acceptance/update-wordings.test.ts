/**
 * Ways to say an update, and texts that only sound like one: a line each of
 * `test/data/alerts/updates.jsonl` and `no-updates.jsonl`. "reply" answers an alert on ES.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { reading } from "../kit/posted.ts";

interface Wording {
  readonly text: string;
  readonly reply?: true;
}

const ALERT = { referenced: "🚨 ES long 6326: A\nStop: 6316\n@everyone" };

function lines<T>(name: string): readonly T[] {
  const file = new URL(`../data/alerts/${name}.jsonl`, import.meta.url);
  const texts = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return texts.map((line) => JSON.parse(line) as T);
}

const readingOf = ({ text, reply }: Wording): string => reading(text, reply ? ALERT : {});

test("every wording of an update is read as what it says", () => {
  const wordings = lines<Wording & { reads: string }>("updates");
  expect(wordings.length).toBeGreaterThanOrEqual(600);
  const wrong = wordings.flatMap((one) => {
    const got = readingOf(one);
    return got === one.reads ? [] : [{ text: one.text, reads: one.reads, got }];
  });
  expect(wrong).toEqual([]);
});

test("no text that only sounds like an update moves anything", () => {
  const talk = lines<Wording>("no-updates");
  expect(talk.length).toBeGreaterThanOrEqual(440);
  const taken = talk.filter((one) => !readingOf(one).startsWith("none: "));
  expect(taken.map((one) => ({ ...one, got: readingOf(one) }))).toEqual([]);
});
