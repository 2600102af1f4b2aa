import type { Outputs } from "../../trpc/react.ts";

export type Member = Outputs["members"]["list"]["items"][number];
export type PendingInvitation = Outputs["members"]["list"]["invitations"][number];
export type Role = Member["role"];

/** From the one who may everything to the one who looks. */
export const roles = [
  "owner",
  "admin",
  "manager",
  "provider",
  "operator",
  "viewer",
] as const satisfies Role[];
