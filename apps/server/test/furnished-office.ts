import { portalTokenOf } from "@creneau/api/booking/link-tokens";
import {
  createProvider,
  createRoom,
  createService,
  createSite,
  type TestOrganization,
} from "@creneau/db/testing/factories";
import type { Member, TestServer } from "./test-server.ts";

/** In everything that is the office's alone. */
export const marker = "Alpha-confidentiel";

/** An organization with something of every kind, and who owns it. */
export interface Office {
  organization: TestOrganization;
  owner: Member;
  /** Of its rows, by the field of a request that takes them. */
  ids: Record<string, string>;
  /** Names and tokens of its public pages and links, likewise: they open what they name to anybody. */
  links: Record<string, string>;
}

/** Makes one, so that there is something to reach by every procedure. */
export async function furnishOffice(server: TestServer): Promise<Office> {
  const organization = await server.createOrganization({ name: marker });
  const owner = await server.signInMember(organization, { role: "owner" });
  const { client } = owner;
  const site = await createSite(server.database, organization, { name: marker });
  const room = await createRoom(server.database, organization, { siteId: site.id, name: marker });
  const provider = await createProvider(server.database, organization, {
    siteId: site.id,
    name: marker,
    userId: owner.userId,
  });
  const service = await createService(server.database, organization, {
    name: marker,
    providerIds: [provider.id],
  });
  const { appointment } = await client.appointments.create.mutate({
    providerId: provider.id,
    serviceId: service.id,
    startsAt: hoursAhead(26),
    title: marker,
    client: { name: marker, email: "alpha@example.test", phone: "+33612345678" },
    subject: { kind: "file", reference: marker },
    attendees: [{ name: marker, email: "alpha.guest@example.test" }],
  });
  const { attendees } = await client.appointments.byId.query({ id: appointment.id });
  const note = await client.notes.add.mutate({
    appointmentId: appointment.id,
    kind: "internal",
    body: marker,
  });
  const colleague = await server.signInMember(organization, { role: "operator" });
  const { invitation } = await client.members.invite.mutate({
    email: "alpha.invited@example.test",
    role: "viewer",
  });
  const exception = await client.availability.addException.mutate({
    providerId: provider.id,
    date: "2027-05-01",
    until: "2027-05-03",
    reason: marker,
  });
  const timeOff = await client.availability.addTimeOff.mutate({
    providerId: provider.id,
    startsAt: "2027-06-01T08:00:00Z",
    endsAt: "2027-06-01T10:00:00Z",
    reason: marker,
  });
  const duplicate = await client.directory.clients.create.mutate({ name: `${marker} 2` });
  const third = await client.directory.clients.create.mutate({ name: `${marker} 3` });
  const { mergeId } = await client.directory.clients.merge.mutate({
    keepId: duplicate.id,
    mergeIds: [third.id],
  });
  const wished = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  const { waitlistToken } = await client.waitlist.join.mutate({
    username: organization.slug,
    serviceSlug: service.slug,
    fromDate: wished,
    toDate: wished,
    client: { name: marker, email: "alpha@example.test" },
  });
  const { items: waiting } = await client.waitlist.list.query({});
  const visitor = server.visit().client;
  const target = { username: organization.slug, serviceSlug: service.slug };
  const booked = await visitor.booking.book.mutate({
    ...target,
    startsAt: hoursAhead(30),
    client: { name: marker, email: "alpha@example.test" },
  });
  const { holdToken } = await visitor.booking.hold.mutate({ ...target, startsAt: hoursAhead(34) });
  const { clientId: visitorId } = await client.appointments.byId.query({ id: booked.appointmentId });
  const { undo } = await client.appointments.update.mutate({
    id: appointment.id,
    version: appointment.version,
    description: marker,
  });
  return {
    organization,
    owner,
    ids: {
      token: undo?.token ?? "",
      siteId: site.id,
      roomId: room.id,
      providerId: provider.id,
      serviceId: service.id,
      mergeId: duplicate.id,
      mergeDoneId: mergeId,
      clientId: appointment.clientId ?? "",
      subjectId: appointment.subjectId ?? "",
      appointmentId: appointment.id,
      attendeeId: attendees[0]?.id ?? "",
      noteId: note.id,
      userId: owner.userId,
      membershipId: colleague.membershipId,
      invitationId: invitation.id,
      exceptionId: exception.items[0]?.id ?? "",
      secondExceptionId: exception.items[1]?.id ?? "",
      replacesId: exception.items[2]?.id ?? "",
      timeOffId: timeOff.timeOff.id,
      entryId: waiting[0]?.id ?? "",
      organizationId: organization.id,
    },
    links: {
      ...target,
      organizationSlug: organization.slug,
      siteSlug: site.slug,
      manageToken: booked.manageToken,
      holdToken,
      waitlistToken,
      portalToken: portalTokenOf(server.env.AUTH_SECRET, visitorId ?? ""),
    },
  };
}

/** A full hour, so many hours from the next one. */
function hoursAhead(hours: number): string {
  return new Date(Math.ceil(Date.now() / 3_600_000 + hours) * 3_600_000).toISOString();
}
