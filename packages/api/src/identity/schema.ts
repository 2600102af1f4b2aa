import { z } from "zod";
import { id, line, locale, newPassword, password, zone } from "../fields/schema.ts";
import { permissions } from "./policy.ts";

/** What each role may do, for screens that explain it. */
export { rolePermissions } from "./policy.ts";

export const roleSchema = z.enum(["owner", "admin", "manager", "provider", "operator", "viewer"]);
const theme = z.enum(["system", "light", "dark"]);

/** Answer of `session.me`; null for a visitor without a session. */
export const viewerSchema = z
  .object({
    user: z.object({
      id: id,
      name: z.string(),
      email: z.string(),
      username: z.string().nullable(),
      locale: z.string(),
      timezone: z.string(),
      theme: z.string(),
    }),
    organization: z
      .object({
        id: id,
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
    providerId: id.nullable(),
    siteIds: z.array(id),
    organizations: z.array(z.object({ id: id, slug: z.string(), name: z.string(), role: roleSchema })),
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

export const switchOrganizationInput = z.object({ organizationId: id });

export const updateProfileInput = z.object({
  name: line(120).optional(),
  locale: locale.optional(),
  timezone: zone.optional(),
  theme: theme.optional(),
});

export const changePasswordInput = z.object({
  /** Not asked for right after signing in by a mailed link. */
  currentPassword: password.optional(),
  newPassword,
});
