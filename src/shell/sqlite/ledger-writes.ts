/**
 * Every way a fact can change the ledger, as one statement each. A statement that meets a row it
 * does not expect leaves it alone: the ledger shows what happened, it does not judge it.
 */

const ENDED = "('filled', 'cancelled', 'expired', 'rejected')";

export const LEDGER_WRITES = {
  openAccount: `
    INSERT INTO accounts (account, opening, opened_at) VALUES (:account, :balance, :at)
    ON CONFLICT DO NOTHING`,
  settleAccount: `
    UPDATE accounts SET settled = :balance, settled_at = :at WHERE account = :account`,

  addAlert: `
    INSERT INTO alerts
      (sequence, message, author, text, at, kind, instrument, side, entry, stop, alert, reason,
       sent_at, received_at, bid, ask, quote_age)
    VALUES
      (:sequence, :message, :author, :text, :at, :kind, :instrument, :side, :entry, :stop, :alert,
       :reason, :sentAt, :receivedAt, :bid, :ask, :quoteAge)`,
  // A message read twice (an edit) is two alerts; a decision belongs to the reading before it.
  addDecision: `
    INSERT INTO decisions (sequence, alert, account, decision, why, refusal, trade, at)
    VALUES (:sequence, (SELECT max(sequence) FROM alerts WHERE message = :message),
            :account, :decision, :why, :refusal, :trade, :at)`,

  addTrade: `
    INSERT OR REPLACE INTO trades
      (id, number, account, author, message, instrument, contract, side, size, stop, targets, risk,
       planned_at, size_letter, alerted, alert)
    VALUES
      (:trade, :number, :account, :author, :message, :instrument, :contract, :side, :size, :stop,
       :targets, :risk, :at, :sizeLetter, :alerted,
       (SELECT max(sequence) FROM alerts WHERE message = :message))`,
  sendTrade: "UPDATE trades SET sent_at = coalesce(sent_at, :sentAt) WHERE id = :trade",
  enterTrade: `
    UPDATE trades SET phase = 'entering' WHERE id = :trade AND phase IN ('planned', 'unknown')`,
  doubtTrade: `
    UPDATE trades SET phase = 'unknown' WHERE id = :trade AND phase IN ('planned', 'entering')`,
  hitTarget: `
    UPDATE trades
       SET targets_hit = max(targets_hit, :target), phase = iif(phase = 'open', 'runner', phase)
     WHERE id = :trade`,
  giveReason: "UPDATE trades SET reason = :reason WHERE id = :trade",
  addEntry: `
    UPDATE trades
       SET entry_quantity = entry_quantity + :quantity, entry_sum = entry_sum + :quantity * :price,
           fees = fees + :fees, phase = iif(phase = 'runner', phase, 'open'),
           opened_at = coalesce(opened_at, :at), filled_at = coalesce(filled_at, :filledAt)
     WHERE id = :trade`,
  addExit: `
    UPDATE trades
       SET exit_quantity = exit_quantity + :quantity, exit_sum = exit_sum + :quantity * :price,
           fees = fees + :fees,
           stop_slip = stop_slip + iif(:role = 'stop', coalesce(:quantity * iif(side = 'long', 1, -1) *
             ((SELECT price FROM orders o
                WHERE o.trade = :trade AND o.tranche = :tranche AND o.leg = 'stop') - :price), 0), 0)
     WHERE id = :trade`,
  // The scalar max and min of SQLite are null where one of theirs is.
  reachPrices: `
    UPDATE trades
       SET reach_high = max(coalesce(reach_high, :high), :high),
           reach_low = min(coalesce(reach_low, :low), :low),
           reach_by = iif(reach_by = 'bars', reach_by, coalesce(:by, reach_by)),
           unseen = coalesce(unseen, :unseen),
           unseen_for = max(coalesce(unseen_for, :lasted), coalesce(:lasted, unseen_for))
     WHERE id = :trade`,
  closeTrade: `
    UPDATE trades
       SET phase = 'closed', how = :how, gross = :gross, fees = :fees, net = :net, closed_at = :at,
           trade_date = :tradeDate
     WHERE id = :trade`,
  abandonTrade: `
    UPDATE trades
       SET phase = 'abandoned', reason = :reason, closed_at = :at, trade_date = :tradeDate
     WHERE id = :trade`,
  reopenTrade: `
    UPDATE trades
       SET phase = 'open', how = NULL, gross = NULL, net = NULL, closed_at = NULL, trade_date = NULL
     WHERE id = :trade`,

  addOrder: `
    INSERT OR REPLACE INTO orders
      (trade, tranche, leg, tag, venue_order, state, price, quantity, changed_at)
    VALUES (:trade, :tranche, :leg, :tag, NULL, :state, :price, :quantity, :at)`,
  // Of a leg the venue keeps by itself, the confirmation is the first we hear.
  confirmOrder: `
    INSERT INTO orders (trade, tranche, leg, venue_order, state, price, quantity, changed_at)
    VALUES (:trade, :tranche, :leg, :order, 'working', :price, :quantity, :at)
    ON CONFLICT DO UPDATE
       SET venue_order = :order, state = 'working', price = :price, quantity = :quantity,
           changed_at = :at`,
  // An order that has ended stays ended, and only one that was never answered can be in doubt.
  changeOrder: `
    UPDATE orders
       SET state = CASE
             WHEN state IN ${ENDED} THEN state
             WHEN :state = 'unknown' AND state NOT IN ('planned', 'sent') THEN state
             ELSE coalesce(:state, state)
           END,
           venue_order = coalesce(:order, venue_order), reason = coalesce(:reason, reason),
           changed_at = :at
     WHERE trade = :trade AND tranche = :tranche AND leg = :leg`,
  fillOrder: `
    UPDATE orders
       SET state = CASE
             WHEN state IN ${ENDED} THEN state
             WHEN filled + :quantity >= quantity THEN 'filled'
             ELSE 'working'
           END,
           filled = filled + :quantity, venue_order = :order, changed_at = :at
     WHERE trade = :trade AND tranche = :tranche AND leg = :role`,
  addFill: `
    INSERT INTO fills
      (sequence, trade, tranche, role, fill, venue_order, side, price, quantity, fees, at)
    SELECT :sequence, id, :tranche, :role, :fill, :order,
           iif((side = 'long') = (:role = 'entry'), 'buy', 'sell'), :price, :quantity, :fees, :at
      FROM trades WHERE id = :trade`,

  addEquity: `
    INSERT OR REPLACE INTO equity
      (sequence, trade, number, account, at, trade_date, gross, fees, net,
       held, quantity, is_long, to_stop, approved, instrument, author, how, size_letter,
       adverse, favourable)
    SELECT :sequence, id, number, account, closed_at, trade_date, gross, fees, net,
           closed_at - coalesce(opened_at, planned_at), entry_quantity, side = 'long',
           iif(side = 'long', 1, -1) * (entry_sum - stop * entry_quantity), risk,
           instrument, coalesce(author, ''), coalesce(how, ''), coalesce(size_letter, ''),
           iif(reach_by IS NULL OR unseen IS NOT NULL, NULL, iif(side = 'long',
               entry_sum - reach_low * entry_quantity, reach_high * entry_quantity - entry_sum)),
           iif(reach_by IS NULL OR unseen IS NOT NULL, NULL, iif(side = 'long',
               reach_high * entry_quantity - entry_sum, entry_sum - reach_low * entry_quantity))
      FROM trades WHERE id = :trade`,
  dropEquity: "DELETE FROM equity WHERE trade = :trade",
} as const;

export type LedgerWrite = keyof typeof LEDGER_WRITES;
