/**
 * A format pack, key by key: what the words of one room stand for, and which prices are sane there.
 *
 * A pack is data and nothing else. It holds no patterns, adds no grammar and loosens no check; so a
 * pack from a stranger can cost alerts that are not understood, and cannot make one up.
 */
import * as z from "zod";
import { PLAIN_FORMAT } from "../../core/model/format.ts";
import type { Root } from "../../core/model/instrument.ts";
import { INSTRUMENTS } from "../../core/model/instruments.ts";
import { block, choice, key, label, list, needed, text, written } from "./fields.ts";
import { points, span } from "./notation.ts";
import { NUMERIC_ID } from "./schema-sources.ts";

const AUTHORS_MAX = 100;
const WORDS_MAX = 300;

const ROOTS: readonly Root[] = Object.values(INSTRUMENTS).map((one) => one.root);
const FAMILIES: readonly Root[] = Object.values(INSTRUMENTS)
  .filter((one) => one.root === one.family)
  .map((one) => one.root);

const AUTHORS = block({
  ids: key(
    list(NUMERIC_ID, 0, AUTHORS_MAX, "author ids"),
    [],
    "Numeric ids, the only thing that counts where a message comes with one, as on Discord.",
  ),
  names: key(
    list(text("an author's name"), 0, AUTHORS_MAX, "names"),
    [],
    "Whole names, without regard to case, for sources that know no ids.",
  ),
});

/** Letters with apostrophes between them, as one word of a message is read. */
const OWN_WORD = label(
  /^[\p{Ll}\p{Lo}\p{Lm}]+(?:'[\p{Ll}\p{Lo}\p{Lm}]+){0,3}$/u,
  "one word in small letters, as the room writes it",
);

const COMMON_WORD = label(/^[a-z][a-z0-9']{0,31}$/, "a word of the common grammar, such as long");

const table = <Kind extends z.ZodType>(kind: Kind, what: string) =>
  z
    .record(OWN_WORD, kind, {
      error: ({ code }) =>
        code === "invalid_key"
          ? "an own word is one word in small letters, without digits or signs"
          : `expected a block of ${what}, each behind the room's own word`,
    })
    .refine(
      (rows) => Object.keys(rows).length <= WORDS_MAX,
      `more than ${WORDS_MAX} words in one table`,
    );

const PRICES = block({
  range: needed(written(span), "Smallest and largest honest price, points."),
  stopMax: needed(written(points), "Farthest honest stop from the entry."),
});

export const FORMAT_FILE = block({
  authors: needed(
    AUTHORS.optional(),
    "Whose alerts count, where the channel does not say so itself. Left out: that is left to it.",
  ),
  words: key(
    table(COMMON_WORD, "words"),
    {},
    "The room's own words, and the word of the common grammar each of them stands for.",
  ),
  symbols: key(
    table(choice(ROOTS), "contracts"),
    {},
    "The room's own names of contracts, and the contract each of them means.",
  ),
  sizes: key(
    table(choice(["A", "B", "C"]), "size letters"),
    {},
    "The room's own words for a size, and the letter each of them means.",
  ),
  sizeUnstated: key(
    choice(["unsure", "accepted"]),
    PLAIN_FORMAT.sizeUnstated,
    "What an alert in the channel's own shape is that has no size letter.",
  ),
  prices: key(
    block(
      Object.fromEntries(
        FAMILIES.map((family) => [
          family,
          needed(PRICES.optional(), `Sane prices of ${family}, in place of the built-in ones.`),
        ]),
      ) as Record<Root, z.ZodOptional<typeof PRICES>>,
    ),
    {},
    "Prices no honest alert can hold are outside of these.",
  ),
});

export type FormatFile = z.output<typeof FORMAT_FILE>;
