/** A place for something new; what is not known yet is null. */
export type Draft = {
  startsAt: string;
  /** Null: as long as the service lasts. */
  endsAt: string | null;
  providerId: string | null;
  roomId: string | null;
};

/** What stands beside the grid. */
export type CalendarPanel =
  | { kind: "details"; id: string; isEditing: boolean }
  | { kind: "create"; draft: Draft; key: number }
  | null;
