import { createRequire } from "node:module";

// next-auth is CommonJS with an `exports.default`, which Node and the test runner import differently; `require` is one.
const load = createRequire(import.meta.url);
const nextAuth: typeof import("next-auth/next") = load("next-auth/next");
const credentials: typeof import("next-auth/providers/credentials") = load("next-auth/providers/credentials");

export const NextAuth = nextAuth.default;
export const CredentialsProvider = credentials.default;
