import { createHash } from "node:crypto";
import { AppError } from "@creneau/api/errors";
import type { RateBudget } from "@creneau/api/services";
import type { Database } from "@creneau/db/database";
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from "rate-limiter-flexible";

type Budget =
  | RateBudget
  | "sign_in_network"
  | "sign_in_account"
  | "sign_in_device"
  | "sign_in_link_network"
  | "sign_in_link_account"
  | "sign_in_link_fresh";

interface BudgetSize {
  points: number;
  seconds: number;
  /** Counted in this process alone: for budgets so large that a write for each request would cost more than it saves. */
  isLocal?: boolean;
}

/** How much of what, for one key (an address, an account), in which time. */
const budgetSizes: Record<Budget, BudgetSize> = {
  /** Passwords for one account from one network. */
  sign_in: { points: 10, seconds: 900 },
  /** Passwords for one account from a browser that has signed in to it before. */
  sign_in_device: { points: 10, seconds: 900 },
  /** Passwords from one network: an office behind one router signs in on Monday morning. */
  sign_in_network: { points: 60, seconds: 900 },
  /** Passwords for one account from everywhere: a crowd of networks guesses no faster. */
  sign_in_account: { points: 100, seconds: 3600 },
  /** Links for one account asked for from one network, from one network, for one account. */
  sign_in_link: { points: 5, seconds: 900 },
  sign_in_link_network: { points: 60, seconds: 900 },
  sign_in_link_account: { points: 12, seconds: 3600 },
  /** One link lies in the mailbox and works: shorter than it is valid. */
  sign_in_link_fresh: { points: 1, seconds: 600 },
  username_check: { points: 30, seconds: 60 },
  public_read: { points: 600, seconds: 60, isLocal: true },
  public_write: { points: 60, seconds: 60 },
  hold: { points: 20, seconds: 60 },
  contact: { points: 5, seconds: 3600 },
  /** People whom visitors of one network have us write to. */
  recipients: { points: 60, seconds: 3600 },
};

export interface RateLimits {
  /** Takes points, one unless told; throws AppError `rate_limited` with `retryAfterSeconds` when none is left. */
  consume(budget: Budget, key: string, points?: number): Promise<void>;
  /** Gives all points back, after a success say. */
  reset(budget: Budget, key: string): Promise<void>;
}

const unlimited: RateLimits = { consume: async () => undefined, reset: async () => undefined };

/** Keys are hashed: the table then holds neither addresses nor e-mails. */
function hashed(key: string): string {
  return createHash("sha256").update(key).digest("base64url").slice(0, 32);
}

/** Budgets that all processes share through PostgreSQL; each process counts alone while the database is away. */
export function createRateLimits({
  database,
  enabled,
}: {
  database: Database;
  enabled: boolean;
}): RateLimits {
  if (!enabled) return unlimited;
  const limiters = new Map<Budget, RateLimiterAbstract>();
  for (const [name, { points, seconds, isLocal }] of Object.entries(budgetSizes) as [Budget, BudgetSize][]) {
    const memory = new RateLimiterMemory({ keyPrefix: name, points, duration: seconds });
    const shared = () =>
      new RateLimiterPostgres({
        storeClient: database.pool,
        storeType: "pool",
        tableName: "rate_limit",
        tableCreated: true,
        keyPrefix: name,
        points,
        duration: seconds,
        inMemoryBlockOnConsumed: points + 1,
        insuranceLimiter: memory,
      });
    limiters.set(name, isLocal ? memory : shared());
  }
  return {
    async consume(budget, key, points = 1) {
      try {
        await limiters.get(budget)?.consume(hashed(key), points);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
        throw new AppError("rate_limited", "Too many attempts, try again later", { retryAfterSeconds });
      }
    },
    async reset(budget, key) {
      await limiters.get(budget)?.delete(hashed(key));
    },
  };
}
