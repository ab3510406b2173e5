/** The outbox of the simulations keeps the contract too. */
import { memoryDisk, memoryJournal } from "../kit/memory-journal.ts";
import { outboxContract } from "./outbox.ts";

outboxContract("in memory", () => {
  const disk = memoryDisk();
  return { journal: memoryJournal(disk), reopen: () => memoryJournal(disk) };
});
