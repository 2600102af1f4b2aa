/**
 * By whose clock an appointment is told to somebody. Whoever comes to a place reads the clock on its wall, wherever they
 * booked from; a call or a video call reaches them where they are.
 */
export function toldZone<Zone extends string>({
  locationKind,
  siteZone,
  readerZone,
}: {
  locationKind: "in_person" | "video" | "phone";
  siteZone: Zone;
  /** Of the reader's last visit; null when they never came by themselves. */
  readerZone: Zone | null;
}): Zone {
  return locationKind === "in_person" ? siteZone : (readerZone ?? siteZone);
}
