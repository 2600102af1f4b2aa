import { headers } from "next/headers";
import { answerNotFound } from "./answer-not-found.ts";
import { api } from "./server.ts";

/** `BAD_REQUEST`: no id at all. Any other refusal is the frame's or the screen's to tell. */
const codesOfNothing: readonly unknown[] = ["NOT_FOUND", "BAD_REQUEST"];

/**
 * Gives the answer under way the status 404 when what the page is about cannot be found. The screen says so itself, in
 * the same words as when it goes while it is open. `read` answers one row or a list, or throws what the API throws.
 */
export async function answerWhetherFound(
  read: (caller: Awaited<ReturnType<typeof api>>) => Promise<object>,
): Promise<void> {
  // Going from page to page inside the product reads no status: the screen's own question is enough.
  if ((await headers()).get("sec-fetch-dest") === "empty") return;
  try {
    const found = await read(await api());
    if ("items" in found && Array.isArray(found.items) && found.items.length === 0) await answerNotFound();
  } catch (error) {
    // By its code alone: the class is another one in the server's module graph.
    if (error instanceof Error && "code" in error && codesOfNothing.includes(error.code))
      await answerNotFound();
  }
}
