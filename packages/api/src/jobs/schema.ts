import { z } from "zod";
import { id, line, pageSize } from "../fields/schema.ts";

export const deadJobsInput = z.object({ limit: pageSize(500).default(100) }).prefault({});
export const retryDeadJobInput = z.object({ id });

export const deadJobView = z.object({
  id,
  name: z.string(),
  /** Ids of what the job was about. */
  data: z.record(z.string(), z.unknown()),
  attempts: z.int(),
  error: z.string().nullable(),
  createdAt: z.iso.datetime(),
  failedAt: z.iso.datetime(),
});

export const parkedEventsInput = z.object({ limit: pageSize(500).default(100) }).prefault({});
export const retryParkedEventInput = z.object({
  consumer: line(100),
  eventId: z.int().positive(),
});

export const parkedEventView = z.object({
  /** Who could not react to it. */
  consumer: z.string(),
  eventId: z.int(),
  /** What happened, and to what. */
  type: z.string(),
  entityId: z.uuid(),
  attempts: z.int(),
  reason: z.string(),
  /** When it is tried again; null: when somebody asks for it. */
  retryAt: z.iso.datetime().nullable(),
  happenedAt: z.iso.datetime(),
});
