/**
 * Whether a venue said what the wire book says, apart from what every venue has of its own.
 *
 * ```text
 * book   {"orderId":3426000001,"success":true, ..}      3426000001 is declared to vary
 * venue  {"orderId":77,"success":true, ..}              fits, and 3426000001 is 77 from now on
 * ```
 */
export interface Allowance {
  /** Literals that vary. */
  readonly literals: ReadonlySet<string>;
  /** Keys whose values may differ or be absent. */
  readonly keys: ReadonlySet<string>;
  readonly rows: "all" | "some" | number;
  readonly order: "told" | "any";
}

/** What the book's literals are at this venue. */
export type Bound = ReadonlyMap<string, unknown>;

export interface Match {
  readonly bound: Bound;
  /** `orders[0].size: book 2, venue 1` */
  readonly differences: readonly string[];
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(\+00:00|Z)$/;

export function match(book: unknown, venue: unknown, allowed: Allowance, bound: Bound): Match {
  const found = new Map(bound);
  const differences: string[] = [];
  const differ = (place: string, one: unknown, other: unknown): void => {
    differences.push(`${place}: book ${JSON.stringify(one)}, venue ${JSON.stringify(other)}`);
  };

  function compare(one: unknown, other: unknown, place: string): void {
    const name = typeof one === "number" || typeof one === "string" ? String(one) : "";
    if (allowed.literals.has(name)) {
      if (typeof one !== typeof other) differ(place, one, other);
      else if (!found.has(name)) found.set(name, other);
      else if (found.get(name) !== other) differ(place, found.get(name), other);
    } else if (Array.isArray(one)) {
      if (Array.isArray(other)) compareRows(one, other, place);
      else differ(place, one, other);
    } else if (isObject(one)) {
      if (isObject(other)) compareFields(one, other, place);
      else differ(place, one, other);
    } else if (typeof one === "string" && TIME.test(one)) {
      if (typeof other !== "string" || !TIME.test(other)) differ(place, one, other);
    } else if (one !== other) differ(place, one, other);
  }

  function compareFields(one: Fields, other: Fields, place: string): void {
    for (const [key, value] of Object.entries(one)) {
      if (!allowed.keys.has(key))
        compare(value, other[key], place === "" ? key : `${place}.${key}`);
    }
  }

  function compareRows(some: readonly unknown[], others: readonly unknown[], place: string): void {
    const { rows } = allowed;
    if (rows === "all" || place === "") {
      if (some.length !== others.length) differ(`${place}.length`, some.length, others.length);
      for (const [i, one] of some.entries()) compare(one, others[i], `${place}[${i}]`);
      return;
    }
    if (typeof rows === "number" && others.length !== rows) {
      differ(`${place}.length`, rows, others.length);
    }
    const look = allowed.order === "any" ? inAnyOrder : inOrder;
    const { matches, missing } = look(some, others, (one, other) => {
      const tried = match(one, other, allowed, found);
      if (tried.differences.length > 0) return tried.differences;
      for (const [name, value] of tried.bound) found.set(name, value);
      return [];
    });
    if (missing.length === 0) return;
    differences.push(`${place}: only ${matches} of ${some.length} rows; ${missing.join("; ")}`);
  }

  compare(book, venue, "");
  return { bound: found, differences };
}

type Compare<One, Other> = (one: One, other: Other) => readonly string[];

export interface Looked {
  readonly matches: number;
  /** What was not found, and what came nearest. */
  readonly missing: readonly string[];
}

/** Each of `some` is looked for among all of `others`. */
export function inAnyOrder<One, Other>(
  some: readonly One[],
  others: readonly Other[],
  differencesOf: Compare<One, Other>,
): Looked {
  const missing = some.flatMap((one) => inOrder([one], others, differencesOf).missing);
  return { matches: some.length - missing.length, missing };
}

/** Each of `some` is looked for among `others`, after the place of the one before. */
export function inOrder<One, Other>(
  some: readonly One[],
  others: readonly Other[],
  differencesOf: Compare<One, Other>,
): Looked {
  let from = 0;
  for (const [matches, one] of some.entries()) {
    let nearest: readonly string[] | null = null;
    let place = from;
    for (; place < others.length; place += 1) {
      const differences = differencesOf(one, others[place] as Other);
      if (differences.length === 0) break;
      if (nearest === null || differences.length < nearest.length) nearest = differences;
    }
    if (place === others.length) {
      const why = nearest === null ? "nothing came" : `nearest: ${nearest.join(", ")}`;
      return { matches, missing: [`${JSON.stringify(one)}: ${why}`] };
    }
    from = place + 1;
  }
  return { matches: some.length, missing: [] };
}

/** The book's text as this venue would have it. */
export function inWordsOf(text: string, bound: Bound): string {
  let said = text;
  for (const [literal, value] of bound) said = said.replaceAll(literal, String(value));
  return said;
}

type Fields = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null;
