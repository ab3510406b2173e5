/**
 * Every tag an account has ever used, kept for ever, because a tag is what makes a repeated order
 * recognisable: rejected ones count, and so do those the venue gives to bracket children.
 *
 * One number per family says which of its three names are taken:
 *
 * ```text
 *   1  ts-k3...-e1-1        2  ts-k3...-e1-1-SL        4  ts-k3...-e1-1-TP
 * ```
 */
import { getIn, setIn, type Trie } from "../../std/trie.ts";

const SELF = 1;
const STOP = 2;
const TARGET = 4;

const STOP_ENDING = "-SL";
const TARGET_ENDING = "-TP";

export const stopTagOf = (tag: string): string => `${tag}${STOP_ENDING}`;
export const targetTagOf = (tag: string): string => `${tag}${TARGET_ENDING}`;

/** The tags with this one taken, and its children's if it brings a bracket; null if any is gone. */
export function claimTag(tags: Trie<number>, tag: string, bracket: boolean): Trie<number> | null {
  const family = tag.slice(0, -STOP_ENDING.length);
  if (tag.endsWith(STOP_ENDING)) return claimChild(tags, tag, family, STOP, bracket);
  if (tag.endsWith(TARGET_ENDING)) return claimChild(tags, tag, family, TARGET, bracket);
  return claim(tags, tag, bracket ? SELF | STOP | TARGET : SELF);
}

/** A name that looks like a child's belongs to that family, and may found one of its own. */
function claimChild(
  tags: Trie<number>,
  tag: string,
  family: string,
  name: number,
  bracket: boolean,
): Trie<number> | null {
  const claimed = claim(tags, family, name);
  return claimed !== null && bracket ? claim(claimed, tag, STOP | TARGET) : claimed;
}

function claim(tags: Trie<number>, family: string, names: number): Trie<number> | null {
  const taken = getIn(tags, family) ?? 0;
  return (taken & names) === 0 ? setIn(tags, family, taken | names) : null;
}
