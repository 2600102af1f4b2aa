import { createUser } from "@creneau/db/testing/factories";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Role } from "../actor.ts";
import type { Context } from "../context.ts";
import { type Offices, openOffices, refusal, refusalDetails } from "../directory/office.fixture.ts";
import { verifyCredentials } from "../identity/verify-credentials.ts";

let offices: Offices;
beforeAll(async () => {
  offices = await openOffices();
});
afterAll(() => offices.close());

const tokenOf = (link: string | null) => link?.split("/").at(-1) ?? "";
const account = { name: "Nina New", password: "a long enough password" };

test("an invitation makes an account and a seat, once, and signs in", async () => {
  const { office } = offices;
  const admin = await offices.as("admin", office);
  const { link, mailed } = await admin.members.invite({
    email: "Nina@Example.test",
    role: "operator",
    siteIds: [office.siteId],
  });
  expect([mailed, link?.startsWith("http://localhost:3000/fr/invitation/")]).toEqual([false, true]);
  const token = tokenOf(link);
  // With a dot, the address would pass for a file's and lose its language.
  expect(token).toMatch(/^[\w-]{50,}$/);
  const stored = JSON.stringify(await offices.rows(office, "SELECT * FROM invitation"));
  expect(stored).not.toContain(token);
  const sessions: unknown[] = [];
  const setSession: Context["setSession"] = async (claims) => void sessions.push(claims);
  const visitor = offices.visitor({ setSession });
  expect(await visitor.members.invitation({ token })).toMatchObject({
    email: "nina@example.test",
    role: "operator",
    hasAccount: false,
  });
  expect(await refusal(visitor.members.acceptInvitation({ token }))).toBe("invalid_input");
  expect(await visitor.members.acceptInvitation({ token, account })).toMatchObject({
    organizationId: office.organization.id,
    role: "operator",
  });
  const claims = await verifyCredentials(offices.database, {
    email: "nina@example.test",
    password: account.password,
  });
  expect(sessions).toEqual([claims]);
  expect(await refusal(visitor.members.acceptInvitation({ token, account }))).toBe("not_found");
  const { items, invitations } = await admin.members.list();
  expect(items.find(({ email }) => email === "nina@example.test")).toMatchObject({
    role: "operator",
    siteIds: [office.siteId],
  });
  expect(invitations).toEqual([]);
  expect(await refusal(admin.members.invite({ email: "nina@example.test", role: "viewer" }))).toBe(
    "already_exists",
  );
});

test("who has an account accepts signed in, with the invited address", async () => {
  const { office, neighbour } = offices;
  const owner = await offices.as("owner", office);
  const guest = await offices.member("viewer", neighbour);
  const token = tokenOf((await owner.members.invite({ email: guest.email, role: "manager" })).link);
  expect(await refusal(offices.visitor().members.acceptInvitation({ token, account }))).toBe(
    "unauthenticated",
  );
  const other = await offices.member("viewer", neighbour);
  expect(await refusal(other.api.members.acceptInvitation({ token }))).toBe("forbidden");
  expect(await guest.api.members.acceptInvitation({ token })).toMatchObject({
    slug: office.organization.slug,
    role: "manager",
  });
});

test("an invitation ends: withdrawn, replaced, or too old", async () => {
  const { office } = offices;
  const owner = await offices.as("owner", office);
  const visitor = offices.visitor();
  const email = "late@example.test";
  const first = tokenOf((await owner.members.invite({ email, role: "viewer" })).link);
  const { link, invitation } = await owner.members.invite({ email, role: "viewer" });
  expect(await refusal(visitor.members.invitation({ token: first }))).toBe("not_found");
  const later = offices.visitor({ now: () => Date.parse(invitation.expiresAt) });
  expect(await refusal(later.members.acceptInvitation({ token: tokenOf(link), account }))).toBe("not_found");
  expect(
    await refusal(
      (await offices.as("owner", offices.neighbour)).members.revokeInvitation({ id: invitation.id }),
    ),
  ).toBe("not_found");
  await owner.members.revokeInvitation({ id: invitation.id });
  expect(await refusal(visitor.members.acceptInvitation({ token: tokenOf(link), account }))).toBe(
    "not_found",
  );
  expect(await refusal(visitor.members.invitation({ token: "nonsense-that-is-long-enough" }))).toBe(
    "not_found",
  );
});

test("where mail can be sent, the link goes by mail alone", async () => {
  const mails: { to: string; text: string }[] = [];
  const mailer = {
    send: async (mail: { to: string; text: string }) => void mails.push(mail),
    close: () => undefined,
  };
  const owner = await offices.as("owner", offices.office, { context: { mailer } });
  const answer = await owner.members.invite({ email: "mailed@example.test", role: "viewer", locale: "en" });
  expect(answer).toMatchObject({ mailed: true, link: null });
  await vi.waitFor(() => expect(mails).toMatchObject([{ to: "mailed@example.test" }]));
  const token = /\/en\/invitation\/(\S+)/.exec(mails[0]?.text ?? "")?.[1] ?? "";
  expect((await offices.visitor().members.invitation({ token })).role).toBe("viewer");
});

const matrix: [Role, Record<"view" | "change" | "owners", boolean>][] = [
  ["owner", { view: true, change: true, owners: true }],
  ["admin", { view: true, change: true, owners: false }],
  ["manager", { view: true, change: false, owners: false }],
  ["provider", { view: false, change: false, owners: false }],
  ["operator", { view: false, change: false, owners: false }],
  ["viewer", { view: false, change: false, owners: false }],
];

test.each(matrix)("%s does with seats what the policy says", async (role, may) => {
  const { office } = offices;
  const caller = await offices.as(role, office);
  const target = await offices.member("viewer", office);
  const owner = await offices.member("owner", office);
  const outcome = (allowed: boolean) => (allowed ? "accepted" : "forbidden");
  expect(await refusal(caller.members.list())).toBe(outcome(may.view));
  expect(await refusal(caller.members.invite({ email: `${role}@invited.test`, role: "admin" }))).toBe(
    outcome(may.change),
  );
  expect(await refusal(caller.members.invite({ email: `${role}@owner.test`, role: "owner" }))).toBe(
    outcome(may.owners),
  );
  expect(await refusal(caller.members.changeRole({ id: target.membershipId, role: "operator" }))).toBe(
    outcome(may.change),
  );
  expect(await refusal(caller.members.changeRole({ id: target.membershipId, role: "owner" }))).toBe(
    outcome(may.owners),
  );
  expect(await refusal(caller.members.changeRole({ id: owner.membershipId, role: "viewer" }))).toBe(
    outcome(may.owners),
  );
  expect(
    await refusal(caller.members.remove({ id: (await offices.member("viewer", office)).membershipId })),
  ).toBe(outcome(may.change));
});

test("the last owner neither leaves nor steps down, even when two try at once", async () => {
  const { neighbour } = offices;
  await offices.rows(neighbour, "DELETE FROM membership");
  const first = await offices.member("owner", neighbour);
  expect(await refusal(first.api.members.leave())).toBe("in_use");
  expect(await refusal(first.api.members.changeRole({ id: first.membershipId, role: "admin" }))).toBe(
    "in_use",
  );
  const second = await offices.member("owner", neighbour);
  const outcomes = await Promise.all([
    refusal(first.api.members.leave()),
    refusal(second.api.members.leave()),
  ]);
  expect(outcomes.toSorted()).toEqual(["accepted", "in_use"]);
});

test("nobody gives more sites than they cover", async () => {
  const { office } = offices;
  const admin = await offices.as("admin", office, { siteIds: [office.siteId] });
  const target = await offices.member("viewer", office, { siteIds: [office.siteId] });
  const everywhere = await offices.member("viewer", office);
  expect(await refusal(admin.members.invite({ email: "x@y.test", role: "viewer" }))).toBe("forbidden");
  expect(
    await refusal(admin.members.changeRole({ id: target.membershipId, siteIds: [office.otherSiteId] })),
  ).toBe("forbidden");
  expect(await refusal(admin.members.changeRole({ id: everywhere.membershipId, role: "operator" }))).toBe(
    "forbidden",
  );
  expect(await refusal(admin.members.changeRole({ id: target.membershipId, role: "operator" }))).toBe(
    "accepted",
  );
});

test("a change of seat tells whose sessions to look at again, here and elsewhere", async () => {
  const { office } = offices;
  const forgotten: string[] = [];
  const owner = await offices.as("owner", office, {
    context: { forgetSession: (userId) => void forgotten.push(userId) },
  });
  const member = await offices.member("provider", office);
  await owner.directory.providers.update({ id: office.providerId, userId: member.userId });
  await owner.members.remove({ id: member.membershipId });
  expect(forgotten).toEqual([member.userId]);
  const [event] = await offices.rows(
    office,
    "SELECT type, payload FROM event WHERE entity_id = $1 ORDER BY id DESC LIMIT 1",
    [member.membershipId],
  );
  expect(event).toEqual({ type: "member.removed", payload: { userId: member.userId } });
  expect(
    (await owner.directory.providers.list()).items.find(({ id }) => id === office.providerId)?.userId,
  ).toBeNull();
});

test("seats of another organization do not exist", async () => {
  const owner = await offices.as("owner", offices.office);
  const theirs = await offices.member("viewer", offices.neighbour);
  expect(await refusal(owner.members.changeRole({ id: theirs.membershipId, role: "admin" }))).toBe(
    "not_found",
  );
  expect(await refusal(owner.members.remove({ id: theirs.membershipId }))).toBe("not_found");
  expect((await owner.members.list()).items.map(({ userId }) => userId)).not.toContain(theirs.userId);
});

test("usernames: free, taken by a person or an organization, reserved, malformed", async () => {
  const { office, neighbour } = offices;
  await createUser(offices.database, { username: "claire-martin" });
  const { api } = await offices.member("viewer", office);
  const answers = await Promise.all(
    [
      "someone-new",
      "claire-martin",
      neighbour.organization.slug,
      "admin",
      "WWW",
      "no",
      "two--dashes",
      "-x-y",
    ].map(async (username) => (await api.members.usernameAvailable({ username })).reason),
  );
  expect(answers).toEqual([null, "taken", "taken", "reserved", "reserved", "invalid", "invalid", "invalid"]);
  await api.members.setUsername({ username: "Someone-New" });
  expect(await api.members.usernameAvailable({ username: "someone-new" })).toEqual({
    available: true,
    reason: null,
  });
  const other = await offices.as("viewer", neighbour);
  expect(await refusalDetails(other.members.setUsername({ username: "someone-new" }))).toEqual({
    field: "username",
  });
  expect(await refusal(other.members.setUsername({ username: "dashboard" }))).toBe("invalid_input");
});
