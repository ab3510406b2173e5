/**
 * What a record holds under a name that somebody else has written.
 *
 * Every object also answers to `constructor` and `__proto__`; a name out of a configuration, a
 * message or a command line must not find those.
 */
export const ownOf = <V>(record: Readonly<Record<string, V>>, name: string): V | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
