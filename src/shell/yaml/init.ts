/**
 * The text of a new configuration: the example, which says everything and changes nothing.
 *
 * ```text
 * in the bundle     dist/config-source-XYZ.js   ──► dist/config/tradestream.example.yaml
 * in the checkout   src/shell/yaml/init.ts      ──► config/tradestream.example.yaml
 * ```
 */
import { existsSync, readFileSync } from "node:fs";
import { invariant } from "../../std/assert.ts";

const EXAMPLE = "config/tradestream.example.yaml";

export function newConfigText(): string {
  const places = [`./${EXAMPLE}`, `../../../${EXAMPLE}`];
  const place = places.map((one) => new URL(one, import.meta.url)).find((url) => existsSync(url));
  invariant(place !== undefined, "the example configuration is part of the program");
  // The first line leads editors to the schema beside the example; a copy has none beside it.
  return readFileSync(place, "utf8").replace(/^# yaml-language-server:.*\n/, "");
}
