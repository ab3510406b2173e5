/**
 * Reports of the United States around which nothing is entered.
 *
 * Made by `npx tsx tools/write-dated-tables.ts` from `config/news/us.yaml`, which says where the
 * dates were read: change that file, never this one.
 */
import type { News } from "./news.ts";
import { tradeDate } from "./trade-date.ts";
import { millis } from "./units.ts";

export const US_NEWS: News = [
  {
    name: "FOMC statement",
    source:
      "Federal Reserve Board, tentative meeting schedules announced 9 August 2024 (for 2026) and 5 September 2025 (for 2027); the statement comes at 14:00 Eastern on the second day",
    verified: tradeDate("2026-11-23"),
    validUntil: tradeDate("2027-12-31"),
    times: [
      millis(1_796_842_800_000), // 2026-12-09T19:00:00.000Z
      millis(1_801_076_400_000), // 2027-01-27T19:00:00.000Z
      millis(1_805_306_400_000), // 2027-03-17T18:00:00.000Z
      millis(1_808_935_200_000), // 2027-04-28T18:00:00.000Z
      millis(1_812_564_000_000), // 2027-06-09T18:00:00.000Z
      millis(1_816_797_600_000), // 2027-07-28T18:00:00.000Z
      millis(1_821_031_200_000), // 2027-09-15T18:00:00.000Z
      millis(1_824_660_000_000), // 2027-10-27T18:00:00.000Z
      millis(1_828_292_400_000), // 2027-12-08T19:00:00.000Z
    ],
  },
  {
    name: "FOMC news conference",
    source: "Federal Reserve Board, as above; the Chair speaks at 14:30 Eastern on the same days",
    verified: tradeDate("2026-11-23"),
    validUntil: tradeDate("2027-12-31"),
    times: [
      millis(1_796_844_600_000), // 2026-12-09T19:30:00.000Z
      millis(1_801_078_200_000), // 2027-01-27T19:30:00.000Z
      millis(1_805_308_200_000), // 2027-03-17T18:30:00.000Z
      millis(1_808_937_000_000), // 2027-04-28T18:30:00.000Z
      millis(1_812_565_800_000), // 2027-06-09T18:30:00.000Z
      millis(1_816_799_400_000), // 2027-07-28T18:30:00.000Z
      millis(1_821_033_000_000), // 2027-09-15T18:30:00.000Z
      millis(1_824_661_800_000), // 2027-10-27T18:30:00.000Z
      millis(1_828_294_200_000), // 2027-12-08T19:30:00.000Z
    ],
  },
  {
    name: "payrolls",
    source:
      "Bureau of Labor Statistics, release calendar (bls.ics) as published on 3 October 2026: Employment Situation, 08:30 Eastern. The dates of 2027 were not known to us",
    verified: tradeDate("2026-11-23"),
    validUntil: tradeDate("2026-12-31"),
    times: [
      millis(1_796_391_000_000), // 2026-12-04T13:30:00.000Z
    ],
  },
  {
    name: "CPI",
    source:
      "Bureau of Labor Statistics, release calendar (bls.ics) as published on 3 October 2026: Consumer Price Index, 08:30 Eastern. The dates of 2027 were not known to us",
    verified: tradeDate("2026-11-23"),
    validUntil: tradeDate("2026-12-31"),
    times: [
      millis(1_796_909_400_000), // 2026-12-10T13:30:00.000Z
    ],
  },
];
