/** What can happen to people and their seats. `payload.userId` says whose sessions must be looked at again. */
export const identityEvents = {
  /** Name, e-mail, password, deactivation, "sign out everywhere"; entity: the user. */
  userChanged: "user.changed",
  /** A seat given, taken or changed; entity: the membership. */
  membershipChanged: "membership.changed",
  /** Name, slug or settings; entity: the organization. */
  organizationChanged: "organization.changed",
} as const;

export interface IdentityEventPayload {
  userId?: string;
}
