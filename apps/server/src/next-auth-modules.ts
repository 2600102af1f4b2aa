import { createRequire } from "node:module";

// next-auth is CommonJS with an `exports.default`, which Node and the test runner import differently; `require` is one.
const load = createRequire(import.meta.url);
const nextAuth: typeof import("next-auth/next") = load("next-auth/next");
const credentials: typeof import("next-auth/providers/credentials") = load("next-auth/providers/credentials");
const google: typeof import("next-auth/providers/google") = load("next-auth/providers/google");
const azureAd: typeof import("next-auth/providers/azure-ad") = load("next-auth/providers/azure-ad");

export const NextAuth = nextAuth.default;
export const CredentialsProvider = credentials.default;
export const GoogleProvider = google.default;
export const AzureAdProvider = azureAd.default;
