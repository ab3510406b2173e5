/** The outbox in the journal's file keeps the contract. */
import { journalFile } from "../kit/journal-file.ts";
import { outboxContract } from "./outbox.ts";

outboxContract("in SQLite", journalFile);
