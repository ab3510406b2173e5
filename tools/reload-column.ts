/**
 * What a running house does with a change of a key, for the reference page: the classes of
 * `src/core/model/reload-classes.ts`, found by the names of the file.
 */
import { classAt } from "../src/core/model/reload-classes.ts";
import type { ConfigFile, RuleSet } from "../src/shell/yaml/schema.ts";

type Path = readonly string[];
type Placed<Key extends string> = Readonly<Record<Key, (rest: Path) => Path>>;

const settings = (key: string) => (): Path => ["settings", key];
const itself =
  (...path: Path) =>
  (): Path =>
    path;

/** Where the value of each key of the file stands in the configuration; the compiler knows them all. */
const FILE_KEYS: Placed<keyof ConfigFile> = {
  mode: itself("mode"),
  dataDirectory: itself("dataDirectory"),
  logLevel: itself("logLevel"),
  flattenOnStop: itself("flattenOnStop"),
  paste: itself("paste"),
  formats: itself("formatsDirectory"),
  rulePacks: itself("rulePacks"),
  rulePackDaysMax: itself("rulePacks"),
  backups: itself("backups"),
  health: itself("health"),
  web: itself("web"),
  confirmFor: itself("sources", "room", "approvalFor"),
  calendar: settings("calendar"),
  news: settings("news"),
  attended: settings("attended"),
  sources: (rest) => ROOM_KEYS[rest.at(-1) ?? ""] ?? ["sources"],
  market: itself("market"),
  paper: itself("paper"),
  broker: itself("broker"),
  accounts: settings("accounts"),
  groups: settings("accounts"),
  notify: itself("notify"),
  rules: ([, key = "", ...rest]) => ["settings", "ruleSets", "NAME", ...inRules(key, rest)],
};

const room = (key: string): Path => ["sources", "room", key];

const ROOM_KEYS: Readonly<Record<string, Path>> = {
  mode: room("mode"),
  format: room("format"),
  confirmFor: room("approvalFor"),
};

const LIMIT_KEYS: Readonly<Partial<Record<keyof RuleSet["limits"], string>>> = {
  dailyLossSteps: "dailyLoss",
};

function inRules(key: string, [limit = "", ...rest]: Path): Path {
  if (key === "families") return ["limits", "stopDistance"];
  if (key !== "limits") return [key];
  return ["limits", LIMIT_KEYS[limit as keyof typeof LIMIT_KEYS] ?? limit, ...rest];
}

/** Their keys have classes of their own. */
const BY_KEY: ReadonlySet<string> = new Set([
  ...["sources", "sources[].channels", "sources[].hooks", "sources[].signed"],
  ...["rules", "rules.NAME.limits"],
]);

/** `path` as the page names it: `rules.NAME.limits.tradesPerDay`, `sources[].mode`. */
export function reloadColumn(path: string): string {
  if (BY_KEY.has(path)) return "by key";
  const [top = "", ...rest] = path.replaceAll("[]", "").split(".");
  const { on, looser } = classAt(FILE_KEYS[top as keyof ConfigFile](rest));
  return looser === undefined ? on : `${on}; looser: ${looser}`;
}
