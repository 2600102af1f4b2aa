import type { IncomingMessage, ServerResponse } from "node:http";

/** One request under `/api/auth/`, its body read and its origin checked. */
export interface AuthRequest {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  /** Fields of the body, form or JSON; empty for a GET. */
  fields: Record<string, string>;
  address: string;
}
