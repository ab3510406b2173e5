/**
 * The short way for an alert in exactly the channel's usual shape, which most alerts have:
 *
 * ```text
 * 🚨 ES long 6326: A GAMMA ⏎ Stop: 6316 ⏎ @everyone
 * ```
 *
 * It only saves time. The long way reads these texts just the same, and a test holds both to that;
 * whatever does not fit, or does not pass the checks, goes the long way.
 */
import type { Side, SizeLetter } from "../model/alert.ts";
import type { PriceLimits } from "../model/format.ts";
import { isRoot } from "../model/instruments.ts";
import { ALARM } from "./characters.ts";
import { letterAt } from "./codes.ts";
import type { Entries } from "./outcome.ts";
import { checkedAlert } from "./validate.ts";

const LENGTH_MIN = 20;
const LENGTH_MAX = 80;
const EXACT =
  /^(?:\u{1F6A8} )?([A-Z\d]{2,3}) (long|short) ([1-9]\d{0,5}(?:\.\d{1,6})?): ([ABC])( GAMMA)?\nStop: ([1-9]\d{0,5}(?:\.\d{1,6})?)(?:\n@everyone)?$/u;

/** The one alert of an exact text; null sends the text the long way. */
export function exactAlert(text: string, limits: PriceLimits): Entries | null {
  const match = mayBeExact(text) ? EXACT.exec(text) : null;
  if (match === null) return null;
  // By number: taking an array apart by a pattern costs more than reading the alert.
  const root = String(match[1]);
  if (!isRoot(root)) return null;
  const alert = checkedAlert(
    {
      instrument: root,
      side: match[2] as Side,
      entry: Number(match[3]),
      stop: { kind: "price", value: Number(match[6]) },
      targets: [],
      size: match[4] as SizeLetter,
      tags: match[5] === undefined ? [] : ["GAMMA"],
      stopCondition: null,
    },
    limits,
  );
  return alert.ok ? { kind: "entries", entries: [alert.value], before: [], leftOut: [] } : null;
}

const ALARM_CODE = ALARM.charCodeAt(0);
const BLANK = 32;

/** A contract and a blank behind it, with an alarm sign in front or without: few texts begin so. */
function mayBeExact(text: string): boolean {
  if (text.length < LENGTH_MIN || text.length > LENGTH_MAX) return false;
  const at = letterAt(text, 0) === ALARM_CODE ? ALARM.length + 1 : 0;
  return letterAt(text, at + 2) === BLANK || letterAt(text, at + 3) === BLANK;
}
