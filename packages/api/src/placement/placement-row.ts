import type { PriceOverride } from "@creneau/domain/pricing/price-matrix";

/** What the SQL function `placement_facts` answers: instants in epoch milliseconds, dates `YYYY-MM-DD`, durations in minutes. */
export interface PlacementRow {
  organization: {
    slotMinutes: number;
    holdMinutes: number;
    undoSeconds: number;
    cancelCutoffMinutes: number;
    calendarPolicy: string;
    locale: string;
    timezone: string;
  };
  provider: {
    id: string;
    userId: string | null;
    name: string;
    skills: string[];
    dailyLimit: number | null;
    siteIds: string[];
  } | null;
  site: {
    id: string;
    name: string;
    timezone: string;
    postalCode: string | null;
    overbookingPercent: number;
  } | null;
  service: {
    id: string;
    name: string;
    durationMinutes: number;
    priceCents: number | null;
    bufferBefore: number;
    bufferAfter: number;
    minNoticeMinutes: number;
    horizonDays: number;
    locationKind: "in_person" | "video" | "phone";
    requiredSkills: string[];
    needsRoom: boolean;
    needsApproval: boolean;
    needsPayment: boolean;
    overrides: PriceOverride[];
    isOffered: boolean;
  } | null;
  rules: {
    providerId: string | null;
    isoWeekday: number;
    startMinute: number;
    endMinute: number;
    validFrom: string | null;
    validTo: string | null;
  }[];
  exceptions: {
    providerId: string | null;
    date: string;
    windows: { startMinute: number; endMinute: number }[];
    reason: string | null;
  }[];
  timeOff: { from: number; to: number; reason: string | null }[];
  busy: BusyRow[];
  rooms: { id: string; busy: BusyRow[] }[];
  counts: { date: string; count: number }[];
}

interface BusyRow {
  from: number;
  to: number;
  id: string;
  lane: number;
  kind: "appointment" | "hold" | "external";
}
