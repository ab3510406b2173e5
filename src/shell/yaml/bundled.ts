/**
 * Files that come with the program: beside its bundle when it is installed, in the tree when it is not.
 *
 * ```text
 * in the bundle     dist/format-init-XYZ.js        ──► dist/config/
 * in the checkout   src/shell/yaml/format-init.ts  ──► config/, test/data/
 * ```
 */
import { existsSync } from "node:fs";
import { invariant } from "../../std/assert.ts";

/** The first of the places that is there. Relative ones count from this file and from its chunk. */
export function bundled(places: readonly string[]): URL {
  const place = places.map((one) => new URL(one, import.meta.url)).find((url) => existsSync(url));
  invariant(place !== undefined, `${places[0]} is part of the program`);
  return place;
}
