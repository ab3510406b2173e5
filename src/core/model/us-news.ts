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
    event: "fomc",
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
    event: "fomc",
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
    name: "FOMC minutes",
    event: "fomc-minutes",
    source:
      "Federal Reserve Board, press release of 24 June 2011: ordinarily three weeks after the day of the decision, at 14:00 Eastern. Counted from the meetings above; the Board can move one by a day",
    verified: tradeDate("2026-11-23"),
    validUntil: tradeDate("2027-12-31"),
    times: [
      millis(1_798_657_200_000), // 2026-12-30T19:00:00.000Z
      millis(1_802_890_800_000), // 2027-02-17T19:00:00.000Z
      millis(1_807_120_800_000), // 2027-04-07T18:00:00.000Z
      millis(1_810_749_600_000), // 2027-05-19T18:00:00.000Z
      millis(1_814_378_400_000), // 2027-06-30T18:00:00.000Z
      millis(1_818_612_000_000), // 2027-08-18T18:00:00.000Z
      millis(1_822_845_600_000), // 2027-10-06T18:00:00.000Z
      millis(1_826_478_000_000), // 2027-11-17T19:00:00.000Z
      millis(1_830_106_800_000), // 2027-12-29T19:00:00.000Z
    ],
  },
  {
    name: "payrolls",
    event: "payrolls",
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
    event: "cpi",
    source:
      "Bureau of Labor Statistics, release calendar (bls.ics) as published on 3 October 2026: Consumer Price Index, 08:30 Eastern. The dates of 2027 were not known to us",
    verified: tradeDate("2026-11-23"),
    validUntil: tradeDate("2026-12-31"),
    times: [
      millis(1_796_909_400_000), // 2026-12-10T13:30:00.000Z
    ],
  },
];
