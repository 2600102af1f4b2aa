import { isValidZone } from "@creneau/domain/time/zone";
import { z } from "zod";
import { permissions } from "./policy.ts";

/** What each role may do, for screens that explain it. */
export { rolePermissions } from "./policy.ts";

export const roleSchema = z.enum(["owner", "admin", "manager", "provider", "operator", "viewer"]);
const theme = z.enum(["system", "light", "dark"]);

/** Answer of `session.me`; null for a visitor without a session. */
export const viewerSchema = z
  .object({
    user: z.object({
      id: z.uuid(),
      name: z.string(),
      email: z.string(),
      username: z.string().nullable(),
      locale: z.string(),
      timezone: z.string(),
      theme: z.string(),
    }),
    organization: z
      .object({
        id: z.uuid(),
        slug: z.string(),
        name: z.string(),
        preset: z.enum(["real_estate", "medical", "inspection", "client_meetings", "solo"]),
        timezone: z.string(),
        slotMinutes: z.number(),
        undoSeconds: z.number(),
        accent: z.string(),
        locale: z.string(),
        /** Whether the viewer's seat covers more sites than a screen loads at once: they are searched, not listed. */
        hasManySites: z.boolean(),
      })
      .nullable(),
    role: roleSchema.nullable(),
    providerId: z.uuid().nullable(),
    siteIds: z.array(z.uuid()),
    organizations: z.array(z.object({ id: z.uuid(), slug: z.string(), name: z.string(), role: roleSchema })),
    permissions: z.array(z.enum(permissions)),
    /** Until when this session, opened by a mailed link, sets a new password without the present one; null for no more. */
    passwordResetUntil: z.iso.datetime().nullable(),
  })
  .nullable();
export type Viewer = z.infer<typeof viewerSchema>;

/** Answer of `session.config`: what the sign-in page may know. */
export const configSchema = z.object({
  demo: z.boolean(),
  signInProviders: z.array(z.string()),
  appUrl: z.string(),
});

export const switchOrganizationInput = z.object({ organizationId: z.uuid() });

export const updateProfileInput = z.object({
  name: z.string().trim().min(1).max(120).optional(),
  locale: z.enum(["fr", "en"]).optional(),
  timezone: z.string().max(64).refine(isValidZone, "unknown time zone").optional(),
  theme: theme.optional(),
});

/** Long enough to hold, short enough to hash; no other rule, as NIST 800-63B advises. */
export const newPassword = z.string().min(10).max(200);

export const changePasswordInput = z.object({
  /** Not asked for right after signing in by a mailed link. */
  currentPassword: z.string().min(1).max(200).optional(),
  newPassword,
});
