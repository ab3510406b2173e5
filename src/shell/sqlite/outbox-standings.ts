/** How the channels stand, for whoever asks: also beside the process that writes. */
import type Database from "better-sqlite3";
import type { Standing } from "../../ports/outbox.ts";

/** A slip waits while it is in no letter, or in one that was neither taken nor given up. */
const STANDINGS = `
  WITH open_slips AS (
    SELECT slips.channel, slips.at FROM slips
    LEFT JOIN letters ON letters.channel = slips.channel AND letters.sequence = slips.letter
      AND letters.kind = 'letter'
    WHERE slips.letter IS NULL OR letters.state = 'waiting'
  ),
  names AS (SELECT channel FROM slips UNION SELECT channel FROM letters)
  SELECT
    channel,
    (SELECT count(*) FROM open_slips WHERE open_slips.channel = names.channel) AS waiting,
    (SELECT min(at) FROM open_slips WHERE open_slips.channel = names.channel) AS oldest,
    (SELECT count(*) FROM letters WHERE letters.channel = names.channel AND state = 'sent') AS sent,
    (SELECT count(*) FROM letters WHERE letters.channel = names.channel
      AND state IN ('expired', 'named')) AS expired,
    (SELECT max(sent_at) FROM letters WHERE letters.channel = names.channel) AS lastSentAt,
    (SELECT said FROM letters WHERE letters.channel = names.channel AND state = 'waiting'
      AND said IS NOT NULL ORDER BY due_at DESC LIMIT 1) AS refusal
  FROM names ORDER BY channel
`;

export const standingsIn = (database: Database.Database): readonly Standing[] =>
  database.prepare(STANDINGS).all() as Standing[];
