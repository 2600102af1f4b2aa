/** As in the database; what each may do is in the slices' policies. */
export type Role = "owner" | "admin" | "manager" | "provider" | "operator" | "viewer";

/** Somebody signed in, on a seat of the organization. */
export interface UserActor {
  kind: "user";
  userId: string;
  userName: string;
  role: Role;
  /** Sites this seat covers; empty: all. */
  siteIds: string[];
  /** The provider this user is, if any. */
  providerId: string | null;
}

/** Which link opened the way: a public page, a hold's, a booking's, a client's portal, a wish's. */
export type ClientLink = "page" | "hold" | "manage" | "portal" | "waitlist";

/** A visitor, who may or may not be known as a client yet. */
export interface ClientActor {
  kind: "client";
  link: ClientLink;
  clientId: string | null;
}

/** What keys of the API are about. */
export type ApiResource = "appointments" | "clients" | "directory" | "availability" | "waitlist";

/** What a key of the API may be allowed. */
export type ApiScope = `${ApiResource}:${"read" | "write"}`;

/** Another system, with a key of the organization's. */
export interface ApiKeyActor {
  kind: "api_key";
  id: string;
  name: string;
  scopes: readonly ApiScope[];
  /** Sites the key is for; empty: all. */
  siteIds: readonly string[];
}

/** Parts of the product that act by themselves. The first is what a person is told in history. */
export type SystemName = "waitlist" | "holds" | "assignment" | "notices";

/** The product itself. It may do what its work needs. */
export interface SystemActor {
  kind: "system";
  name: SystemName;
}

/** Who acts. Every way in makes one at its edge: a browser's session, a link, a key, a job. */
export type Actor = UserActor | ClientActor | ApiKeyActor | SystemActor;

/** What log and audit keep of an actor. */
export type RecordedActor =
  | Pick<UserActor, "kind" | "userId">
  | Pick<ClientActor, "kind" | "clientId">
  | Pick<ApiKeyActor, "kind" | "id" | "name">
  | SystemActor;

/** An actor as SQL functions take it. */
export interface ActorColumns {
  kind: Actor["kind"];
  userId: string | null;
  /** A client's or a key's. */
  id: string | null;
  name: string | null;
}

/** An actor as log and audit keep it. */
export function actorColumns(actor: RecordedActor): ActorColumns {
  switch (actor.kind) {
    case "user":
      return { kind: "user", userId: actor.userId, id: null, name: null };
    case "client":
      return { kind: "client", userId: null, id: actor.clientId, name: null };
    case "api_key":
      return { kind: "api_key", userId: null, id: actor.id, name: actor.name };
    case "system":
      return { kind: "system", userId: null, id: null, name: actor.name };
  }
}

/** The user who acts; null when it is nobody signed in. */
export function userIdOf(actor: Actor): string | null {
  return actor.kind === "user" ? actor.userId : null;
}

/** Whether a key was allowed this; who may write may read. */
export function holdsScope(
  { scopes }: ApiKeyActor,
  resource: ApiResource,
  access: "read" | "write",
): boolean {
  return scopes.includes(`${resource}:write`) || (access === "read" && scopes.includes(`${resource}:read`));
}

/** Whether the actor's seat or key covers a site at all; what it does not cover does not exist for them. */
export function coversSite(actor: Actor, siteId: string): boolean {
  const sites = sitesOf(actor);
  return sites === null || sites.includes(siteId);
}

/** The sites an actor is held to; null: every one. A client's link opens no site as a whole. */
export function sitesOf(actor: Actor): readonly string[] | null {
  if (actor.kind === "system") return null;
  if (actor.kind === "client") return [];
  return actor.siteIds.length === 0 ? null : actor.siteIds;
}

/** The sites a query may look at: the wished ones within the actor's; null when nothing restricts. */
export function sitesInReach(actor: Actor, wished?: readonly string[] | null): string[] | null {
  const sites = sitesOf(actor);
  if (!sites) return wished ? [...wished] : null;
  return wished ? wished.filter((id) => sites.includes(id)) : [...sites];
}
