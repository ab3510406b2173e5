/**
 * Reads one written number, however its author groups digits.
 *
 * ```text
 * 6326   6326.25   6,326   6 326   22,840.25   6051,25   .85        a number
 * 6326.25.50   6326'16   06326   1234567890123456                   digits, but no number: NaN
 * ```
 *
 * A comma or blank groups thousands only before exactly three digits and behind one to three. A
 * comma is a decimal point only behind four digits or more and before one or two.
 */
import { type Codes, codeAt } from "./codes.ts";

export interface WrittenNumber {
  readonly value: number;
  readonly end: number;
}

const DIGITS_MAX = 12;

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** `at` stands on a digit, or on a point before one; `codes` are those of the text. */
export function numberAt(
  text: string,
  codes: Codes,
  at: number,
  mayGroupByBlank: boolean,
): WrittenNumber {
  const end = digitsEnd(codes, at);
  if (end === at || end - at > DIGITS_MAX) return groupedAt(text, codes, at, mayGroupByBlank);
  if (codeAt(codes, end) === POINT && isDigit(codeAt(codes, end + 1))) {
    return decimalAt(codes, at, end) ?? groupedAt(text, codes, at, mayGroupByBlank);
  }
  if (!endsPlainly(codes, at, end)) return groupedAt(text, codes, at, mayGroupByBlank);
  const isPadded = end - at > 1 && codeAt(codes, at) === ZERO;
  return { value: isPadded ? Number.NaN : wholeOf(codes, at, end), end };
}

const ZERO = 48;
const BLANK = 32;
const COMMA = 44;
const POINT = 46;
const APOSTROPHE = 39;

/** Nothing behind the digits can belong to them, as nearly always. */
function endsPlainly(codes: Codes, at: number, end: number): boolean {
  const mark = codeAt(codes, end);
  if (mark === BLANK) return end - at > 3;
  if (mark !== COMMA && mark !== POINT && mark !== APOSTROPHE) return true;
  return !isDigit(codeAt(codes, end + 1));
}

/** Added up digit by digit: exact, and without a copy of the text. */
function wholeOf(codes: Codes, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 10 + codeAt(codes, at) - ZERO;
  return value;
}

function groupedAt(
  text: string,
  codes: Codes,
  at: number,
  mayGroupByBlank: boolean,
): WrittenNumber {
  const whole = wholePart(text, codes, at, mayGroupByBlank);
  const { digits, end } = withDecimals(text, codes, whole);
  if (isTorn(codes, end)) return { value: Number.NaN, end: endOfTorn(codes, end) };
  const padded = whole.digits.length > 1 && digits.startsWith("0");
  return { value: padded || digits.length > DIGITS_MAX ? Number.NaN : Number(digits), end };
}

/**
 * `6326.25`: digits, a point, digits. Two whole numbers below 2^53 and one division: rounded once,
 * as the runtime itself does it.
 */
function decimalAt(codes: Codes, at: number, point: number): WrittenNumber | null {
  const end = digitsEnd(codes, point + 1);
  const isPadded = point - at > 1 && codeAt(codes, at) === ZERO;
  if (isPadded || end - at > DIGITS_MAX || isTorn(codes, end)) return null;
  const decimals = end - point - 1;
  const whole = wholeOf(codes, at, point) * 10 ** decimals + wholeOf(codes, point + 1, end);
  return { value: whole / 10 ** decimals, end };
}

interface Digits {
  readonly digits: string;
  readonly end: number;
}

function wholePart(text: string, codes: Codes, at: number, mayGroupByBlank: boolean): Digits {
  let end = digitsEnd(codes, at);
  let digits = text.slice(at, end);
  if (digits.length === 0 || digits.length > 3) return { digits, end };
  const mark = codeAt(codes, end);
  if (mark !== COMMA && !(mark === BLANK && mayGroupByBlank)) return { digits, end };
  while (codeAt(codes, end) === mark && digitsEnd(codes, end + 1) === end + 4) {
    digits += text.slice(end + 1, end + 4);
    end += 4;
  }
  return { digits, end };
}

function withDecimals(text: string, codes: Codes, { digits, end }: Digits): Digits {
  const mark = codeAt(codes, end);
  const last = digitsEnd(codes, end + 1);
  const count = last - end - 1;
  const isPoint = mark === POINT && count > 0;
  const isComma = mark === COMMA && count > 0 && count < 3 && digits.length > 3;
  if (!isPoint && !isComma) return { digits, end };
  return { digits: `${digits}.${text.slice(end + 1, last)}`, end: last };
}

/** More digits behind a second point or an apostrophe: a date, a version, a bond price in 32nds. */
function isTorn(codes: Codes, end: number): boolean {
  const mark = codeAt(codes, end);
  return (mark === POINT || mark === APOSTROPHE) && isDigit(codeAt(codes, end + 1));
}

function endOfTorn(codes: Codes, from: number): number {
  let end = from;
  while (isTorn(codes, end)) end = digitsEnd(codes, end + 1);
  return end;
}

function digitsEnd(codes: Codes, from: number): number {
  let end = from;
  while (isDigit(codeAt(codes, end))) end += 1;
  return end;
}
