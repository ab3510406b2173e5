/**
 * Writes the two tables of dates the program ships, src/core/model/cme-calendar.ts and us-news.ts,
 * from config/calendar/cme.yaml and config/news/us.yaml. Run it after changing one of them:
 * `npx tsx tools/write-dated-tables.ts`. A test compares the tables with the files.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { calendarTable, newsTable } from "./dated-tables.ts";

const home = new URL("../", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, home), "utf8");
const write = (name: string, text: string): void => writeFileSync(new URL(name, home), text);

write("src/core/model/cme-calendar.ts", calendarTable(read("config/calendar/cme.yaml")));
write("src/core/model/us-news.ts", newsTable(read("config/news/us.yaml")));
