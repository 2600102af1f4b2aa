import { inTenantSql, type TenantSql } from "@creneau/db/in-tenant";
import type { UserActor } from "../actor.ts";
import { loadAppointment } from "../appointments/queries.ts";
import { userNames } from "../identity/user-names.ts";
import { type Change, recordChange } from "../record-change.ts";
import type { Services } from "../services.ts";
import type { TenantWork } from "../tenant-work.ts";
import type { Presence } from "./schema.ts";

/** A live socket renews its row this often. */
const renewMs = 20_000;
/** A row not renewed for this long was left behind by a process that died. */
const staleAfter = "1 minute";

/**
 * Says that this person has the appointment open for as long as the subscription lives, and yields who else has, at
 * once and whenever that changes. The subscription is the presence: there is nothing to renew from a browser and
 * nothing to forget. Errors: `not_found`.
 */
export async function* holdOpen(
  work: TenantWork<UserActor> & Pick<Services, "events">,
  { appointmentId }: { appointmentId: string },
  signal: AbortSignal | undefined,
): AsyncGenerator<Presence> {
  const { database, scope, actor } = work;
  let isStirred = true;
  let wake: (() => void) | undefined;
  const stir = () => {
    isStirred = true;
    wake?.();
  };
  const unsubscribe = work.events.subscribe(scope.organizationId, (event) => {
    if (event.type === "presence.changed" && event.entityId === appointmentId) stir();
  });
  // In a history that has gone back the row may never have been: it is written anew.
  let isBroken = false;
  const stopBreaking = work.events.onBreak(() => {
    isBroken = true;
    stir();
  });
  const abort = () => wake?.();
  signal?.addEventListener("abort", abort);
  const join = async (tx: TenantSql) => {
    await loadAppointment(tx, actor, appointmentId);
    return enter(tx, work, appointmentId);
  };
  let id: string | undefined;
  try {
    id = await inTenantSql(database, scope, join);
    let told: string | undefined;
    while (!signal?.aborted) {
      if (isBroken) {
        isBroken = false;
        id = await inTenantSql(database, scope, join);
      }
      if (isStirred) {
        isStirred = false;
        const present = await othersPresent(work, appointmentId);
        const text = JSON.stringify(present);
        if (text !== told) yield present;
        told = text;
        continue;
      }
      const isRenewalDue = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(true), renewMs);
        wake = () => {
          clearTimeout(timer);
          resolve(false);
        };
      });
      wake = undefined;
      if (!isRenewalDue) continue;
      // Looked at again as well: a row of a process that died makes no event when it goes stale.
      isStirred = true;
      await renew(work, id);
    }
  } finally {
    unsubscribe();
    stopBreaking();
    signal?.removeEventListener("abort", abort);
    if (id) await leave(work, { id, appointmentId });
  }
}

async function enter(tx: TenantSql, work: TenantWork<UserActor>, appointmentId: string): Promise<string> {
  await tx.query(
    `DELETE FROM presence WHERE organization_id = $1::uuid AND seen_at < now() - interval '${staleAfter}'`,
    [tx.scope.organizationId],
    "presence_sweep",
  );
  const rows = await tx.query<{ id: string }>(
    `INSERT INTO presence (organization_id, id, appointment_id, user_id)
     VALUES ($1::uuid, uuid_v7(), $2::uuid, $3::uuid) RETURNING id`,
    [tx.scope.organizationId, appointmentId, work.actor.userId],
    "presence_enter",
  );
  await recordChange(tx, work, opened(appointmentId));
  const row = rows[0];
  if (!row) throw new Error("The presence just inserted is gone");
  return row.id;
}

function renew({ database, scope }: TenantWork, id: string): Promise<unknown> {
  return inTenantSql(database, scope, (tx) =>
    tx.query(
      "UPDATE presence SET seen_at = now() WHERE organization_id = $1::uuid AND id = $2::uuid",
      [tx.scope.organizationId, id],
      "presence_renew",
    ),
  );
}

function leave(
  work: TenantWork<UserActor>,
  { id, appointmentId }: { id: string; appointmentId: string },
): Promise<void> {
  return inTenantSql(work.database, work.scope, async (tx) => {
    await tx.query(
      "DELETE FROM presence WHERE organization_id = $1::uuid AND id = $2::uuid",
      [tx.scope.organizationId, id],
      "presence_leave",
    );
    await recordChange(tx, work, opened(appointmentId));
  });
}

function opened(appointmentId: string): Change<"presence.changed"> {
  return { type: "presence.changed", entityId: appointmentId, payload: {} };
}

async function othersPresent(
  { database, scope, actor }: TenantWork<UserActor>,
  appointmentId: string,
): Promise<Presence> {
  const rows = await inTenantSql(database, scope, (tx) =>
    tx.query<{ user_id: string }>(
      `SELECT user_id FROM presence
       WHERE organization_id = $1::uuid AND appointment_id = $2::uuid AND user_id <> $3::uuid
         AND seen_at > now() - interval '${staleAfter}'
       GROUP BY user_id ORDER BY min(seen_at), user_id`,
      [tx.scope.organizationId, appointmentId, actor.userId],
      "presence_others",
    ),
  );
  const others = await Promise.all(
    rows.map(async ({ user_id }) => ({
      userId: user_id,
      name: (await userNames.nameOf(database, user_id)) ?? "",
    })),
  );
  return { others };
}
