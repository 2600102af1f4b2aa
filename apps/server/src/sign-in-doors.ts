import { AppError } from "@creneau/api/errors";
import type { RateLimits } from "./rate-limiter.ts";

/** Who knocks: the account they name, the network they come from, and their browser where it knows the account. */
export interface Knock {
  /** Normalized e-mail address, whether there is such an account or not. */
  account: string;
  network: string;
  device: string | null;
}

/**
 * How often each door may be tried. Nobody can close one for somebody else: what is wrong counts for an account *and*
 * the network it came from, and a browser that has signed in before has a budget of its own. What counts for an account
 * alone is far larger, and slows a crowd of networks down. Both doors never close together: a link is refused only while
 * one that still works lies in the mailbox.
 */
export class SignInDoors {
  readonly #limits: RateLimits;

  constructor(limits: RateLimits) {
    this.#limits = limits;
  }

  /** Before a password is looked at. Throws AppError `rate_limited`. */
  async tryPassword({ account, network, device }: Knock): Promise<void> {
    if (device) return this.#limits.consume("sign_in_device", `${device} ${account}`);
    await this.#limits.consume("sign_in_network", network);
    await this.#limits.consume("sign_in", `${account} ${network}`);
    await this.#limits.consume("sign_in_account", account);
  }

  /** Gives back what the attempts before the right one took. */
  async passwordWasRight({ account, network, device }: Knock): Promise<void> {
    if (device) await this.#limits.reset("sign_in_device", `${device} ${account}`);
    else await this.#limits.reset("sign_in", `${account} ${network}`);
  }

  /** Before a link is mailed. Throws AppError `rate_limited`. */
  async askForLink({ account, network }: Omit<Knock, "device">): Promise<void> {
    const isWithinBudget = await this.#isGranted(async () => {
      await this.#limits.consume("sign_in_link_network", network);
      await this.#limits.consume("sign_in_link", `${account} ${network}`);
      await this.#limits.consume("sign_in_link_account", account);
    });
    const fresh = this.#limits.consume("sign_in_link_fresh", account);
    // Within the budget it only notes that a link was mailed.
    if (isWithinBudget) await this.#isGranted(() => fresh);
    else await fresh;
  }

  async #isGranted(consume: () => Promise<void>): Promise<boolean> {
    try {
      await consume();
      return true;
    } catch (refusal) {
      if (refusal instanceof AppError && refusal.code === "rate_limited") return false;
      throw refusal;
    }
  }
}
