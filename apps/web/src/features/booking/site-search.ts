import type { FoundSite, guest } from "./guest-client.ts";

type Question = Parameters<typeof guest.query<"search">>[1];

/** What counts first among the places found. */
export type SearchOrder = NonNullable<Question["order"]>;

/** Where a search looks, as typed or as the device says. */
export type Near = Pick<Question, "postalCode" | "place" | "lat" | "lon">;

/** What came of a search. */
export type SiteSearch =
  | { state: "idle" | "searching" | "nowhere" | "failed" }
  | { state: "found"; sites: readonly FoundSite[]; label: string | null; isApproximate: boolean };

/** What a text means as a place to look near; null while it says too little. "45.76,4.84" is a point. */
export function nearOf(text: string): Near | null {
  const point = /^(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)$/.exec(text);
  if (point) return { lat: Number(point[1]), lon: Number(point[2]) };
  const typed = text.trim();
  if (/^\d{5}$/.test(typed)) return { postalCode: typed };
  return typed.length >= 2 && !/^\d+$/.test(typed) ? { place: typed } : null;
}

/** A point as the address keeps it: to about a kilometre, for nobody's doorstep belongs in a link. */
export function pointText({ latitude, longitude }: { latitude: number; longitude: number }): string {
  return `${latitude.toFixed(2)},${longitude.toFixed(2)}`;
}

/** Whether the text is a point rather than something typed. */
export function isPoint(text: string): boolean {
  return nearOf(text)?.lat !== undefined;
}
