/**
 * Command lines as they stand in pages, cut into commands and words as a shell would, without one.
 *
 * ```text
 * FOO=1 npx tradestream paste "ES long" < a.txt | tail -2   # remark
 *       └─ [tradestream paste, "ES long"]        └─ [tail, -2]
 * ```
 */

/** One command: its words without quotes. */
export type Words = readonly string[];

const OPERATORS = ["&&", "||", "|", ";", "&"] as const;
const TOKEN =
  /"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|\\([\s\S])|(&&|\|\||[|;&])|([<>]{1,2}&?)|(\s+)|([^\s"'\\|;&<>]+)/g;

/** Every command of a line; a remark, redirections and variables in front are left out. */
export function commandsIn(line: string): readonly Words[] {
  const commands: string[][] = [[]];
  let word: string | null = null;
  let isTarget = false;
  const end = (): void => {
    if (word !== null && !isTarget) commands.at(-1)?.push(word);
    if (word !== null) isTarget = false;
    word = null;
  };
  for (const [whole, double, single, escaped, operator, redirect, space, plain] of line.matchAll(
    TOKEN,
  )) {
    if (space !== undefined) end();
    else if (plain?.startsWith("#") === true && word === null) break;
    else if (operator !== undefined && OPERATORS.includes(operator as "|")) {
      end();
      commands.push([]);
    } else if (redirect !== undefined) {
      if (/^\d$/.test(word ?? "")) word = null;
      end();
      isTarget = true;
    } else word = (word ?? "") + (double ?? single ?? escaped ?? plain ?? whole);
  }
  end();
  return commands
    .map((words) => words.slice(words.findIndex((one) => !/^[A-Z_]+=/.test(one))))
    .filter(({ length }) => length > 0);
}
