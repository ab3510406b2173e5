/**
 * Takes out what is not words: mentions, custom emoji and time stamps.
 *
 * They carry seventeen-digit numbers, which must never reach the stage that looks for prices.
 * What stands in their place is a blank and a mark, so that they neither join nor split numbers
 * unseen: `63<@1234>26` is no 6326.
 */
import { ALARM, EMOJI, MENTION } from "./characters.ts";

const MENTIONS =
  /<(?:@[!&]?\d{1,25}|#\d{1,25}|id:\w{1,20}|t:-?\d{1,15}(?::[a-z])?|\/[^<>:\n]{1,60}:\d{1,25})>|@(?:everyone|here)\b/gi;
const CUSTOM_EMOJI = /<a?:(\w{1,40}):\d{1,25}>/gi;
/** `:rotating_light:`, typed where emoji do not exist. */
const EMOJI_NAMES = /:([+-]1|[a-z][a-z\d]{0,30}(?:_[a-z\d]{1,30}){0,4}):/gi;
const ALARM_NAMES = /siren|alarm|alert|rotating_light/i;
/** In `stop:6316` or `:long:` these are words of the alert, whatever the colons suggest. */
const WORDS_OF_ALERTS = /^(?:long|short|buy|sell|stop|sl|entry|target|size|[abc])$/i;
const LETTER_OR_DIGIT = /[a-z\d]/i;

export function withoutMentions(text: string): string {
  const isMarked = text.includes("<");
  const called = isMarked || text.includes("@") ? text.replace(MENTIONS, ` ${MENTION} `) : text;
  const drawn = isMarked
    ? called.replace(CUSTOM_EMOJI, (_, name: string) => emojiNamed(name))
    : called;
  return drawn.includes(":") ? drawn.replace(EMOJI_NAMES, emojiOrText) : drawn;
}

const emojiNamed = (name: string): string => ` ${ALARM_NAMES.test(name) ? ALARM : EMOJI} `;

function emojiOrText(found: string, name: string, at: number, text: string): string {
  const around = text.charAt(at - 1) + text.charAt(at + found.length);
  return LETTER_OR_DIGIT.test(around) || WORDS_OF_ALERTS.test(name) ? found : emojiNamed(name);
}
