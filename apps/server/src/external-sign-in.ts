import type { ExternalIdentity } from "@creneau/api/identity/sign-in-account";
import type { Account, AuthOptions, Profile } from "next-auth";
import type { ServerEnv } from "./env.ts";
import { AzureAdProvider, GoogleProvider } from "./next-auth-modules.ts";

/** Microsoft's own tenant of personal accounts, whose addresses it has verified. */
const personalAccounts = "9188040d-6c67-4c5b-b112-36a304b66dad";
const sharedAuthorities = ["common", "organizations", "consumers"];

/** Where the provider describes itself, for another issuer than the vendor's (a local one, a national cloud). */
function discovery(address: string, path: string): string {
  return new URL(path, address).href;
}

/** Google and Microsoft, each only when it is configured. */
export function externalProviders(env: ServerEnv): AuthOptions["providers"] {
  const providers: AuthOptions["providers"] = [];
  if (env.GOOGLE_CLIENT_ID && env.GOOGLE_CLIENT_SECRET) {
    const base = { clientId: env.GOOGLE_CLIENT_ID, clientSecret: env.GOOGLE_CLIENT_SECRET };
    providers.push(
      GoogleProvider({
        ...base,
        wellKnown: discovery(env.GOOGLE_AUTH_URL, "/.well-known/openid-configuration"),
      }),
    );
  }
  if (env.MICROSOFT_CLIENT_ID && env.MICROSOFT_CLIENT_SECRET) {
    providers.push(
      AzureAdProvider({
        clientId: env.MICROSOFT_CLIENT_ID,
        clientSecret: env.MICROSOFT_CLIENT_SECRET,
        wellKnown: `${env.MICROSOFT_AUTHORITY_URL}/v2.0/.well-known/openid-configuration`,
        // The stock one also fetches a photograph, over the network and of no use here.
        profile: ({ sub, name, email }) => ({ id: sub, name, email }),
      }),
    );
  }
  return providers;
}

/**
 * What a provider vouches for. Anybody can put any address on an account of their own Microsoft tenant, so it counts
 * only when Microsoft says that the domain's owner verified it, for personal accounts, or in the one tenant configured.
 */
export function externalIdentity(
  env: ServerEnv,
  account: Account,
  profile: Profile | undefined,
): ExternalIdentity {
  const claims = (profile ?? {}) as Record<string, unknown>;
  const isOneTenant = !sharedAuthorities.includes(env.MICROSOFT_AUTHORITY_URL.split("/").at(-1) ?? "");
  const isEmailVerified =
    account.provider === "google"
      ? claims.email_verified === true
      : isOneTenant ||
        claims.tid === personalAccounts ||
        [true, 1, "1", "true"].includes(claims.xms_edov as never);
  return {
    provider: account.provider,
    providerAccountId: account.providerAccountId,
    email: typeof claims.email === "string" ? claims.email : null,
    isEmailVerified,
  };
}
