/**
 * Every advisory lock of the product, so that no two meanings share a number. SQL functions name a number as the seed of
 * `hashtextextended(key, number)`, one lock a key, or lock on the number itself; a test holds them to this list. A number
 * stays what it is: during an upgrade the old version still locks on it.
 */
export const advisoryLocks = {
  /** Key: a provider, a room or a site. Shared by creations, exclusive for moves and wherever bookings are counted. */
  agenda: 4201,
  /** No key: grants on the queue's tables, which must not run side by side. */
  queueGrants: 4202,
  /** Key: organization and e-mail or phone. Two bookings of one contact at once make one client. */
  contact: 4203,
  /** Key: organization and idempotency key of a confirmation. */
  idempotencyKey: 4204,
  /** No key: the functions of prisma/functions are applied by one process at a time. */
  sqlFunctions: 4205,
  /** Key: organization and e-mail. The cap on open wishes holds however many come at once. */
  openWishes: 4206,
  /** Key: a consumer of the event log. One worker at a time works on it. */
  eventConsumer: 4208,
  /** No key. An epoch of the event log is begun once. */
  logEpoch: 4209,
  /** No key, for as long as it serves: the one process that owns an embedded database. */
  embeddedOwner: -1_444_736_367,
  /** No key: demo data is written once. */
  demoSeed: 4207,
} as const;
