import type { Database } from "@creneau/db/database";

const limit = 5000;
const names = new Map<string, string>();

/** Names of users, cached in the process: every live event carries its author's. A renamed user shows late, by design. */
export const userNames = {
  async nameOf(database: Database, userId: string): Promise<string | null> {
    const known = names.get(userId);
    if (known !== undefined) return known;
    const user = await database.prisma.user.findUnique({ where: { id: userId }, select: { name: true } });
    if (!user) return null;
    if (names.size >= limit) names.clear();
    names.set(userId, user.name);
    return user.name;
  },
  /** For a database that has gone back in time, or is another. */
  forgetAll(): void {
    names.clear();
  },
};
