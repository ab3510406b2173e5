/**
 * The ledger's tables. All of them are copies of what the facts say, in a file that may be deleted
 * while the program is down. A change is a new migration that drops and creates what it changes and
 * empties `progress`; the next start fills everything again.
 *
 * ```text
 * alerts ─◄ decisions ─► trades ─◄ orders      accounts      progress: how far, and the hash of
 *                               ─◄ fills                     the last fact, to recognise the
 *                               ─── equity                   journal it came from
 * ```
 *
 * No foreign keys: a strange history must still be shown, never refused.
 */
import type { Blueprint } from "./database.ts";

const TABLES = `
  CREATE TABLE progress (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    sequence INTEGER NOT NULL,
    mark     TEXT NOT NULL
  ) STRICT;

  CREATE TABLE accounts (
    account    TEXT PRIMARY KEY,
    opening    INTEGER NOT NULL,
    opened_at  INTEGER NOT NULL,
    settled    INTEGER,
    settled_at INTEGER
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE alerts (
    sequence   INTEGER PRIMARY KEY,
    message    TEXT NOT NULL,
    author     TEXT,
    text       TEXT NOT NULL,
    at         INTEGER NOT NULL,
    instrument TEXT,
    side       TEXT,
    entry      INTEGER,
    stop       INTEGER,
    alert      TEXT,
    reason     TEXT
  ) STRICT;
  CREATE INDEX alerts_by_message ON alerts (message);

  CREATE TABLE decisions (
    sequence INTEGER PRIMARY KEY,
    alert    INTEGER,
    account  TEXT,
    decision TEXT NOT NULL,
    why      TEXT,
    refusal  TEXT,
    trade    TEXT,
    at       INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX decisions_by_alert ON decisions (alert);

  CREATE TABLE trades (
    id             TEXT PRIMARY KEY,
    number         INTEGER NOT NULL,
    account        TEXT NOT NULL,
    author         TEXT,
    message        TEXT NOT NULL,
    instrument     TEXT NOT NULL,
    contract       TEXT NOT NULL,
    side           TEXT NOT NULL,
    phase          TEXT NOT NULL DEFAULT 'planned',
    size           INTEGER NOT NULL,
    stop           INTEGER NOT NULL,
    targets        TEXT NOT NULL,
    risk           INTEGER NOT NULL,
    entry_quantity INTEGER NOT NULL DEFAULT 0,
    entry_sum      INTEGER NOT NULL DEFAULT 0,
    exit_quantity  INTEGER NOT NULL DEFAULT 0,
    exit_sum       INTEGER NOT NULL DEFAULT 0,
    targets_hit    INTEGER NOT NULL DEFAULT 0,
    how            TEXT,
    reason         TEXT,
    gross          INTEGER,
    fees           INTEGER NOT NULL DEFAULT 0,
    net            INTEGER,
    planned_at     INTEGER NOT NULL,
    opened_at      INTEGER,
    closed_at      INTEGER,
    trade_date     TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX trades_by_number ON trades (number);

  CREATE TABLE orders (
    trade      TEXT NOT NULL,
    tranche    INTEGER NOT NULL,
    leg        TEXT NOT NULL,
    tag        TEXT,
    venue_order TEXT,
    state      TEXT NOT NULL,
    price      INTEGER,
    quantity   INTEGER NOT NULL,
    filled     INTEGER NOT NULL DEFAULT 0,
    reason     TEXT,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (trade, tranche, leg)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE fills (
    sequence   INTEGER PRIMARY KEY,
    trade      TEXT NOT NULL,
    tranche    INTEGER NOT NULL,
    role       TEXT NOT NULL,
    fill       TEXT NOT NULL,
    venue_order TEXT NOT NULL,
    side       TEXT NOT NULL,
    price      INTEGER NOT NULL,
    quantity   INTEGER NOT NULL,
    fees       INTEGER NOT NULL,
    at         INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX fills_by_trade ON fills (trade);

  CREATE TABLE equity (
    sequence   INTEGER PRIMARY KEY,
    trade      TEXT NOT NULL UNIQUE,
    number     INTEGER NOT NULL,
    account    TEXT NOT NULL,
    at         INTEGER NOT NULL,
    trade_date TEXT NOT NULL,
    gross      INTEGER NOT NULL,
    fees       INTEGER NOT NULL,
    net        INTEGER NOT NULL
  ) STRICT;

  CREATE VIEW alert_outcomes AS
    SELECT a.sequence, CASE
      WHEN a.alert IS NULL THEN 'ignored'
      WHEN EXISTS (SELECT 1 FROM decisions d JOIN trades t ON t.id = d.trade
                    WHERE d.alert = a.sequence AND t.entry_quantity > 0) THEN 'executed'
      WHEN EXISTS (SELECT 1 FROM decisions d JOIN trades t ON t.id = d.trade
                    WHERE d.alert = a.sequence AND t.phase <> 'abandoned') THEN 'working'
      WHEN EXISTS (SELECT 1 FROM decisions d
                    WHERE d.alert = a.sequence AND d.decision = 'planned') THEN 'missed'
      WHEN EXISTS (SELECT 1 FROM decisions d
                    WHERE d.alert = a.sequence AND d.decision = 'shadowed') THEN 'shadowed'
      WHEN EXISTS (SELECT 1 FROM decisions d WHERE d.alert = a.sequence) THEN 'refused'
      ELSE 'undecided'
    END AS outcome FROM alerts a;
`;

/** Older journals have no questions, so nothing has to be filled again. */
const QUESTIONS = `
  DROP VIEW alert_outcomes;
  CREATE VIEW alert_outcomes AS
    SELECT a.sequence, CASE
      WHEN a.alert IS NULL THEN 'ignored'
      WHEN EXISTS (SELECT 1 FROM decisions d JOIN trades t ON t.id = d.trade
                    WHERE d.alert = a.sequence AND t.entry_quantity > 0) THEN 'executed'
      WHEN EXISTS (SELECT 1 FROM decisions d JOIN trades t ON t.id = d.trade
                    WHERE d.alert = a.sequence AND t.phase <> 'abandoned') THEN 'working'
      WHEN EXISTS (SELECT 1 FROM decisions d
                    WHERE d.alert = a.sequence AND d.decision = 'planned') THEN 'missed'
      WHEN EXISTS (SELECT 1 FROM decisions d
                    WHERE d.alert = a.sequence AND d.decision = 'shadowed') THEN 'shadowed'
      ELSE coalesce((SELECT CASE d.decision
                              WHEN 'asked' THEN 'waiting'
                              WHEN 'approved' THEN 'undecided'
                              WHEN 'withdrawn' THEN 'expired'
                              ELSE d.decision
                            END
                       FROM decisions d WHERE d.alert = a.sequence
                      ORDER BY d.sequence DESC LIMIT 1), 'undecided')
    END AS outcome FROM alerts a;
`;

/** Older journals have no updates, so nothing has to be filled again. */
const UPDATES = `
  ALTER TABLE alerts ADD COLUMN kind TEXT;
  CREATE VIEW message_outcomes AS
    SELECT a.sequence, CASE a.kind
      WHEN 'update' THEN CASE
        WHEN EXISTS (SELECT 1 FROM decisions d
                      WHERE d.alert = a.sequence AND d.decision = 'applied') THEN 'applied'
        WHEN EXISTS (SELECT 1 FROM decisions d
                      WHERE d.alert = a.sequence AND d.decision = 'refused') THEN 'refused'
        ELSE 'ignored'
      END
      WHEN 'tracked' THEN 'tracked'
      WHEN 'unsure' THEN 'unsure'
      ELSE o.outcome
    END AS outcome FROM alerts a JOIN alert_outcomes o USING (sequence);
`;

/** What figures of performance are made of, beside each result: a join a trade would cost most of it. */
const FIGURES = `
  ALTER TABLE equity ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE equity ADD COLUMN quantity INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE equity ADD COLUMN is_long INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE equity ADD COLUMN to_stop INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE equity ADD COLUMN approved INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE equity ADD COLUMN instrument TEXT NOT NULL DEFAULT '';
  ALTER TABLE equity ADD COLUMN author TEXT NOT NULL DEFAULT '';
  ALTER TABLE equity ADD COLUMN how TEXT NOT NULL DEFAULT '';
  UPDATE equity SET
    held = t.closed_at - coalesce(t.opened_at, t.planned_at), quantity = t.entry_quantity,
    is_long = t.side = 'long', approved = t.risk, instrument = t.instrument,
    to_stop = iif(t.side = 'long', 1, -1) * (t.entry_sum - t.stop * t.entry_quantity),
    author = coalesce(t.author, ''), how = coalesce(t.how, '')
    FROM trades t WHERE t.id = equity.trade;
`;

/** The way of a trade from alert to close, told by facts of all ages: everything is filled again. */
const TRACKED = `
  ALTER TABLE alerts ADD COLUMN sent_at INTEGER;
  ALTER TABLE alerts ADD COLUMN received_at INTEGER;
  ALTER TABLE alerts ADD COLUMN bid INTEGER;
  ALTER TABLE alerts ADD COLUMN ask INTEGER;
  ALTER TABLE alerts ADD COLUMN quote_age INTEGER;
  ALTER TABLE trades ADD COLUMN alert INTEGER;
  ALTER TABLE trades ADD COLUMN size_letter TEXT;
  ALTER TABLE trades ADD COLUMN alerted INTEGER;
  ALTER TABLE trades ADD COLUMN sent_at INTEGER;
  ALTER TABLE trades ADD COLUMN filled_at INTEGER;
  ALTER TABLE trades ADD COLUMN stop_slip INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE trades ADD COLUMN reach_high INTEGER;
  ALTER TABLE trades ADD COLUMN reach_low INTEGER;
  ALTER TABLE trades ADD COLUMN reach_by TEXT;
  ALTER TABLE trades ADD COLUMN unseen TEXT;
  ALTER TABLE trades ADD COLUMN unseen_for INTEGER;
  ALTER TABLE equity ADD COLUMN adverse INTEGER;
  ALTER TABLE equity ADD COLUMN favourable INTEGER;
  ALTER TABLE equity ADD COLUMN size_letter TEXT NOT NULL DEFAULT '';
  DELETE FROM progress; DELETE FROM accounts; DELETE FROM alerts; DELETE FROM decisions;
  DELETE FROM trades; DELETE FROM orders; DELETE FROM fills; DELETE FROM equity;
`;

export const LEDGER: Blueprint = {
  name: "ledger",
  applicationId: 0x54536c67, // "TSlg"
  migrations: [
    { number: 1, name: "alerts, decisions, trades, orders, fills, equity", sql: TABLES },
    { number: 2, name: "questions to a person", sql: QUESTIONS },
    { number: 3, name: "updates, tracked and unsure messages", sql: UPDATES },
    { number: 4, name: "what figures of performance are made of", sql: FIGURES },
    { number: 5, name: "a trade's way from alert to close", sql: TRACKED },
  ],
  synchronous: "normal",
};

/** Emptied for a rebuild. */
export const LEDGER_TABLES = [
  "progress",
  "accounts",
  "alerts",
  "decisions",
  "trades",
  "orders",
  "fills",
  "equity",
] as const;
