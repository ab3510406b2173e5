/**
 * Who plays which part: the only file that names adapters.
 *
 * Each is loaded when it is first needed and not before, so that reading a chat file costs no
 * database, and a demo no YAML.
 *
 * ```text
 * command ─► wire.journal() ─► import("../shell/sqlite/journal.ts") ─► a chunk of its own in dist
 * ```
 */

export const wire = {
  // The console, and the files beside it.
  program: () => import("../shell/console/program.ts"),
  screen: () => import("../shell/console/screen.ts"),
  log: () => import("../shell/pino/log.ts"),
  firstLines: () => import("../shell/pino/first-lines.ts"),
  dashboard: () => import("../shell/ink/dashboard.tsx"),
  dashboardText: () => import("../shell/ink/frame.ts"),
  // The host.
  clock: () => import("../shell/host/clock.ts"),
  virtualClock: () => import("../shell/host/virtual-clock.ts"),
  signals: () => import("../shell/host/signals.ts"),
  secrets: () => import("../shell/host/secrets.ts"),
  telemetry: () => import("../shell/prometheus/telemetry.ts"),
  spans: () => import("../shell/opentelemetry/spans.ts"),
  ping: () => import("../shell/host/ping.ts"),
  systemd: () => import("../shell/host/systemd.ts"),
  machine: () => import("../shell/host/machine.ts"),
  probes: () => import("../shell/host/probes.ts"),
  dataDirectory: () => import("../shell/host/data-directory.ts"),
  serviceManager: () => import("../shell/host/login-start.ts"),
  syncedFolder: () => import("../shell/host/synced-folder.ts"),
  sleepInhibitor: () => import("../shell/host/sleep-inhibitor.ts"),
  control: () => import("../shell/host/control-socket.ts"),
  // Books.
  lock: () => import("../shell/sqlite/lock.ts"),
  journal: () => import("../shell/sqlite/journal.ts"),
  verify: () => import("../shell/sqlite/verify.ts"),
  ledger: () => import("../shell/sqlite/ledger.ts"),
  history: () => import("../shell/sqlite/history.ts"),
  paperBook: () => import("../shell/sqlite/paper-book.ts"),
  database: () => import("../shell/sqlite/database.ts"),
  archive: () => import("../shell/sqlite/archive.ts"),
  restoredBooks: () => import("../shell/sqlite/restored-books.ts"),
  seal: () => import("../shell/age/seal.ts"),
  bucket: () => import("../shell/s3/bucket.ts"),
  lifeboat: () => import("../shell/files/lifeboat.ts"),
  // The venue and its prices.
  broker: () => import("../shell/paper/broker.ts"),
  liveVenue: () => import("../shell/topstepx/live-venue.ts"),
  fixedMarket: () => import("../shell/paper/fixed-market.ts"),
  tapeMarket: () => import("../shell/paper/tape-market.ts"),
  rollingMarket: () => import("../shell/paper/rolling-market.ts"),
  priceFile: () => import("../shell/files/price-file.ts"),
  tradeFile: () => import("../shell/files/trade-file.ts"),
  // The stand-in venue.
  standInVenue: () => import("../shell/topstepx-sim/venue-program.ts"),
  // Messages.
  chatFile: () => import("../shell/files/chat-file.ts"),
  stdin: () => import("../shell/files/stdin.ts"),
  demoAlerts: () => import("../shell/files/demo-alerts.ts"),
  exportFile: () => import("../shell/files/export-file.ts"),
  reportFile: () => import("../shell/files/report-file.ts"),
  newFile: () => import("../shell/files/new-file.ts"),
  records: () => import("../shell/files/record-writer.ts"),
  messagesOnce: () => import("../shell/files/messages-once.ts"),
  discord: () => import("../shell/discord/alert-source.ts"),
  discordToken: () => import("../shell/discord/token.ts"),
  discordLook: () => import("../shell/discord/look.ts"),
  webhook: () => import("../shell/http/webhook-source.ts"),
  web: () => import("../shell/http/web-server.ts"),
  webhookSenders: () => import("../shell/http/senders.ts"),
  // Ways to a person.
  smtp: () => import("../shell/smtp/notifier.ts"),
  push: () => import("../shell/push/notifier.ts"),
  painter: () => import("../shell/resvg/painter.ts"),
  bell: () => import("../shell/console/bell.ts"),
  // Configuration.
  configWatch: () => import("../shell/host/config-watch.ts"),
  configVersions: () => import("../shell/host/config-versions.ts"),
  shownKeys: () => import("../shell/yaml/shown-keys.ts"),
  configSource: () => import("../shell/yaml/config-source.ts"),
  datedFiles: () => import("../shell/yaml/dated-files.ts"),
  formatPacks: () => import("../shell/yaml/format-packs.ts"),
  formatInit: () => import("../shell/yaml/format-init.ts"),
  rulePacks: () => import("../shell/yaml/rule-packs.ts"),
  configInit: () => import("../shell/yaml/init.ts"),
} as const;
