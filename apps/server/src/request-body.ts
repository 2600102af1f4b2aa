import type { IncomingMessage } from "node:http";
import { AppError } from "@creneau/api/errors";

/** Reads a small body whole. Throws AppError `invalid_input` past `maxBytes`. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new AppError("invalid_input", "The request is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Fields of a form or a flat JSON object; anything else has none. */
export async function readFields(request: IncomingMessage): Promise<Record<string, string>> {
  const type = request.headers["content-type"] ?? "";
  const text = await readBody(request, 64 * 1024);
  if (type.startsWith("application/x-www-form-urlencoded"))
    return Object.fromEntries(new URLSearchParams(text));
  if (!type.startsWith("application/json")) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return {};
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, String(field)]));
  } catch {
    throw new AppError("invalid_input", "The request is not valid JSON");
  }
}
