/** Release of the tz database that every time shown and stored is reckoned with: the one that this Node carries. */
export function timeZoneRelease(): string {
  return process.versions.tz ?? "unknown";
}
