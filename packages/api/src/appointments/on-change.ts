import { tracked } from "@trpc/server";
import type { z } from "zod";
import type { LiveSocket, Services } from "../services.ts";
import type { TenantWork } from "../tenant-work.ts";
import { type ChangeItem, followChanges } from "./change-feed.ts";
import type { onChangeInput } from "./schema.ts";

/** Items that may wait for one reader: a whole replay and more. Beyond, it resumes from the log. */
const queueLimit = 3000;
/** Bytes accepted by the socket's kernel buffer but not sent; above, the socket counts as slow. */
const bufferLimit = 1_000_000;
/** Close code that means "reconnect and resume with your lastEventId". */
export const resumeCloseCode = 4408;

/**
 * The organization's appointment events (`followChanges`) as tRPC's own handlers want them, over whatever transport.
 * Sockets do without it: they are told directly (`apps/server/src/live-changes.ts`).
 */
export async function* onAppointmentChange(
  work: TenantWork & Pick<Services, "events"> & { socket?: LiveSocket },
  input: z.output<typeof onChangeInput>,
  signal: AbortSignal | undefined,
) {
  const queue: ChangeItem[] = [];
  let wake: (() => void) | undefined;
  let isLost = false;
  const following = followChanges(work, input, {
    tell(item) {
      if (queue.length < queueLimit) queue.push(item);
      else isLost = true;
      wake?.();
    },
    lose() {
      isLost = true;
      wake?.();
    },
  });
  const abort = () => wake?.();
  signal?.addEventListener("abort", abort);
  try {
    while (!signal?.aborted) {
      const item = queue.shift();
      if (item) yield tracked(item.id, item.change);
      else if (!isLost) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
      const isSlow = (work.socket?.bufferedBytes() ?? 0) > bufferLimit;
      if (isSlow || (isLost && queue.length === 0)) {
        work.socket?.close(resumeCloseCode, "resume");
        return;
      }
    }
  } finally {
    following.stop();
    signal?.removeEventListener("abort", abort);
  }
}
