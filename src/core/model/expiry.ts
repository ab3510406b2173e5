/**
 * Which contract is meant by "ES" today, and how long does each one live?
 *
 * An alert names a product; an order needs a contract. The *front* contract is the one most people
 * trade: it takes over on its predecessor's roll date, some days before that one ends.
 *
 * ```text
 *   ... ESU26 is front ...│ roll: Mon 14 Sep        │ last trade: Fri 18 Sep
 *                         └─── ESZ26 is front ──────┴──────────────────── ...
 * ```
 *
 * Last trade dates are the exchange's rules. Roll dates are customs: index and currency futures
 * change on the Monday of expiry week; crude and gas a few days before the end; metals and
 * treasuries before the first notice day, from which a holder may be asked to take delivery.
 * A mini and its micro always roll together, so that a CL price is valid in MCL.
 * Where a venue flags its active contract, the flag wins over this calendar.
 *
 * Business days come from the holiday table; outside its years any weekday counts as one.
 */
import { invariant } from "../../std/assert.ts";
import { dayNumberOfCivil, FRIDAY, MONDAY, nthWeekday, WEDNESDAY } from "./central-time.ts";
import { CME_CALENDAR } from "./cme-calendar.ts";
import type { Calendar } from "./exchange-calendar.ts";
import { isBusinessDay } from "./holidays.ts";
import type { Group, Root } from "./instrument.ts";
import { instrumentOf } from "./instruments.ts";
import { addDays, dateOfDay, type TradeDate, weekdayOf } from "./trade-date.ts";

export interface Contract {
  readonly root: Root;
  readonly year: number;
  /** Contract month, 1 to 12. */
  readonly month: number;
  /** `MESZ26`. */
  readonly code: string;
}

type MonthRule = (year: number, month: number, calendar: Calendar) => TradeDate;

const MONTH_CODES = "FGHJKMNQUVXZ";

/** The third Friday, or the business day before it when that is a holiday. */
const thirdFriday: MonthRule = (year, month, calendar) =>
  businessDaysBefore(addDays(dateOfDay(nthWeekday(year, month, FRIDAY, 3)), 1), 1, calendar);

/** Three business days before the 25th of the month before; four when the 25th is none itself. */
const crudeEnd: MonthRule = (year, month, calendar) => {
  const cutoff = addDays(firstOf(year, month - 1), 24);
  return businessDaysBefore(cutoff, isBusinessDay(cutoff, calendar) ? 3 : 4, calendar);
};

const dayBeforeCrudeEnd: MonthRule = (year, month, calendar) =>
  businessDaysBefore(crudeEnd(year, month, calendar), 1, calendar);

const thirdLastOfMonthBefore: MonthRule = (year, month, calendar) =>
  businessDaysBefore(firstOf(year, month), 3, calendar);

const thirdLastOfMonth: MonthRule = (year, month, calendar) =>
  businessDaysBefore(firstOf(year, month + 1), 3, calendar);

/** Seven business days before the last business day of the month. */
const eighthLastOfMonth: MonthRule = (year, month, calendar) =>
  businessDaysBefore(firstOf(year, month + 1), 8, calendar);

const lastOfMonth: MonthRule = (year, month, calendar) =>
  businessDaysBefore(firstOf(year, month + 1), 1, calendar);

/** Two business days before the third Wednesday, which is the Monday unless that is a holiday. */
const currencyEnd: MonthRule = (year, month, calendar) =>
  businessDaysBefore(dateOfDay(nthWeekday(year, month, WEDNESDAY, 3)), 2, calendar);

/** Last trade dates as the contract specifications of CME, CBOT, NYMEX and COMEX have them. */
const LAST_TRADE: Readonly<Record<Root, MonthRule>> = {
  ES: thirdFriday,
  MES: thirdFriday,
  NQ: thirdFriday,
  MNQ: thirdFriday,
  YM: thirdFriday,
  MYM: thirdFriday,
  RTY: thirdFriday,
  M2K: thirdFriday,
  CL: crudeEnd,
  MCL: dayBeforeCrudeEnd,
  NG: thirdLastOfMonthBefore,
  GC: thirdLastOfMonth,
  MGC: thirdLastOfMonth,
  SI: thirdLastOfMonth,
  SIL: thirdLastOfMonth,
  ZB: eighthLastOfMonth,
  ZN: eighthLastOfMonth,
  // The short notes trade to the very end of the month.
  ZF: lastOfMonth,
  ZT: lastOfMonth,
  "6E": currencyEnd,
  M6E: currencyEnd,
};

/** Business days of margin: energy before its last trade date, the others before first notice. */
const ENERGY_MARGIN = 3;
const NOTICE_MARGIN = 2;

type RollRule = (contract: ContractMonth, family: Root, calendar: Calendar) => TradeDate;

interface ContractMonth {
  readonly year: number;
  readonly month: number;
}

const expiryMonday: RollRule = ({ year, month }, family, calendar) => {
  const last = LAST_TRADE[family](year, month, calendar);
  return addDays(last, MONDAY - weekdayOf(last));
};

const beforeLastTrade: RollRule = ({ year, month }, family, calendar) =>
  businessDaysBefore(LAST_TRADE[family](year, month, calendar), ENERGY_MARGIN, calendar);

const beforeNotice: RollRule = ({ year, month }, _, calendar) =>
  businessDaysBefore(firstNoticeDate(year, month, calendar), NOTICE_MARGIN, calendar);

const ROLL: Readonly<Record<Group, RollRule>> = {
  equity: expiryMonday,
  fx: expiryMonday,
  energy: beforeLastTrade,
  metals: beforeNotice,
  rates: beforeNotice,
};

/**
 * Months that are listed but never become the front: their volume goes to the next one. October
 * gold did a hundredth of December's in September 2026, and brokers' active flag passes it over.
 */
const PASSED_OVER: Readonly<Partial<Record<Root, string>>> = { GC: "V", MGC: "V", SIL: "F" };

/** The last date on which a contract trades. Its month must be one in which it is listed. */
export function lastTradeDate(
  root: Root,
  year: number,
  month: number,
  calendar: Calendar = CME_CALENDAR,
): TradeDate {
  mustBeListed(root, month);
  return LAST_TRADE[root](year, month, calendar);
}

/**
 * The first day on which a holder of a metal or treasury contract may be given delivery: the last
 * business day of the month before. Inferred from the exchanges' delivery calendars.
 */
export const firstNoticeDate = (
  year: number,
  month: number,
  calendar: Calendar = CME_CALENDAR,
): TradeDate => businessDaysBefore(firstOf(year, month), 1, calendar);

/** The groups whose holders are given delivery from the first notice day on. */
const DELIVERED: ReadonlySet<Group> = new Set<Group>(["metals", "rates"]);

/**
 * The first trade date on which nothing of this contract may be held any more: its last trade date,
 * or the first notice day of what is delivered, which always comes first.
 */
export function holdingEnds(contract: Contract, calendar: Calendar = CME_CALENDAR): TradeDate {
  const { root, year, month } = contract;
  return DELIVERED.has(instrumentOf(root).group)
    ? firstNoticeDate(year, month, calendar)
    : lastTradeDate(root, year, month, calendar);
}

/** The first trade date on which this contract is no longer the front of its product. */
export function rollDate(
  root: Root,
  year: number,
  month: number,
  calendar: Calendar = CME_CALENDAR,
): TradeDate {
  mustBeListed(root, month);
  const { group, family } = instrumentOf(root);
  return ROLL[group]({ year, month }, family, calendar);
}

interface Remembered {
  readonly date: TradeDate;
  readonly calendar: Calendar;
  readonly contract: Contract;
}

/** Asked for every alert and the same all day: of each product the last answer is remembered. */
const remembered = new Map<Root, Remembered>();

/** The contract an alert means when it says just "ES" on that trade date. */
export function frontContract(
  root: Root,
  date: TradeDate,
  calendar: Calendar = CME_CALENDAR,
): Contract {
  const known = remembered.get(root);
  if (known?.date === date && known.calendar === calendar) return known.contract;
  const contract = frontOn(root, date, calendar);
  remembered.set(root, { date, calendar, contract });
  return contract;
}

function frontOn(root: Root, date: TradeDate, calendar: Calendar): Contract {
  const passedOver = PASSED_OVER[root] ?? "";
  let contract = listedFrom(root, date, passedOver);
  while (rollDate(root, contract.year, contract.month, calendar) <= date) {
    contract = listedFrom(root, firstOf(contract.year, contract.month + 1), passedOver);
  }
  return contract;
}

/** The next `count` contracts still trading on that date, nearest first, quiet months included. */
export function contractsFrom(root: Root, date: TradeDate, count: number): readonly Contract[] {
  const contracts: Contract[] = [];
  let contract = listedFrom(root, date, "");
  while (contracts.length < count) {
    if (lastTradeDate(root, contract.year, contract.month) >= date) contracts.push(contract);
    contract = listedFrom(root, firstOf(contract.year, contract.month + 1), "");
  }
  return contracts;
}

/** The contract a code of ours names: `MESZ26`. Null for any other text. */
export function contractNamed(root: Root, code: string): Contract | null {
  const [, letter = "", digits = ""] =
    /^([FGHJKMNQUVXZ])(\d\d)$/.exec(code.slice(root.length)) ?? [];
  const month = MONTH_CODES.indexOf(letter) + 1;
  if (digits === "" || !code.startsWith(root) || !isListed(root, month)) return null;
  return { root, year: 2000 + Number(digits), month, code };
}

/** `MESZ26`: root, month code and two digits of the year. */
export function contractCode(root: Root, year: number, month: number): string {
  mustBeListed(root, month);
  return `${root}${monthCode(month)}${String(year % 100).padStart(2, "0")}`;
}

/** The first listed contract month that is not before the month of `date`. */
function listedFrom(root: Root, date: TradeDate, passedOver: string): Contract {
  let months = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
  while (!isActive(root, (months % 12) + 1, passedOver)) months += 1;
  const year = Math.floor(months / 12);
  const month = (months % 12) + 1;
  return { root, year, month, code: contractCode(root, year, month) };
}

const isActive = (root: Root, month: number, passedOver: string): boolean =>
  isListed(root, month) && !passedOver.includes(monthCode(month));

const isListed = (root: Root, month: number): boolean =>
  month >= 1 && month <= 12 && instrumentOf(root).months.includes(monthCode(month));

const mustBeListed = (root: Root, month: number): void =>
  invariant(isListed(root, month), `${root} has contracts in month ${month}`);

const monthCode = (month: number): string => MONTH_CODES.charAt(month - 1);

/** The `count`-th business day before `date`, whether or not `date` is one itself. */
function businessDaysBefore(date: TradeDate, count: number, calendar: Calendar): TradeDate {
  let day = date;
  for (let left = count; left > 0; ) {
    day = addDays(day, -1);
    if (isBusinessDay(day, calendar)) left -= 1;
  }
  return day;
}

/** Day one of a month; month 0 is last December, 13 next January. */
const firstOf = (year: number, month: number): TradeDate =>
  dateOfDay(dayNumberOfCivil(year, month, 1));
