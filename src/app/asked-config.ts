/**
 * A new configuration, asked for: where alerts come from, at which prices, how much may be lost.
 *
 * Each answer is tried in the whole text by the checks of a start before the next is asked, and what
 * is wrong with it is said in the same words. Whatever is not asked keeps its default.
 */
import type { Context } from "./context.ts";
import { wire } from "./wire.ts";

type Init = Awaited<ReturnType<typeof wire.configInit>>;
type Answer = NonNullable<Parameters<Init["newConfigText"]>[0]>[number];

const TRIES_MAX = 5;
const LIMITS = ["rules", "default", "limits"] as const;

interface Question {
  readonly path: Answer["path"];
  readonly asks: string;
  readonly usual: string;
}

const FIGURES: readonly Question[] = [
  {
    path: ["accounts", 0, "balance"],
    asks: "Balance of the paper account, dollars",
    usual: "50000",
  },
  { path: [...LIMITS, "lossPerTrade"], asks: "The most one trade may lose, dollars", usual: "200" },
  { path: [...LIMITS, "dailyLoss"], asks: "The most one day may lose, dollars", usual: "500" },
  { path: [...LIMITS, "tradesPerDay"], asks: "Trades a day at most", usual: "10" },
];

/** Null when it was broken off. */
export async function askedConfig(context: Context): Promise<string | null> {
  const { newConfigText } = await wire.configInit();
  const { readConfig } = await wire.configSource();
  const answers: Answer[] = [];
  /** Why it cannot be taken; null when it is. */
  const taken = (answer: Answer): string | null => {
    const read = readConfig(newConfigText([...answers, answer]), "config.yaml");
    if (!read.ok) return read.error.problems[0]?.reason ?? "it cannot be read";
    answers.push(answer);
    return null;
  };
  const asking = { context, taken };
  const isAnswered =
    (await askSource(asking)) && (await askPrices(asking)) && (await askFigures(asking));
  return isAnswered ? newConfigText(answers) : null;
}

interface Asking {
  readonly context: Context;
  readonly taken: (answer: Answer) => string | null;
}

async function askSource(asking: Asking): Promise<boolean> {
  const kind = await asking.context.screen.choose(
    "Where do alerts come from?",
    [
      { value: "paste", label: "pasted by hand", hint: "more can be added later" },
      { value: "file", label: "a text file that grows" },
      { value: "discord", label: "a channel of Discord, by a bot of your own" },
    ],
    "paste",
  );
  if (kind === null) return false;
  if (kind === "paste") return true;
  if (kind === "file")
    return asked(asking, {
      ...{ path: ["sources"], asks: "Its path", usual: "./alerts.txt" },
      written: (path) => `[{ kind: chat-file, path: ${JSON.stringify(path)} }]`,
    });
  let channel = "";
  const known = await asked(asking, {
    ...{ path: ["sources"], asks: "The channel's id, 15 to 20 digits", usual: "" },
    written(id) {
      channel = id;
      return discord(id, null);
    },
  });
  if (!known) return false;
  asking.context.screen.remark("its bot's token is read from the variable DISCORD_TOKEN");
  return asked(asking, {
    ...{ path: ["sources"], asks: "The author's id, whose alerts count", usual: "" },
    written: (author) => discord(channel, author),
  });
}

/** Nobody is traded by yet: what comes over a network begins in the mode shadow. */
const discord = (id: string, author: string | null): string => {
  const authors = author === null ? "mode: shadow" : `authorIds: [${JSON.stringify(author)}]`;
  const channel = `{ id: ${JSON.stringify(id)}, ${authors} }`;
  return `[{ kind: discord, token: "env:DISCORD_TOKEN", channels: [${channel}] }]`;
};

async function askPrices({ context, taken }: Asking): Promise<boolean> {
  const kind = await context.screen.choose(
    "Which prices?",
    [
      { value: "none", label: "none yet", hint: "alerts are read and judged, nothing is filled" },
      { value: "simulated", label: "invented ones, to try things out" },
    ],
    "none",
  );
  if (kind === null) return false;
  return kind === "none" || taken({ path: ["market", "kind"], text: kind }) === null;
}

async function askFigures(asking: Asking): Promise<boolean> {
  for (const figure of FIGURES)
    if (!(await asked(asking, { ...figure, written: (typed) => typed }))) return false;
  return true;
}

/** Until it can be taken. */
async function asked(
  { context, taken }: Asking,
  { path, asks, usual, written }: Question & { readonly written: (typed: string) => string },
): Promise<boolean> {
  const question = usual === "" ? asks : `${asks} (empty: ${usual})`;
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const typed = await context.screen.ask(question);
    if (typed === null) return false;
    const reason = taken({ path, text: written(typed.trim() === "" ? usual : typed.trim()) });
    if (reason === null) return true;
    context.screen.remark(reason);
  }
  return false;
}
