/**
 * The text of a new configuration: the example that comes with the program, in which every key stands
 * with its default and its comment, and a few answers in their places.
 *
 * ```text
 * in the bundle     dist/init-XYZ.js            ──► dist/config/tradestream.example.yaml
 * in the checkout   src/shell/yaml/init.ts      ──► config/tradestream.example.yaml
 * ```
 */
import { existsSync, readFileSync } from "node:fs";
import { isNode, parseDocument } from "yaml";
import { invariant } from "../../std/assert.ts";

const EXAMPLE = "config/tradestream.example.yaml";

/** What stands there instead of a default, as it is written in the file. */
export interface Answer {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

export function newConfigText(answers: readonly Answer[] = []): string {
  const places = [`./${EXAMPLE}`, `../../../${EXAMPLE}`];
  const place = places.map((one) => new URL(one, import.meta.url)).find((url) => existsSync(url));
  invariant(place !== undefined, "the example configuration is part of the program");
  // The first line leads editors to the schema beside the example; a copy has none beside it.
  const text = readFileSync(place, "utf8").replace(/^# yaml-language-server:.*\n/, "");
  return answers.reduce(answered, text);
}

/** Comments and columns stay: the value alone is exchanged. */
function answered(text: string, { path, text: value }: Answer): string {
  const node = parseDocument(text).getIn(path, true);
  const range = isNode(node) ? node.range : null;
  invariant(range != null, "every key that is asked for stands in the example");
  const [from, until] = range;
  return text.slice(0, from) + value + text.slice(until);
}
