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
export function assembled(message: Message): string | null {
  const parts = [message.text, ...message.embeds.flatMap(linesOf)];
  let length = parts.length - 1;
  for (const part of parts) length += part.length;
  return length > TEXT_LENGTH_MAX ? null : parts.join("\n");
}

function linesOf({ author, title, description, fields = [] }: Embed): readonly string[] {
  const lines = [author?.name, title, description].filter((part) => part !== undefined);
  return [...lines, ...fields.map(({ name, value }) => `${name}: ${value}`)];
}
