/**
 * Damages a configuration file the way editors, merges, hurried people and half-written disks do, by
 * dice, so that a seed repeats every one of them. Some of it is valid again: whoever asks finds out.
 */
import type { Dice } from "../../src/std/seeded.ts";

type Damage = (lines: string[], at: number, dice: Dice) => void;

const oneOf = <T>(list: readonly T[], dice: Dice): T => list[dice.below(list.length)] as T;

/** What gets written where a value belongs. */
const VALUES: readonly string[] = [
  ..."ten|-1|0|1e9|0x1F|true|null|~|[]|{}|[1, 2|{a: b|'open|\"open|*lost|&mark|!tag x|2026-13-41".split(
    "|",
  ),
  ..."8 points|150%|7 parsecs|25:99|: |- - -|%|@at|`tick`|../../etc|\u0000|\u202e|99999999999999999999".split(
    "|",
  ),
];

const DAMAGES: readonly Damage[] = [
  // Another value.
  (lines, at, dice) => {
    lines[at] = String(lines[at]).replace(/^([^:#]*:).*$/, `$1 ${oneOf(VALUES, dice)}`);
  },
  // A slip in the key.
  (lines, at, dice) => {
    const line = String(lines[at]);
    const place = dice.below(Math.max(1, line.indexOf(":")));
    lines[at] =
      `${line.slice(0, place)}${oneOf(["x", "_", "Z", ""], dice)}${line.slice(place + 1)}`;
  },
  // Indented otherwise.
  (lines, at, dice) => {
    lines[at] = oneOf([" ", "   ", "\t", "      "], dice) + String(lines[at]);
  },
  (lines, at) => {
    lines[at] = String(lines[at]).trimStart();
  },
  // Twice, gone, or swapped.
  (lines, at) => void lines.splice(at, 0, String(lines[at])),
  (lines, at) => void lines.splice(at, 1),
  (lines, at, dice) => {
    const other = dice.below(lines.length);
    const line = String(lines[at]);
    lines[at] = String(lines[other]);
    lines[other] = line;
  },
  // Cut off in the middle, as by a full disk.
  (lines, at, dice) => {
    const line = String(lines[at]);
    lines.splice(at, lines.length, line.slice(0, dice.below(line.length + 1)));
  },
  // What a merge leaves.
  (lines, at) => void lines.splice(at, 0, "<<<<<<< HEAD"),
  (lines, at) => void lines.splice(at, 0, "---"),
  // A key nobody knows.
  (lines, at, dice) => {
    const indent = /^ */.exec(String(lines[at]))?.[0] ?? "";
    lines.splice(at, 0, `${indent}${oneOf(["colour", "maxLoss", "trades_per_day"], dice)}: 3`);
  },
];

/** One to three damages, on lines that say something. */
export function damagedYaml(text: string, dice: Dice): string {
  const lines = text.split("\n");
  for (let count = 1 + dice.below(3); count > 0; count--) {
    const spoken = [...lines.keys()].filter((at) => /^\s*[^#\s]/.test(String(lines[at])));
    const at = spoken.length === 0 ? 0 : oneOf(spoken, dice);
    oneOf(DAMAGES, dice)(lines, at, dice);
  }
  return lines.join("\n");
}
