import type { Database } from "@creneau/db/database";
import { sqlState } from "@creneau/db/sql-state";
import { DAY_MS } from "@creneau/domain/time/instant";
import { AppError } from "../errors.ts";
import { changeUser } from "../identity/change-user.ts";
import type { Browser, Session } from "../identity/session.ts";
import type { Services } from "../services.ts";
import { isReservedName } from "./reserved-names.ts";
import { usernamePattern } from "./schema.ts";

type Refusal = "invalid" | "reserved" | "taken";
const uniqueViolation = "23505";
/** How long a name stays its owner's after they gave it up; the database holds to the same. */
const yearMs = 365 * DAY_MS;

/** What a browser asks of the process here. */
type Visit = Browser & Pick<Services, "database" | "forgetSession" | "now">;

/** Why somebody cannot have a public name; null when it is free, or already theirs. */
export async function usernameRefusal(
  database: Database,
  { userId, username, now }: { userId: string; username: string; now: number },
): Promise<Refusal | null> {
  if (isReservedName(username)) return "reserved";
  if (username.length > 40 || !usernamePattern.test(username)) return "invalid";
  const holder = await database.prisma.user.findUnique({ where: { username }, select: { id: true } });
  if (holder) return holder.id === userId ? null : "taken";
  const released = await database.prisma.releasedUsername.findUnique({ where: { username } });
  if (released && released.userId !== userId && released.releasedAt.getTime() > now - yearMs) return "taken";
  if (released?.userId === userId) return null;
  // Organizations' slugs share the same addresses; the function looks across organizations, a query cannot.
  const { rows } = await database.pool.query("SELECT FROM resolve_public_name($1)", [username]);
  return rows.length > 0 ? "taken" : null;
}

/**
 * Gives the caller a public name, or takes it away. The one they had stays theirs for a year: it leads to the new one.
 * Errors: `already_exists`, `invalid_input`.
 */
export async function chooseUsername(
  visit: Visit & { session: Session },
  username: string | null,
): Promise<void> {
  const userId = visit.session.user.id;
  const refusal = username && (await usernameRefusal(visit.database, { userId, username, now: visit.now() }));
  if (refusal === "taken") throw nameTaken();
  if (refusal)
    throw new AppError("invalid_input", "This name cannot be used", { field: "username", reason: refusal });
  try {
    await changeUser(visit.database, { userId, data: { username } });
  } catch (error) {
    if (sqlState(error) === uniqueViolation) throw nameTaken();
    throw error;
  }
  visit.forgetSession(userId);
}

function nameTaken(): AppError {
  return new AppError("already_exists", "Somebody else has this name", { field: "username" });
}
