import { expect, it } from "vitest";
import { zone } from "../time/zone.ts";
import { toldZone } from "./told-zone.ts";

const [siteZone, readerZone] = [zone("America/St_Johns"), zone("Asia/Kathmandu")];

it("is the site's for whoever comes there, the reader's for a call", () => {
  expect(toldZone({ locationKind: "in_person", siteZone, readerZone })).toBe(siteZone);
  for (const locationKind of ["video", "phone"] as const) {
    expect(toldZone({ locationKind, siteZone, readerZone })).toBe(readerZone);
    expect(toldZone({ locationKind, siteZone, readerZone: null })).toBe(siteZone);
  }
});
