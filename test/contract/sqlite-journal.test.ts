/** The journal in SQLite keeps the contract. */
import { journalFile } from "../kit/journal-file.ts";
import { journalContract } from "./journal.ts";

journalContract("in SQLite", journalFile);
