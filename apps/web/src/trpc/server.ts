import type { AppRouter } from "@creneau/api/root";
import { headers } from "next/headers";
import { cache } from "react";

type Caller = ReturnType<AppRouter["createCaller"]>;
type CreateCaller = (headers: Headers) => Promise<Caller>;

const slot = Symbol.for("creneau.caller");

/**
 * The API as the visitor of this request sees it, without an HTTP hop. The server process leaves the factory on
 * `globalThis` because the Next bundle and the server are two module graphs in one process.
 */
export const api = cache(async (): Promise<Caller> => {
  const createCaller = (globalThis as { [slot]?: CreateCaller })[slot];
  if (!createCaller)
    throw new Error("The web pages run inside the Créneau server process; start it with npm start.");
  return createCaller(await headers());
});

/** Who is looking, or null for a visitor without a session. Asked once per request. */
export const viewer = cache(async () => (await api()).session.me());

/** Whether what was put away is shown to who is looking. */
export async function maySeeArchives(): Promise<boolean> {
  return (await viewer())?.permissions.includes("directory.change") ?? false;
}
