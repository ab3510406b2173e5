/** What holds for every message whatsoever: no crash, no invention, and the dress does not matter. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Embed, Message } from "../../../../src/core/model/message.ts";
import { OPEN_ROOM } from "../../../../src/core/model/room.ts";
import { readMessage } from "../../../../src/core/parse/read-message.ts";
import { toCorpusResult } from "../../../../src/core/parse/record.ts";
import { allMessages, type Sample } from "../../../kit/all-messages.ts";
import { judged, tryParser } from "../../../kit/parser-trial.ts";
import { posted } from "../../../kit/posted.ts";

const anyText = (maxLength: number) =>
  fc.oneof(
    fc.string({ unit: "binary", maxLength, size: "max" }),
    fc.string({ unit: "grapheme", maxLength, size: "max" }),
    // Halves of characters: what is left when somebody cuts a text by its length.
    fc
      .array(fc.integer({ min: 0xd700, max: 0xe010 }), { maxLength: 200 })
      .map((codes) => String.fromCharCode(...codes)),
  );

const anyEmbed: fc.Arbitrary<Embed> = fc.record(
  {
    author: fc.record({ name: anyText(60) }, { requiredKeys: [] }),
    title: anyText(60),
    description: anyText(400),
    fields: fc.array(fc.record({ name: anyText(30), value: anyText(60) }), { maxLength: 4 }),
    footer: fc.record({ text: anyText(30) }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);

test("any text and any card is read without a crash", () => {
  const embeds = fc.array(anyEmbed, { maxLength: 2 });
  const event = fc.constantFrom("create", "edit", "delete" as const);
  const referenced = fc.option(anyText(200));
  fc.assert(
    fc.property(anyText(4_000), embeds, event, referenced, (text, cards, kind, other) => {
      const more = { embeds: cards, event: kind, referenced: other, previous: other };
      expect(judged(posted(text, more)).fault).toBe(null);
    }),
    { numRuns: 300 },
  );
});

test("damaged messages yield no number that is not written, and no entry out of pieces", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
      expect(tryParser(300, seed).faults).toEqual([]);
    }),
    { numRuns: 10 },
  );
});

test("a word with unseen signs or styling in it, and a stop as a distance in an edit, are written", () => {
  const previous = "ES long 6326: A\nStop: 6316\n@everyone";
  const far = posted("ES long 6326: A\n30 pt stop", { event: "edit", previous });
  const trims = ["Trim hal\u200bf and move stop to breakeven", "Trim h||alf"].map((text) =>
    posted(text),
  );
  for (const message of [...trims, far]) {
    const { parsed, fault } = judged(message);
    expect({ kind: parsed?.kind, fault }).toEqual({ kind: "update", fault: null });
  }
});

type Dress = (text: string) => string;

const ASCII = /[!-~]/g;
const LETTERS_AND_DIGITS = /[A-Za-z\d]/g;
/** Mentions, custom emoji and addresses are no text: their spelling is fixed. */
const FIXED = /<[^<>\n]*>|https?:\S*|:\w+:|@\w+/;

const fullWidth: Dress = (text) =>
  text.replace(ASCII, (sign) => String.fromCodePoint(sign.charCodeAt(0) + 0xfee0));

/** Mathematical bold: capitals, small letters and digits each begin elsewhere. */
const boldLetters: Dress = (text) =>
  text.replace(LETTERS_AND_DIGITS, (sign) => {
    const first = /\d/.test(sign) ? 0x1d7ce - 48 : /[A-Z]/.test(sign) ? 0x1d400 - 65 : 0x1d41a - 97;
    return String.fromCodePoint(first + sign.charCodeAt(0));
  });

const eachLine =
  (dress: Dress): Dress =>
  (text) =>
    text
      .split("\n")
      .map((line) => (line.trim() === "" ? line : dress(line)))
      .join("\n");

const betweenAll =
  (mark: string): Dress =>
  (text) =>
    [...text].join(mark);

const OTHER_LINES = /[\f\v\r\u0085\u2028\u2029]/;
const isPlain = (text: string): boolean => !/[*_`~|>#\\{]|^\s*(?:[-+\u2022]|\d+[.)]) /m.test(text);
const hasNoFixed = (text: string): boolean => !FIXED.test(text);
const anyOf = (): boolean => true;

/** Names, what is done to the text, and for which texts it changes nothing. */
const DRESSES: readonly (readonly [string, Dress, (text: string) => boolean])[] = [
  ["ends of lines of another system", (text) => text.replaceAll("\n", "\r\n"), anyOf],
  ["separators of lines", (text) => text.replaceAll("\n", "\u2028"), anyOf],
  ["no-break spaces", (text) => text.replaceAll(" ", "\u00a0"), anyOf],
  ["blanks around", (text) => `\n  ${text}  \n`, (text) => isPlain(text)],
  ["blanks behind each line", eachLine((line) => `${line}   `), anyOf],
  ["doubled blanks", (text) => text.replace(/(?<=[^\d\s]) (?=\S)/g, "  "), hasNoFixed],
  ["a mark of byte order", (text) => `\ufeff${text}`, anyOf],
  ["full width", fullWidth, hasNoFixed],
  ["bold letters of mathematics", boldLetters, hasNoFixed],
  ["invisible signs between all", betweenAll("\u200b"), hasNoFixed],
  ["soft hyphens between all", betweenAll("\u00ad"), hasNoFixed],
  ["capitals", (text) => text.toUpperCase(), (text) => hasNoFixed(text) && hasClearSize(text)],
  [
    "small letters",
    (text) => text.toLowerCase(),
    (text) => hasNoFixed(text) && !/B size/.test(text),
  ],
  ["bold", (text) => `**${text}**`, isPlain],
  ["bold lines", eachLine((line) => `**${line}**`), isPlain],
  ["italics", eachLine((line) => `*${line}*`), isPlain],
  ["underlined", (text) => `__${text}__`, isPlain],
  ["a spoiler", (text) => `||${text}||`, isPlain],
  ["a block of code", (text) => `\`\`\`\n${text}\n\`\`\``, (text) => !text.includes("`")],
  ["code lines", eachLine((line) => `\`${line}\``), isPlain],
  ["a quote of one's own", (text) => `>>> ${text}`, isPlain],
  [
    "quoted lines",
    eachLine((line) => `> ${line}`),
    (text) => isPlain(text) && !OTHER_LINES.test(text),
  ],
];

/** In capitals the article of "a stop" is a size, and of "Apr" an emphasis: left out. */
const hasClearSize = (text: string): boolean => !/\b[a-z]\b/.test(text);

const samples = allMessages(["dev", "wordings", "foreign"]).filter(
  ({ message }) => message.embeds.length === 0 && message.event === "create",
);

/** Everything that is done because of the message; of "none" only that it is none. */
function deedOf(message: Message): unknown {
  const parsed = readMessage(message, OPEN_ROOM);
  return parsed.kind === "none" ? "none" : toCorpusResult(parsed);
}

function changedBy(dress: Dress, among: readonly Sample[]): readonly unknown[] {
  return among.flatMap(({ name, message }) => {
    const other = { ...message, text: dress(message.text) };
    const [was, is] = [deedOf(message), deedOf(other)];
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ name, text: other.text, was, is }];
  });
}

test.each(DRESSES)("the same is read in other dress: %s", (_, dress, isFit) => {
  const among = samples.filter(({ message }) => isFit(message.text));
  expect(among.length).toBeGreaterThan(100);
  expect(changedBy(dress, among)).toEqual([]);
});
