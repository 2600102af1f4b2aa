import { TRPCClientError } from "@trpc/client";

/** The stable code of a refused call (`slot_taken`, `forbidden`, …), `offline` when no answer came, else `unknown`. */
export function errorCode(error: unknown): string {
  if (!(error instanceof TRPCClientError)) return "unknown";
  const data: unknown = error.data;
  if (typeof data === "object" && data !== null && "code" in data && typeof data.code === "string") {
    return data.code;
  }
  return error.shape ? "unknown" : "offline";
}

/** What the server says beside the code: `reasons`, `alternatives`, the `current` row; empty when it says nothing. */
export function errorDetails(error: unknown): Record<string, unknown> {
  if (!(error instanceof TRPCClientError)) return {};
  const data: unknown = error.data;
  if (typeof data !== "object" || data === null || !("details" in data)) return {};
  const { details } = data;
  return typeof details === "object" && details !== null ? { ...details } : {};
}

/** Whether there is no such record, or none for this person. What is no id at all is nobody's either. */
export function isGone(error: unknown): boolean {
  return ["not_found", "invalid_input"].includes(errorCode(error));
}
