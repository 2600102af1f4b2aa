/** Something in the directory was made, changed, archived or merged; entity: the row. Caches and screens read anew. */
export const directoryChanged = "directory.changed";

export type DirectoryKind = "site" | "room" | "provider" | "service" | "client" | "subject";

export interface DirectoryEventPayload {
  kind: DirectoryKind;
  action: "created" | "changed" | "archived" | "restored" | "merged";
  /** Of a merge: the clients that are no more. */
  mergedIds?: string[];
}

/** What of the directory, its people and their hours can change under somebody's eyes. */
export type ChangedKind = DirectoryKind | "hours" | "member" | "organization";
