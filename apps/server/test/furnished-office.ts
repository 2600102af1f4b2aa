import { portalTokenOf } from "@creneau/api/booking/link-tokens";
import type { TestOrganization } from "@creneau/db/testing/factories";
import { type Furnished, furnishSite } from "../attack/furnish-site.ts";
import type { Member, TestServer } from "./test-server.ts";

/** In everything that is the office's alone. */
export const marker = "Alpha-confidentiel";

/** An organization with something of every kind, and who owns it. */
export interface Office extends Furnished {
  organization: TestOrganization;
  owner: Member;
}

/** Makes one, so that there is something to reach by every procedure. */
export async function furnishOffice(server: TestServer): Promise<Office> {
  const organization = await server.createOrganization({ name: marker });
  const owner = await server.signInMember(organization, { role: "owner" });
  const colleague = await server.signInMember(organization, { role: "operator" });
  const furnished = await furnishSite({
    owner,
    visit: () => server.visit(),
    marker,
    providerUserId: owner.userId,
    moreIds: { userId: owner.userId, membershipId: colleague.membershipId },
    portalTokenOf: async (clientId) => portalTokenOf(server.env.AUTH_SECRET, clientId),
  });
  return { ...furnished, organization, owner };
}
