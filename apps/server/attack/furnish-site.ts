import type { Visitor } from "./browser.ts";

/** A site with something of everything, all of it marked as its own, and who owns the organization around it. */
export interface Furnished {
  /** In every text of it. */
  marker: string;
  owner: Visitor;
  /** Of its rows, by the field of a request that takes them. */
  ids: Record<string, string>;
  /** Names and tokens of its public pages and links, likewise: they open what they name to anybody. */
  links: Record<string, string>;
  /** Texts that stand in its rows and nowhere else. */
  secrets: string[];
}

export interface FurnishOptions {
  owner: Visitor;
  /** A browser without cookies. */
  visit: () => Visitor;
  marker: string;
  /** Whose agenda it has; nobody's when absent. */
  providerUserId?: string;
  /** Rows that only others can make, such as a colleague's seat. */
  moreIds?: Record<string, string>;
  /** The token of a client's portal, as far as somebody knows it. */
  portalTokenOf?: (clientId: string) => Promise<string>;
}

/** Makes one through the API alone, in the owner's organization: so that there is something to reach by every procedure. */
export async function furnishSite({
  owner,
  visit,
  marker,
  providerUserId,
  moreIds = {},
  portalTokenOf,
}: FurnishOptions): Promise<Furnished> {
  const { client: api } = owner;
  const me = await api.session.me.query();
  if (!me?.organization) throw new Error("The owner has no organization");
  const { id: organizationId, slug } = me.organization;
  const tag = marker.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const mail = (who: string) => `${who}.${tag}@example.test`;
  const site = await api.directory.sites.create.mutate({ name: marker });
  const room = await api.directory.rooms.create.mutate({ siteId: site.id, name: marker });
  const provider = await api.directory.providers.create.mutate({
    name: marker,
    siteIds: [site.id],
    ...(providerUserId && { userId: providerUserId }),
  });
  const everyDay = [1, 2, 3, 4, 5, 6, 7];
  await api.availability.setRules.mutate({
    providerId: provider.id,
    siteId: site.id,
    rules: everyDay.map((isoWeekday) => ({ isoWeekday, startMinute: 0, endMinute: 1440 })),
  });
  const service = await api.directory.services.create.mutate({
    name: marker,
    durationMinutes: 30,
    minNoticeMinutes: 0,
    providerIds: [provider.id],
  });
  const person = { name: marker, email: mail("client"), phone: phoneOf(marker) };
  const { appointment } = await api.appointments.create.mutate({
    providerId: provider.id,
    siteId: site.id,
    serviceId: service.id,
    startsAt: hoursAhead(26),
    title: marker,
    client: person,
    subject: { kind: "file", reference: marker },
    attendees: [{ name: marker, email: mail("guest") }],
  });
  const { attendees } = await api.appointments.byId.query({ id: appointment.id });
  const note = await api.notes.add.mutate({ appointmentId: appointment.id, kind: "internal", body: marker });
  const { invitation } = await api.members.invite.mutate({
    email: mail("invited"),
    role: "viewer",
    siteIds: [site.id],
  });
  const exception = await api.availability.addException.mutate({
    providerId: provider.id,
    date: "2027-05-01",
    until: "2027-05-03",
    reason: marker,
  });
  const { timeOff } = await api.availability.addTimeOff.mutate({
    providerId: provider.id,
    startsAt: "2027-06-01T08:00:00Z",
    endsAt: "2027-06-01T10:00:00Z",
    reason: marker,
  });
  const merged = await mergeTwo(owner, {
    marker,
    book: (clientId) => ({
      providerId: provider.id,
      siteId: site.id,
      serviceId: service.id,
      startsAt: hoursAhead(50),
      clientId,
    }),
  });
  const target = { username: slug, siteSlug: site.slug, serviceSlug: service.slug };
  await untilBookable(visit(), target);
  const wished = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  const { waitlistToken } = await api.waitlist.join.mutate({
    ...target,
    fromDate: wished,
    toDate: wished,
    client: { name: marker, email: person.email },
  });
  const { items: waiting } = await api.waitlist.list.query({ siteIds: [site.id] });
  const visitor = visit().client;
  const booked = await visitor.booking.book.mutate({
    ...target,
    startsAt: hoursAhead(30),
    client: { name: marker, email: person.email },
  });
  const { holdToken } = await visitor.booking.hold.mutate({ ...target, startsAt: hoursAhead(34) });
  const { clientId: visitorId } = await api.appointments.byId.query({ id: booked.appointmentId });
  const { undo } = await api.appointments.update.mutate({
    id: appointment.id,
    version: appointment.version,
    description: marker,
  });
  return {
    marker,
    owner,
    secrets: [marker, mail("client"), mail("guest"), mail("invited"), person.phone],
    ids: {
      token: undo?.token ?? "",
      siteId: site.id,
      roomId: room.id,
      providerId: provider.id,
      serviceId: service.id,
      ...merged,
      clientId: appointment.clientId ?? "",
      subjectId: appointment.subjectId ?? "",
      appointmentId: appointment.id,
      attendeeId: attendees[0]?.id ?? "",
      noteId: note.id,
      invitationId: invitation.id,
      exceptionId: exception.items[0]?.id ?? "",
      secondExceptionId: exception.items[1]?.id ?? "",
      replacesId: exception.items[2]?.id ?? "",
      timeOffId: timeOff.id,
      entryId: waiting[0]?.id ?? "",
      organizationId,
      ...moreIds,
    },
    links: {
      ...target,
      organizationSlug: slug,
      manageToken: booked.manageToken,
      holdToken,
      waitlistToken,
      ...(portalTokenOf && { portalToken: await portalTokenOf(visitorId ?? "") }),
    },
  };
}

/** Public pages learn of a new site and service from the log, a moment later. */
async function untilBookable(
  { client: api }: Visitor,
  { username, siteSlug, serviceSlug }: { username: string; siteSlug: string; serviceSlug: string },
): Promise<void> {
  const isThere = async () => {
    const page = await api.booking.page.query({ username, siteSlug }).catch(() => null);
    return page?.services.some(({ slug }) => slug === serviceSlug) ?? false;
  };
  const deadline = Date.now() + 10_000;
  while (!(await isThere())) {
    if (Date.now() > deadline) throw new Error("The new site does not show on its public page");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A merge to take back, and a record to merge, both of people who have been here. */
async function mergeTwo(
  { client: api }: Visitor,
  {
    marker,
    book,
  }: {
    marker: string;
    book: (clientId: string) => Parameters<typeof api.appointments.create.mutate>[0];
  },
): Promise<{ mergeId: string; mergeDoneId: string }> {
  const double = await api.directory.clients.create.mutate({ name: `${marker} 2` });
  const third = await api.directory.clients.create.mutate({ name: `${marker} 3` });
  await api.appointments.create.mutate(book(third.id));
  const { mergeId } = await api.directory.clients.merge.mutate({ keepId: double.id, mergeIds: [third.id] });
  return { mergeId: double.id, mergeDoneId: mergeId };
}

/** A number that only this marker has. */
function phoneOf(marker: string): string {
  const sum = [...marker].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 10_000_000, 7);
  return `+336${String(10_000_000 + sum)}`;
}

/** A full hour, so many hours from the next one. */
function hoursAhead(hours: number): string {
  return new Date(Math.ceil(Date.now() / 3_600_000 + hours) * 3_600_000).toISOString();
}
