/**
 * Damages messages the way people, phones and hostile strangers do, by dice, so that a seed repeats
 * every one of them.
 */
import type { Message } from "../../src/core/model/message.ts";
import type { Dice } from "../../src/std/seeded.ts";

/** What gets into messages by accident or by design. */
const NOISE = [
  ..."long short ES NQ buy sell stop SL not no if was yesterday A B C C+ BTO STC call @ : - / % x".split(
    " ",
  ),
  ..."6326 6316 63 0 1 10 pt 0DTE 9/19 662C XAUUSD GOLD TP1 half all ? ! . , ( ) > { } \" ' ` * ~~ ||".split(
    " ",
  ),
  ..."\u{1F6A8} \u2705 \u200b \u202e \u0301 \ud83d \u00a0 \n \r\n <@1> https://a.b \ufdfa".split(
    " ",
  ),
] as const;

type Damage = (text: string, dice: Dice, other: string) => string;

const oneOf = <T>(list: readonly T[], dice: Dice): T => list[dice.below(list.length)] as T;

/** Words and the blanks between them, so that joining gives the text again. */
const piecesOf = (text: string): string[] => text.split(/(\s+)/);

const onPieces =
  (change: (pieces: string[], dice: Dice, at: number, other: string) => void): Damage =>
  (text, dice, other) => {
    const pieces = piecesOf(text);
    change(pieces, dice, dice.below(pieces.length), other);
    return pieces.join("");
  };

const onLines =
  (change: (lines: string[], dice: Dice, at: number) => void): Damage =>
  (text, dice) => {
    const lines = text.split("\n");
    change(lines, dice, dice.below(lines.length));
    return lines.join("\n");
  };

const splice = (text: string, at: number, count: number, insert: string): string =>
  text.slice(0, at) + insert + text.slice(at + count);

const DAMAGES: readonly Damage[] = [
  onPieces((pieces, _, at) => void pieces.splice(at, 1)),
  onPieces((pieces, _, at) => void pieces.splice(at, 0, pieces[at] ?? "")),
  onPieces((pieces, dice, at) => void pieces.splice(at, 0, " ", oneOf(NOISE, dice), " ")),
  onPieces((pieces, dice, at, other) => {
    pieces.splice(at, 0, " ", oneOf(piecesOf(other), dice), " ");
  }),
  onPieces((pieces, dice, at) => {
    const with_ = dice.below(pieces.length);
    [pieces[at], pieces[with_]] = [pieces[with_] ?? "", pieces[at] ?? ""];
  }),
  onLines((lines, _, at) => void lines.splice(at, 1)),
  onLines((lines, _, at) => void lines.splice(at, 0, lines[at] ?? "")),
  onLines((lines) => void lines.reverse()),
  (text, dice) => splice(text, dice.below(text.length + 1), 1, ""),
  (text, dice) => splice(text, dice.below(text.length + 1), 0, oneOf(NOISE, dice)),
  (text, dice) => {
    const digits = [...text.matchAll(/\d/g)];
    const at = digits.length === 0 ? 0 : oneOf(digits, dice).index;
    return splice(text, at, 1, String(dice.below(10)));
  },
  (text, dice) => text.slice(dice.below(text.length + 1)),
  (text, dice) => text.slice(0, dice.below(text.length + 1)),
  (text, dice, other) =>
    text.slice(0, dice.below(text.length + 1)) + other.slice(dice.below(other.length + 1)),
  (text, _, other) => `${text}\n${other}`,
  (text, dice) => (dice.permille(500) ? text.toUpperCase() : text.toLowerCase()),
];

/** One to three damages to its text, or to what an embed says. */
export function damaged(message: Message, other: Message, dice: Dice): Message {
  let { text, embeds } = message;
  for (let left = 1 + dice.below(3); left > 0; left--) {
    text = oneOf(DAMAGES, dice)(text, dice, other.text);
  }
  if (embeds.length > 0 && dice.permille(500)) {
    embeds = embeds.map((one) => ({
      ...one,
      ...(one.description !== undefined && {
        description: oneOf(DAMAGES, dice)(one.description, dice, other.text),
      }),
    }));
  }
  return { ...message, text, embeds };
}

const ALPHABETS: readonly string[] = [
  " \n0123456789",
  "ESNQlongshrtbuy 6321:ABC\n",
  '{}[]":,.0123456789ticker',
  "*_`~|>#-<@!&:/\\ \n",
  "\ud83d\udea8\u200b\u202e\u0301\u00a0\u2028\u0000\uff16\u{1d7d4}\ufdfa",
];

/** A text of no meaning at all, up to 4,100 characters long. */
export function randomText(dice: Dice): string {
  const length = dice.permille(50) ? dice.below(4_100) : dice.below(120);
  const alphabet = oneOf(ALPHABETS, dice);
  const isNoise = dice.permille(500);
  let text = "";
  while (text.length < length) {
    text += isNoise ? `${oneOf(NOISE, dice)} ` : alphabet.charAt(dice.below(alphabet.length));
  }
  return text;
}
