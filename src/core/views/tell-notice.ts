/** The words for what comes, or has run out: dates, contracts, a missing sign of life. */
import { unreachable } from "../../std/assert.ts";
import type { Notice } from "../model/notice.ts";
import { showWhen } from "../model/when.ts";
import { type Words, words } from "./said.ts";

export const tellNotice = (notice: Notice): Words =>
  words("house", isUrgent(notice) ? "bad" : "plain", noticeText(notice));

function isUrgent(notice: Notice): boolean {
  if (notice.kind === "calendar") return notice.days < 0;
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
    default:
      return unreachable(notice);
  }
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
