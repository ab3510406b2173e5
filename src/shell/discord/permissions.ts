/**
 * What a bot may do in a channel, computed the way Discord does.
 *
 * ```text
 * everyone ∪ its roles ─► minus and plus what the channel says of everyone, of its roles, of itself
 * ```
 *
 * Worth knowing beforehand: without the right to read the history, Discord answers with an empty
 * list and no error. Source: Discord, "Permissions", 2026.
 */
import { bitsIn, listIn, recordIn, textIn } from "./json.ts";

const ADMINISTRATOR = 1n << 3n;

export const RIGHTS = {
  "View Channel": 1n << 10n,
  "Send Messages": 1n << 11n,
  "Read Message History": 1n << 16n,
} as const;

export type Right = keyof typeof RIGHTS;

export interface PermissionParts {
  readonly guild: string;
  readonly user: string;
  /** As Discord answers: all roles of the server, ourselves as a member, the channel. */
  readonly roles: unknown;
  readonly member: unknown;
  readonly channel: unknown;
}

export function rightsMissing(parts: PermissionParts, wanted: readonly Right[]): readonly Right[] {
  const held = permissionsOf(parts);
  return wanted.filter((right) => (held & RIGHTS[right]) === 0n);
}

function permissionsOf({ guild, user, roles, member, channel }: PermissionParts): bigint {
  const own = new Set([guild, ...listIn(recordIn(member)["roles"]).map(textIn)]);
  const base = listIn(roles)
    .map(recordIn)
    .filter((role) => own.has(textIn(role["id"])))
    .reduce((sum, role) => sum | bitsIn(role["permissions"]), 0n);
  if ((base & ADMINISTRATOR) !== 0n) return -1n;
  const overwrites = listIn(recordIn(channel)["permission_overwrites"]).map(recordIn);
  const apply = (bits: bigint, isMeant: (id: string) => boolean): bigint => {
    const meant = overwrites.filter((one) => isMeant(textIn(one["id"])));
    const denied = meant.reduce((sum, one) => sum | bitsIn(one["deny"]), 0n);
    const allowed = meant.reduce((sum, one) => sum | bitsIn(one["allow"]), 0n);
    return (bits & ~denied) | allowed;
  };
  const ofEveryone = apply(base, (id) => id === guild);
  const ofRoles = apply(ofEveryone, (id) => id !== guild && own.has(id));
  return apply(ofRoles, (id) => id === user);
}
