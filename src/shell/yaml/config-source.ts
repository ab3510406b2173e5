/**
 * The configuration as a YAML file: read, parsed, checked and translated, or refused with every
 * mistake in it named.
 *
 * ```text
 * bytes ──► text ──► document ──► schema ──► format packs, dates, plans ──► Config
 *   \ missing, unreadable  \ syntax   \ keys and their relations   \ names of formats
 *                     environment, command line (`layers.ts`)
 * ```
 */
import type { Config } from "../../core/model/config.ts";
import type {
  ConfigFault,
  ConfigLayers,
  ConfigSource,
  LoadedConfig,
} from "../../ports/config-source.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { configOf } from "./config-of.ts";
import { type DatedFiles, datedFiles } from "./dated-files.ts";
import { datesOf } from "./dates-of.ts";
import { type PlanReader, plansFor } from "./firm-of.ts";
import type { PackReader } from "./format-packs.ts";
import { NO_LAYERS, overlaid } from "./layers.ts";
import { faultOf } from "./problems.ts";
import { type Checked, readAs } from "./read-as.ts";
import { conflictsInRooms, type Formats } from "./room-checks.ts";
import { CONFIG_FILE, type ConfigFile } from "./schema.ts";
import { readText } from "./text-file.ts";

/** A thousand accounts take a third of it. */
const KILOBYTES_MAX = 256;

/** For files that name no directory of packs. */
const noPacks: PackReader = () => ok({});

/** For files in which no account names a plan. */
const noPlans: PlanReader = () => ok({});

/** Beside the program, as they are named. */
const asNamed = datedFiles((name) => name);

export const yamlConfigSource = (
  file: string,
  packs: PackReader = noPacks,
  dated: DatedFiles = asNamed,
  plans: PlanReader = noPlans,
  layers: ConfigLayers = NO_LAYERS,
): ConfigSource => ({
  load: () => {
    const text = readText(file, KILOBYTES_MAX);
    if (!text.ok) return text;
    const read = readWhole(text.value, file, packs, dated, plans, layers);
    return read.ok ? ok({ ...read.value, file, text: text.value }) : read;
  },
});

/** `file` only names the text in messages. */
export function readConfig(
  text: string,
  file: string,
  packs: PackReader = noPacks,
  dated: DatedFiles = asNamed,
  plans: PlanReader = noPlans,
  layers: ConfigLayers = NO_LAYERS,
): Result<Config, ConfigFault> {
  const read = readWhole(text, file, packs, dated, plans, layers);
  return read.ok ? ok(read.value.config) : read;
}

type Whole = Omit<LoadedConfig, "file" | "text">;

function readWhole(
  text: string,
  file: string,
  packs: PackReader,
  dated: DatedFiles,
  plans: PlanReader,
  layers: ConfigLayers,
): Result<Whole, ConfigFault> {
  const checked = readAs(CONFIG_FILE, text, file, (document) => overlaid(document, layers));
  if (!checked.ok) return checked;
  const loaded = formatsFor(checked.value, file, packs);
  if (!loaded.ok) return loaded;
  const { value, document } = checked.value;
  const findings = conflictsInRooms(value.sources, loaded.value).map(({ path, message }) => ({
    place: document.placeOf(path),
    path,
    reason: message,
  }));
  if (findings.length > 0) return err(faultOf("invalid", file, findings));
  const dates = datesOf(checked.value, file, dated);
  if (!dates.ok) return dates;
  const followed = plansFor(checked.value, { file, dates: dates.value }, plans);
  if (!followed.ok) return followed;
  const config = configOf(value, loaded.value, { dates: dates.value, plans: followed.value });
  return ok({ config, reads: namedIn(value) });
}

const namedIn = ({ formats, rulePacks, calendar, news }: ConfigFile): readonly string[] =>
  [formats, rulePacks, calendar, news].filter((name) => name !== null);

function formatsFor(
  { value, document }: Checked<ConfigFile>,
  file: string,
  packs: PackReader,
): Result<Formats, ConfigFault> {
  if (value.formats === null) return ok({});
  const loaded = packs(value.formats);
  if (loaded.ok || loaded.error.kind !== "missing") return loaded;
  const path = ["formats"];
  const reason = `there is no directory ${JSON.stringify(value.formats)}`;
  return err(faultOf("invalid", file, [{ place: document.placeOf(path), path, reason }]));
}
