/** Names that are, or may become, part of the product's own addresses, or would pass for it. */
const reserved = new Set(
  `about account accounts admin administrator agenda api app appointment appointments assets auth availability
  billing blog book booking bookings calendar callback cgu client clients confirm confirmation connections contact
  creneau cron dashboard demo dev docs download email embed en events favicon faq feed fr healthz help home
  hooks ics image images index info integrations invitation invitations invite jobs legal locale login logout mail manage
  members metrics me new next null oauth official organization organizations owner pay payment payments ping
  portal press pricing privacy profile public readyz register reset rendez-vous robots root rss saas security
  service services session settings setup sign-in sign-out sign-up signin signout signup site sitemap sites
  socket sso staff static status subscribe support system team teams terms test today trpc undefined upload user
  username users verify webhook webhooks websocket well-known widget widgets www ws`
    .split(/\s+/)
    .filter(Boolean),
);

/** Whether nobody may take this name for a public link; compared in lower case. */
export function isReservedName(name: string): boolean {
  return reserved.has(name.toLowerCase());
}
