import type { Database } from "@creneau/db/database";
import { consumeBatch, registerConsumers } from "@creneau/db/events/consume-batch";
import { readConsumerStates } from "@creneau/db/events/parked-events";
import { reactions } from "./reactions.ts";

/** Reacts to all that has happened, as a worker does by itself a moment later. The jobs then wait in the queue. */
export async function reactToAll(database: Database): Promise<void> {
  await registerConsumers(database, reactions);
  // Events become readable once no transaction of the server, whoever's, could still commit before them.
  for (let isBehind = true; isBehind; ) {
    for (const consumer of reactions) {
      const { failures } = await consumeBatch(database, { consumer, maxRows: 1000 });
      if (failures[0]) throw failures[0].error;
    }
    isBehind = (await readConsumerStates(database)).some(({ lagSeconds }) => lagSeconds > 0);
  }
}
