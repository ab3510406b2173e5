/** What the gateway's events say of messages; most say nothing. */
import type { Item } from "./channel-memory.ts";
import { idIn, listIn, recordIn } from "./json.ts";
import { postedIn } from "./message.ts";

export function itemsIn(type: string, data: unknown): readonly Item[] {
  const raw = recordIn(data);
  switch (type) {
    case "MESSAGE_CREATE":
    case "MESSAGE_UPDATE": {
      const posted = postedIn(data);
      const kind = type === "MESSAGE_CREATE" ? "posted" : "changed";
      return posted === null ? [] : [{ kind, posted }];
    }
    case "MESSAGE_DELETE":
    case "MESSAGE_DELETE_BULK": {
      const ids = type === "MESSAGE_DELETE" ? [raw["id"]] : listIn(raw["ids"]);
      return ids.flatMap((one) => {
        const id = idIn(one);
        return id === null ? [] : [{ kind: "gone", id } as const];
      });
    }
    default:
      return [];
  }
}
