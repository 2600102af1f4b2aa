import { z } from "zod";
import { email, id, ids, line, locale, newPassword, publicName, token } from "../fields/schema.ts";
import { roleSchema } from "../identity/schema.ts";
import { isReservedName } from "./reserved-names.ts";

const siteIds = ids(2000);

export const usernamePattern = /^[a-z0-9](?:-?[a-z0-9]){2,39}$/;
/** Last part of a public link: 3 to 40 letters, digits and single dashes. */
export const usernameSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(40)
  .regex(usernamePattern, "Three to forty letters, digits and single dashes")
  .refine((name) => !isReservedName(name), "This name is reserved");

export const usernameAvailableInput = z.object({ username: publicName.toLowerCase() });
export const usernameAvailableView = z.object({
  available: z.boolean(),
  reason: z.enum(["invalid", "reserved", "taken"]).nullable(),
});
export const setUsernameInput = z.object({ username: usernameSchema.nullable() });

export const inviteInput = z.object({
  email,
  role: roleSchema,
  /** Empty: every site. */
  siteIds: siteIds.default([]),
  /** Language of the mail; absent: the organization's. */
  locale: locale.optional(),
});
export const changeRoleInput = z
  .object({ id, role: roleSchema.optional(), siteIds: siteIds.optional() })
  .refine(({ role, siteIds: sites }) => role !== undefined || sites !== undefined, "A role or sites");
export const memberIdInput = z.object({ id });
const invitationToken = token.min(20);
export const invitationInput = z.object({ token: invitationToken });
export const acceptInvitationInput = z.object({
  token: invitationToken,
  /** For somebody without an account; who has one signs in first. */
  account: z
    .object({
      name: line(120),
      password: newPassword,
      locale: locale.default("fr"),
    })
    .optional(),
});

export const memberView = z.object({
  id,
  userId: id,
  name: z.string(),
  email: z.string(),
  username: z.string().nullable(),
  role: roleSchema,
  /** Empty: every site. */
  siteIds: z.array(id),
  providerId: id.nullable(),
  isSelf: z.boolean(),
  createdAt: z.string(),
});
export type MemberView = z.infer<typeof memberView>;
export const invitationView = z.object({
  id,
  email: z.string(),
  role: roleSchema,
  siteIds: z.array(id),
  invitedBy: z.string().nullable(),
  expiresAt: z.string(),
  isExpired: z.boolean(),
});
export type InvitationView = z.infer<typeof invitationView>;
export const invitedView = z.object({
  invitation: invitationView,
  /** Whether it goes out by mail. Otherwise `link` is to be handed over, and is told this once. */
  mailed: z.boolean(),
  link: z.string().nullable(),
});
/** What the one who follows the link may know. */
export const openInvitationView = z.object({
  organizationName: z.string(),
  accent: z.string(),
  /** Of the organization: its zone says on which day the invitation ends. */
  timezone: z.string(),
  invitedBy: z.string().nullable(),
  email: z.string(),
  role: roleSchema,
  expiresAt: z.string(),
  /** Whether to sign in rather than to make an account. */
  hasAccount: z.boolean(),
});
export const acceptedView = z.object({ organizationId: id, slug: z.string(), role: roleSchema });
