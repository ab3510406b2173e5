/**
 * The dates a configuration goes by: the program's own, or those of the files it names.
 *
 * ```text
 * calendar: built-in ─► nothing in the settings, the program's own table counts
 * calendar: FILE ─────► the table of that file is part of the settings, and of the journal
 * ```
 */
import type { Settings } from "../../core/model/rules.ts";
import type { Millis } from "../../core/model/units.ts";
import type { ConfigFault } from "../../ports/config-source.ts";
import { err, ok, type Result } from "../../std/result.ts";
import type { DatedFiles } from "./dated-files.ts";
import { faultOf } from "./problems.ts";
import type { Checked } from "./read-as.ts";
import type { ConfigFile } from "./schema.ts";

export type Dates = Pick<Settings, "calendar" | "news" | "attended">;

type Wanted = Pick<ConfigFile, "calendar" | "news" | "attended" | "mode">;

export function datesOf(
  { value, document }: Checked<Wanted>,
  file: string,
  files: DatedFiles,
): Result<Dates, ConfigFault> {
  const missing = (key: "calendar" | "news", name: string) => {
    const reason = `there is no file ${JSON.stringify(name)}`;
    return err(faultOf("invalid", file, [{ place: document.placeOf([key]), path: [key], reason }]));
  };
  const { calendar, news } = value;
  const days = calendar === null ? null : files.calendar(calendar);
  if (calendar !== null && days?.ok === false)
    return days.error.kind === "missing" ? missing("calendar", calendar) : days;
  const reports = news === null ? null : news === "none" ? ok([]) : files.news(news);
  if (news !== null && reports?.ok === false)
    return reports.error.kind === "missing" ? missing("news", news) : reports;
  const attended = attendedIn(value);
  return ok({
    ...(days?.ok === true && { calendar: days.value }),
    ...(reports?.ok === true && { news: reports.value }),
    ...(attended !== null && { attended }),
  });
}

/** Somebody has to be near where money is real, unless the file says otherwise. */
function attendedIn({ attended, mode }: Wanted): Millis | null {
  if (attended === "usual") return mode === "paper" ? null : ATTENDED_LIVE;
  return attended === "off" ? null : attended;
}

const ATTENDED_LIVE = (4 * 3_600_000) as Millis;
