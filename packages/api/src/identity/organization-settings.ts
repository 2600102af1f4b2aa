import type { TenantSql } from "@creneau/db/in-tenant";

/** The settings of an organization that use cases decide by. Seconds and minutes as named. */
export interface OrganizationSettings {
  undoSeconds: number;
  slotMinutes: number;
  holdMinutes: number;
  cancelCutoffMinutes: number;
  timezone: string;
  locale: string;
}

/** Reads the settings of the scope's organization. */
export async function organizationSettings(tx: TenantSql): Promise<OrganizationSettings> {
  const rows = await tx.query<OrganizationSettings>(
    `SELECT undo_seconds AS "undoSeconds", slot_minutes AS "slotMinutes", hold_minutes AS "holdMinutes",
       cancel_cutoff_minutes AS "cancelCutoffMinutes", timezone, locale
     FROM organization WHERE id = $1::uuid`,
    [tx.scope.organizationId],
    "organization_settings",
  );
  const settings = rows[0];
  if (!settings) throw new Error("The scope's organization does not exist");
  return settings;
}
