import type { Database } from "@creneau/db/database";
import { tellUserChanged } from "./change-user.ts";

/**
 * Ends one session of a user: its cookie is refused from now on, by every process, and its sockets are closed. `until` is
 * when the cookie would have expired at the latest, epoch milliseconds. Ending it twice is no error.
 */
export async function endSession(
  database: Database,
  { userId, sessionId, until, now }: { userId: string; sessionId: string; until: number; now: number },
): Promise<void> {
  await database.prisma.$transaction(async (db) => {
    await db.endedSession.deleteMany({ where: { expiresAt: { lt: new Date(now) } } });
    // The user may be gone already, and their sessions with them.
    await db.$executeRaw`
      INSERT INTO ended_session (session_id, user_id, expires_at)
      SELECT ${sessionId}::uuid, id, ${new Date(until)} FROM "user" WHERE id = ${userId}::uuid
      ON CONFLICT (session_id) DO NOTHING`;
    await tellUserChanged(db, userId);
  });
  database.doorbell.ring();
}
