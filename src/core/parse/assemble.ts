/**
 * One text out of a message and its embedded cards.
 *
 * Some channels post alerts only as cards, where every price sits in a field of its own:
 *
 * ```text
 * title   🚨 ES LONG            🚨 ES LONG
 * field   Entry │ 6326    ──►   Entry: 6326
 * field   Stop  │ 6316          Stop: 6316
 * footer  TWI · 09:42           (left out)
 * ```
 *
 * The footer is left out: it holds times and disclaimers, never a price or an intent.
 */
import type { Embed, Message } from "../model/message.ts";

/** Discord's own ceiling. Checked before anything looks at the text. */
export const TEXT_LENGTH_MAX = 4_000;

/** The whole text of a message; null when it is longer than anyone types an alert. */
export function assembled({ text, embeds }: Message): string | null {
  let whole = text;
  for (const embed of embeds) {
    for (const line of linesOf(embed)) whole += `\n${line}`;
    if (whole.length > TEXT_LENGTH_MAX) return null;
  }
  return whole.length > TEXT_LENGTH_MAX ? null : whole;
}

function linesOf({ author, title, description, fields = [] }: Embed): readonly string[] {
  const lines: string[] = [];
  for (const line of [author?.name, title, description]) if (line !== undefined) lines.push(line);
  for (const { name, value } of fields) lines.push(`${name}: ${value}`);
  return lines;
}
