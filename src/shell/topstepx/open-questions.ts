/**
 * What nobody outside knows about the venue, question by question: what we take for granted until
 * somebody has looked, and what we do so that the other answer does no harm.
 *
 * Those that one smallest contract, an order far from the market or a connected hub can answer are
 * answered by a rehearsal. Of the others it is said why not. The letters are those of the list that
 * was drawn up before the client was written.
 */
import type { Check } from "../../core/model/check.ts";

export interface Question {
  readonly asks: string;
  readonly assumed: string;
  /** Why it is left open where no act of the rehearsal answers it. */
  readonly open: string;
}

const ONE = "a rehearsal trades one contract at a time";
const NOT_REACHED = "the rehearsal did not get so far";

const question = (asks: string, assumed: string, open = NOT_REACHED): Question => ({
  ...{ asks, assumed, open },
});

export const QUESTIONS = {
  cancelLeg: question("(a) one leg cancelled", "the other stays"),
  partialClose: question(
    "(b) legs after a close in part",
    "they keep their size, so they are made smaller first and read again afterwards",
    ONE,
  ),
  otherGroup: question(
    "(c) the target of one entry, and the legs of another",
    "they stay; all are read again after every fill",
    ONE,
  ),
  legSize: question("(d) the size of one leg changed", "the other keeps its size"),
  secondLogin: question("(e) a second login", "the hub stays"),
  tooManyCalls: question(
    "(f) too many calls",
    "429, and each 60 s count; so 160 calls at most, and Retry-After is kept where it is given",
    "it takes more than 200 calls in a minute, and a program beside us would be locked out",
  ),
  untagged: question("(g) legs of an entry without a tag", "they have none"),
  lookBack: question("(h) how far lists reach back", "as far as is asked for"),
  partialEntry: question(
    "(i) legs of an entry filled in part",
    "they are as large as what filled; they are read again after every fill",
    ONE,
  ),
  events: question("(j) events of the user hub", "wrapped, with any action"),
  tooLarge: question(
    "(k) more contracts than the account may hold",
    "a refusal, kept with the venue's words; never tried again",
    ONE,
  ),
  tokenEnd: question(
    "(l) a hub whose token has run out",
    "it may end; the token is renewed at half its life, and the hub connected with the new one",
    "it takes a day",
  ),
  closeLegs: question("legs after a close", "they stay at work and have to be cancelled"),
  waitingLeg: question("a leg changed before its entry fills", "its price counts once it works"),
  waitingLegs: question("an entry cancelled before it fills", "its legs go with it"),
  wrongSide: question("a stop moved through the price", "refused"),
  tagAgain: question("an order refused for its tag", "no trace of it is kept"),
  endedOrder: question("an ended order cancelled again", "refused with code 5 (UnknownError)"),
  ids: question("the ids of an entry and its legs", "they follow one another"),
  renewal: question("the token renewed", "there is a new one"),
  dayEnd: question(
    "15:10 in Chicago",
    "the venue may close what is open; its trades end then, booked from its fills",
    "it happens once a day",
  ),
  linkedOrder: question(
    "linkedOrderId of a request",
    "ignored; it is never sent",
    "it is never sent",
  ),
} as const satisfies Readonly<Record<string, Question>>;

export type QuestionName = keyof typeof QUESTIONS;

const NAMES = Object.keys(QUESTIONS) as readonly QuestionName[]; // the keys of that very record

export type Answers = Map<QuestionName, Answer>;

interface Answer {
  /** `seen`: neither confirms what is assumed nor speaks against it. */
  readonly kind: "as-assumed" | "otherwise" | "seen" | "unsettled";
  readonly says: string;
}

/** The assumption in its own words, or what was seen in its place. */
export function settled(answers: Answers, name: QuestionName, otherwise: string | null): void {
  const { assumed }: Question = QUESTIONS[name];
  answers.set(
    name,
    otherwise === null
      ? { kind: "as-assumed", says: assumed }
      : { kind: "otherwise", says: otherwise },
  );
}

export const seen = (answers: Answers, name: QuestionName, what: string): void =>
  void answers.set(name, { kind: "seen", says: what });

export const leftOpen = (answers: Answers, name: QuestionName, why: string): void =>
  void answers.set(name, { kind: "unsettled", says: why });

/** A line for each question, in the order of the list. */
export const answersTold = (answers: Answers): readonly Check[] =>
  NAMES.map((name) => {
    const { asks, assumed, open }: Question = QUESTIONS[name];
    const { kind, says } = answers.get(name) ?? { kind: "unsettled", says: open };
    const line = {
      "as-assumed": `${says}, as assumed`,
      seen: says,
      otherwise: `${says}; assumed was: ${assumed}`,
      unsettled: `not settled: ${says}; assumed meanwhile: ${assumed}`,
    }[kind];
    return { what: asks, state: "note", says: line };
  });
