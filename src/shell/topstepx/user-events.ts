/**
 * What the user hub says, read into news.
 *
 * ```text
 * documented  GatewayUserOrder  {"id":1,"status":1,..}                  taken as well
 * live        GatewayUserOrder  {"action":1,"data":{"id":1,"status":1}} nulls left out
 * libraries   GatewayUserOrder  [{..}]                                  taken as well
 * ```
 *
 * The action is not believed: what happened is in the data (a size of nothing, a status). News come
 * twice and in any order; whoever keeps them tells by id, stage and volume which is the younger.
 */
import { err, ok, type Result } from "../../std/result.ts";
import { accountsTold, ordersTold, positionsTold, type Told, tradesTold } from "./schemas.ts";
import type { UserNews } from "./user-hub.ts";

type Reader = Told<UserNews>;

/** Each kind of event by its name on the wire. */
const READERS: Readonly<Record<string, Reader>> = {
  GatewayUserAccount: reader(accountsTold, (account) => ({ kind: "account", account })),
  GatewayUserOrder: reader(ordersTold, (order) => ({ kind: "order", order })),
  GatewayUserPosition: reader(positionsTold, (position) => ({ kind: "position", position })),
  GatewayUserTrade: reader(tradesTold, (trade) => ({ kind: "trade", trade })),
};

/** An error names the field at fault, never what stands in it. */
export function userNews(
  target: string,
  args: readonly unknown[],
): Result<readonly UserNews[], string> {
  const read = READERS[target];
  if (read === undefined) return err(`no event of this hub: ${target}`);
  const news = read(args);
  return news.ok ? news : err(`${target}${news.error}`);
}

function reader<T>(told: Told<T>, newsOf: (one: T) => UserNews): Reader {
  return (args) => {
    const all = told(args);
    return all.ok ? ok(all.value.map(newsOf)) : all;
  };
}
