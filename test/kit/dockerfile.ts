/** A Dockerfile as stages of instructions: only as much of the language as our own file uses. */

export interface Instruction {
  readonly word: string;
  readonly rest: string;
}

export interface Stage {
  readonly image: string;
  readonly name: string | null;
  readonly instructions: readonly Instruction[];
}

export interface Dockerfile {
  /** What can be given from outside, with its default. */
  readonly args: ReadonlyMap<string, string>;
  readonly stages: readonly Stage[];
}

const instructionsIn = (text: string): readonly Instruction[] =>
  text
    .replace(/^\s*#.*\n/gm, "")
    .replace(/\\\n/g, " ")
    .split("\n")
    .map((line) => /^([A-Z]+)\s+(.*)$/.exec(line.trim()))
    .filter((found) => found !== null)
    .map(([, word = "", rest = ""]) => ({ word, rest: rest.replace(/\s+/g, " ") }));

export function readDockerfile(text: string): Dockerfile {
  const args = new Map<string, string>();
  const stages: { image: string; name: string | null; instructions: Instruction[] }[] = [];
  for (const one of instructionsIn(text)) {
    const stage = stages.at(-1);
    if (one.word === "FROM") {
      const [, image = "", name = null] = /^(\S+)(?: AS (\S+))?$/.exec(one.rest) ?? [];
      const filled = image.replace(/\$\{(\w+)\}/g, (_, arg: string) => args.get(arg) ?? "");
      stages.push({ image: filled, name, instructions: [] });
    } else if (stage !== undefined) stage.instructions.push(one);
    else if (one.word === "ARG") {
      const [name = "", value = ""] = one.rest.split("=");
      args.set(name, value);
    }
  }
  return { args, stages };
}

export const restOf = ({ instructions }: Stage, word: string): readonly string[] =>
  instructions.filter((one) => one.word === word).map(({ rest }) => rest);
