/**
 * The console of one program run: the printer, and questions where a person sits in front of it.
 *
 * The library that draws questions is loaded with the first one: most runs ask nothing.
 */
import type { Readable } from "node:stream";
import type { Choice, Screen } from "../../ports/console.ts";
import type { Output } from "./output.ts";
import { printer } from "./printer.ts";

/** A stream that may be a keyboard. */
export type Keyboard = Readable & { readonly isTTY?: boolean };

export interface ScreenOptions {
  readonly input: Keyboard;
  readonly out: Output;
  readonly err: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export function screenOn(options: ScreenOptions): Screen {
  const isInteractive = options.input.isTTY === true && options.out.isTTY === true;
  const printed = printer(options);
  /** A question has the screen for itself. */
  const alone = async <T>(question: () => Promise<T>): Promise<T | null> => {
    if (!isInteractive) return null;
    const resume = printed.bar?.suspend();
    try {
      return await question();
    } finally {
      resume?.();
    }
  };
  return {
    ...printed,
    isInteractive,
    choose: (question, choices, preset) => alone(() => choose(options, question, choices, preset)),
    ask: (question) => alone(() => ask(options, question)),
  };
}

async function choose<Value extends string>(
  { input, err }: ScreenOptions,
  question: string,
  choices: readonly Choice<Value>[],
  preset: Value,
): Promise<Value | null> {
  const { select } = await import("@clack/prompts");
  // On the stream for remarks: the answer's stream may be read by a program.
  const picked = await select<string>({
    message: question,
    options: choices.map((choice) => ({ ...choice })),
    initialValue: preset,
    input,
    output: err,
  });
  // A question broken off gives a symbol, which is none of the values.
  return choices.find(({ value }) => value === picked)?.value ?? null;
}

async function ask({ input, err }: ScreenOptions, question: string): Promise<string | null> {
  const { text } = await import("@clack/prompts");
  const typed = await text({ message: question, input, output: err });
  return typeof typed === "string" ? typed : null;
}
