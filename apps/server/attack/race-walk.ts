import type { Visitor } from "./browser.ts";
import type { Furnished } from "./furnish-site.ts";

const rivals = 20;

/** Sends staff and visitors for the same times at once; answers every time that more than one of them got. */
export async function walkRaces({ owner, ids, links }: Furnished, visit: () => Visitor): Promise<string[]> {
  const findings: string[] = [];
  const full = (hours: number) => new Date(Math.ceil(Date.now() / 3_600_000 + hours) * 3_600_000);
  const races = {
    "appointments.create": async (startsAt: Date) =>
      owner.client.appointments.create.mutate({
        providerId: ids.providerId ?? "",
        siteId: ids.siteId ?? "",
        startsAt: startsAt.toISOString(),
        endsAt: new Date(startsAt.getTime() + 1_800_000).toISOString(),
      }),
    "booking.book": async (startsAt: Date) =>
      visit().client.booking.book.mutate({
        username: links.username ?? "",
        siteSlug: links.siteSlug ?? "",
        serviceSlug: links.serviceSlug ?? "",
        startsAt: startsAt.toISOString(),
        client: { name: "Race", email: "race@example.test" },
      }),
  };
  for (const [index, [name, attempt]] of Object.entries(races).entries()) {
    const startsAt = full(60 + index * 4);
    const outcomes = await Promise.allSettled(Array.from({ length: rivals }, () => attempt(startsAt)));
    const won = outcomes.filter(({ status }) => status === "fulfilled").length;
    if (won > 1) findings.push(`${name}: ${won} of ${rivals} got the same time`);
  }
  return findings;
}
