import { z } from "zod";

export const deadJobsInput = z.object({ limit: z.int().min(1).max(500).default(100) }).prefault({});
export const retryDeadJobInput = z.object({ id: z.uuid() });

export const deadJobView = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Ids of what the job was about. */
  data: z.record(z.string(), z.unknown()),
  attempts: z.int(),
  error: z.string().nullable(),
  createdAt: z.iso.datetime(),
  failedAt: z.iso.datetime(),
});
