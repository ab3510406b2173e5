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
export interface WrittenNumber {
  readonly value: number;
  readonly end: number;
}

const DIGITS_MAX = 12;

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** `at` stands on a digit, or on a point before one. */
export function numberAt(text: string, at: number, mayGroupByBlank: boolean): WrittenNumber {
  const end = plainEnd(text, at);
  if (end === at || !endsPlainly(text, at, end)) return groupedAt(text, at, mayGroupByBlank);
  const isPadded = end - at > 1 && text.charCodeAt(at) === ZERO;
  return { value: isPadded ? Number.NaN : wholeOf(text, at, end), end };
}

const ZERO = 48;
const BLANK = 32;
const COMMA = 44;
const POINT = 46;
const APOSTROPHE = 39;

function plainEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && isDigit(text.charCodeAt(end))) end += 1;
  return end - at > DIGITS_MAX ? at : end;
}

/** Nothing behind the digits can belong to them, as nearly always. */
function endsPlainly(text: string, at: number, end: number): boolean {
  if (end >= text.length) return true;
  const mark = text.charCodeAt(end);
  if (mark === BLANK) return end - at > 3;
  if (mark !== COMMA && mark !== POINT && mark !== APOSTROPHE) return true;
  return end + 1 >= text.length || !isDigit(text.charCodeAt(end + 1));
}

/** Added up digit by digit: exact, and without a copy of the text. */
function wholeOf(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 10 + text.charCodeAt(at) - ZERO;
  return value;
}

function groupedAt(text: string, at: number, mayGroupByBlank: boolean): WrittenNumber {
  const whole = wholePart(text, at, mayGroupByBlank);
  const { digits, end } = withDecimals(text, whole);
  if (isTorn(text, end)) return { value: Number.NaN, end: endOfTorn(text, end) };
  const padded = whole.digits.length > 1 && digits.startsWith("0");
  return { value: padded || digits.length > DIGITS_MAX ? Number.NaN : Number(digits), end };
}

interface Digits {
  readonly digits: string;
  readonly end: number;
}

function wholePart(text: string, at: number, mayGroupByBlank: boolean): Digits {
  let end = digitsEnd(text, at);
  let digits = text.slice(at, end);
  if (digits.length === 0 || digits.length > 3) return { digits, end };
  const mark = text.charAt(end);
  if (mark !== "," && !(mark === " " && mayGroupByBlank)) return { digits, end };
  while (text.charAt(end) === mark && digitsEnd(text, end + 1) === end + 4) {
    digits += text.slice(end + 1, end + 4);
    end += 4;
  }
  return { digits, end };
}

function withDecimals(text: string, { digits, end }: Digits): Digits {
  const mark = text.charAt(end);
  const last = digitsEnd(text, end + 1);
  const count = last - end - 1;
  const isPoint = mark === "." && count > 0;
  const isComma = mark === "," && count > 0 && count < 3 && digits.length > 3;
  if (!isPoint && !isComma) return { digits, end };
  return { digits: `${digits}.${text.slice(end + 1, last)}`, end: last };
}

/** More digits behind a second point or an apostrophe: a date, a version, a bond price in 32nds. */
const isTorn = (text: string, end: number): boolean =>
  (text.charAt(end) === "." || text.charAt(end) === "'") && isDigit(text.charCodeAt(end + 1));

function endOfTorn(text: string, from: number): number {
  let end = from;
  while (isTorn(text, end)) end = digitsEnd(text, end + 1);
  return end;
}

function digitsEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && isDigit(text.charCodeAt(end))) end += 1;
  return end;
}
