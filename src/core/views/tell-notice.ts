/** The words for what comes, or has run out: dates, contracts, a missing sign of life. */
import { unreachable } from "../../std/assert.ts";
import type { Notice } from "../model/notice.ts";
import { millis } from "../model/units.ts";
import { showWhen } from "../model/when.ts";
import { showDuration } from "../model/wording.ts";
import { type Words, words } from "./said.ts";

export const tellNotice = (notice: Notice): Words =>
  words("house", isUrgent(notice) ? "bad" : "plain", noticeText(notice));

function isUrgent(notice: Notice): boolean {
  if (notice.kind === "calendar") return notice.days < 0;
  if (notice.kind === "gap") return notice.held.length + notice.expired.length > 0;
  return notice.kind !== "roll";
}

export function noticeText(notice: Notice): string {
  switch (notice.kind) {
    case "calendar":
      return calendarText(notice);
    case "news": {
      const { series, validUntil } = notice;
      return `the dates of ${series} are known until ${validUntil}: nothing keeps entries away from later ones; name a newer news file`;
    }
    case "roll":
      return rollText(notice);
    case "old-contract": {
      const { trade, contract, front, lastHeld } = notice;
      return `#${trade} holds ${contract}, and the front is ${front} now; it is left on ${lastHeld} at the latest`;
    }
    case "attendance-due":
      return `nobody has been heard of for long: entries stop ${showWhen(notice.until)}; say \`attend\``;
    case "attendance-over":
      return `no entries: nobody has been heard of since ${showWhen(notice.since)}; say \`attend\``;
    case "gap":
      return gapText(notice);
    default:
      return unreachable(notice);
  }
}

type Gap = Extract<Notice, { kind: "gap" }>;

/** The longest lists are cut; their length is not. */
const NAMED_MAX = 10;

function gapText(gap: Gap): string {
  const { since, until, followed, held, expired, passed } = gap;
  const heard = followed === 0 ? "no alerts were heard" : "no prices and no alerts were heard";
  const parts = [
    `nothing ran from ${showWhen(since)} to ${showWhen(until)}, ${showDuration(millis(until - since))}: the machine slept or stood still; ${heard}`,
    ...(expired.length === 0 ? [] : [`questions that ran out: ${numbers(expired, "")}`]),
    ...passed.map(passedText),
    ...(held.length === 0
      ? []
      : [
          `${numbers(held, "#")} held contracts: stops and targets rested at the venue, breakeven and trims did not happen`,
        ]),
  ];
  return parts.join("; ");
}

const passedText = ({ what, at }: Gap["passed"][number]): string =>
  what === "entries"
    ? `entries ended ${showWhen(at)}`
    : `all was to be flat from ${showWhen(at)} on, and is left now`;

function numbers(all: readonly number[], sign: string): string {
  const named = all.slice(0, NAMED_MAX).map((one) => `${sign}${one}`);
  const more = all.length - named.length;
  return `${named.join(", ")}${more === 0 ? "" : ` and ${more} more`}`;
}

function calendarText({ validUntil, days }: Extract<Notice, { kind: "calendar" }>): string {
  if (days < 0) return `holidays are known until ${validUntil} only; name a newer calendar file`;
  const left = days === 0 ? "today" : `${days} day${days === 1 ? "" : "s"}`;
  return `holidays are known until ${validUntil} (${left}); a newer calendar file is wanted by then`;
}

function rollText({ from, to, date, days }: Extract<Notice, { kind: "roll" }>): string {
  const pairs = from.map((code, index) => `${code} to ${to[index]}`).join(", ");
  if (days === 0) return `roll: from today entries go from ${pairs}`;
  return `roll: on ${date}, in ${days} day${days === 1 ? "" : "s"}, entries go from ${pairs}`;
}
