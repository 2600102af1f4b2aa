import { randomUUID } from "node:crypto";
import { type Database, openDatabase } from "@creneau/db/database";
import { inTenantSql } from "@creneau/db/in-tenant";
import { mintTenantScope } from "@creneau/db/mint-tenant-scope";
import { appendEvent } from "@creneau/db/testing/append-event";
import { clock } from "./clock.ts";
import { doTasks, type Helper, startHelper } from "./helper.ts";

/** A commit that appended an event about `entityId`; `at` is the moment just before COMMIT was sent. */
interface WrittenEvent {
  entityId: string;
  at: number;
}

interface Target {
  url: string;
  organizationId: string;
}

type WriterTasks = {
  open(target: Target): void;
  writeOne(input: null): Promise<WrittenEvent>;
  /** Commits at a rate, in their own transactions, as use cases do. */
  write(input: { perSecond: number; seconds: number }): Promise<WrittenEvent[]>;
};

export type EventWriter = Helper<WriterTasks>;

/** Starts a process that commits events and rings the doorbell, without serving anybody. */
export async function startEventWriter(target: Target): Promise<EventWriter> {
  const helper: EventWriter = startHelper(import.meta.url);
  await helper.ask("open", { url: target.url, organizationId: target.organizationId });
  return helper;
}

if (import.meta.main && process.send) {
  let database: Database | undefined;
  let organizationId = "";
  const writeOne = async (): Promise<WrittenEvent> => {
    if (!database) throw new Error("open first");
    const entityId = randomUUID();
    const at = await inTenantSql(database, mintTenantScope(organizationId), async (tx) => {
      const payload = {
        providerId: entityId,
        siteId: entityId,
        roomId: null,
        startsAt: "2026-11-24T09:00:00.000Z",
        // Whoever is to be told is told long after the benchmark: its jobs are counted, not worked.
        settlesAt: "2099-11-24T09:00:00.000Z",
        notify: true,
      };
      await appendEvent(tx, { type: "appointment.moved", entityId, version: 2, payload });
      return clock();
    });
    return { entityId, at };
  };
  const tasks: WriterTasks = {
    open(target) {
      database = openDatabase({ url: target.url });
      organizationId = target.organizationId;
    },
    writeOne,
    async write({ perSecond, seconds }) {
      const startedAt = performance.now();
      const written: Promise<WrittenEvent>[] = [];
      while (performance.now() < startedAt + seconds * 1000) {
        while (written.length < ((performance.now() - startedAt) / 1000) * perSecond)
          written.push(writeOne());
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      return Promise.all(written);
    },
  };
  doTasks(tasks, async () => database?.close());
}
