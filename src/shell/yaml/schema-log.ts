/** The log, key by key: where it goes, how loud its parts are, when its file is begun anew. */
import { DEFAULT_LOG } from "../../core/model/defaults.ts";
import type { LogComponent } from "../../core/model/log-components.ts";
import { block, choice, key, needed, whole } from "./fields.ts";

export const LEVELS = ["error", "warning", "info", "debug"] as const;

const level = (what: string) => needed(choice(LEVELS).optional(), what);

const WHAT: Readonly<Record<LogComponent, string>> = {
  engine: "What is decided, and everything without a name of its own.",
  sources: "Where alerts come from.",
  notify: "Messages to people.",
  venue: "The live venue: calls, hubs, logins.",
  paper: "The paper venue.",
  books: "Journal, ledger, history.",
  backups: "Copies of the books.",
  facts: "At `debug` every fact has a line.",
};

export const LOG = block({
  to: key(
    choice(["file", "stderr"]),
    DEFAULT_LOG.to,
    "`log.jsonl` in the data directory, or standard error: for journald and containers in JSON, on a " +
      "terminal for people.",
  ),
  components: key(
    block({
      engine: level(WHAT.engine),
      sources: level(WHAT.sources),
      notify: level(WHAT.notify),
      venue: level(WHAT.venue),
      paper: level(WHAT.paper),
      books: level(WHAT.books),
      backups: level(WHAT.backups),
      facts: level(WHAT.facts),
    }),
    {},
    "How much single parts of the program say; the others follow `logLevel`.",
  ),
  megabytes: key(whole(1, 1_000), DEFAULT_LOG.megabytes, "The file is begun anew at this size."),
  every: key(
    choice(["day", "hour", "size"]),
    DEFAULT_LOG.every,
    "And once a day or an hour, in UTC; `size`: by its size alone.",
  ),
  files: key(whole(1, 365), DEFAULT_LOG.files, "So many older ones are kept, pressed."),
});
