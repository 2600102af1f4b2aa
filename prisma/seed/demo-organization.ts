import type { LocationKind, Preset, Role, SubjectKind } from "@creneau/db/generated/enums";

interface Window {
  isoWeekday: number;
  startMinute: number;
  endMinute: number;
}

interface DemoServiceSpec {
  name: string;
  slug: string;
  description: string;
  durationMinutes: number;
  priceCents: number | null;
  bufferBefore: number;
  bufferAfter: number;
  minNoticeMinutes: number;
  horizonDays: number;
  locationKind: LocationKind;
  requiredSkills: string[];
  needsRoom: boolean;
  needsApproval: boolean;
  overrides: object[];
}

export interface DemoOrganization {
  slug: string;
  name: string;
  preset: Preset;
  slotMinutes: number;
  accent: string;
  phone: string;
  clientCount: number;
  /** Share of the agenda that is taken. */
  fill: number;
  /** `site`: index of the one site the seat covers; absent: all. */
  accounts: { email: string; name: string; role: Role; username?: string; site?: number }[];
  sites: {
    name: string;
    slug: string;
    address: string;
    postalCode: string;
    city: string;
    phone: string;
    latitude: number;
    longitude: number;
    timezone: string;
    overbookingPercent: number;
    rooms: string[];
    hours: Window[];
  }[];
  services: DemoServiceSpec[];
  providers: {
    name: string;
    title: string;
    colour: string;
    site: number;
    skills: string[];
    account?: string;
    hours: Window[];
  }[];
  subjects: (
    random: () => number,
    count: number,
  ) => { kind: SubjectKind; reference: string; label: string; attributes: object }[];
  title: (service: { name: string }, subject: string | null) => string;
}

/** Minutes after midnight. */
export const at = (hour: number, minute = 0) => hour * 60 + minute;

/** The same windows on several weekdays; [start, end] pairs in minutes. */
export function week(days: number[], ...windows: [number, number][]): Window[] {
  return days.flatMap((isoWeekday) =>
    windows.map(([startMinute, endMinute]) => ({ isoWeekday, startMinute, endMinute })),
  );
}

export const weekdays = [1, 2, 3, 4, 5];

/** A service of the demo: what is not said is as with most. */
export function service(
  spec: Partial<DemoServiceSpec> & Pick<DemoServiceSpec, "name" | "slug" | "durationMinutes">,
): DemoServiceSpec {
  return {
    description: "",
    priceCents: null,
    bufferBefore: 0,
    bufferAfter: 0,
    minNoticeMinutes: 120,
    horizonDays: 60,
    locationKind: "in_person",
    requiredSkills: [],
    needsRoom: false,
    needsApproval: false,
    overrides: [],
    ...spec,
  };
}
