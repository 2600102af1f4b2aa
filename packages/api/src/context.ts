import type { Browser } from "./identity/session.ts";
import type { LiveSocket, Services } from "./services.ts";

/** One request, or one socket (whose session is re-checked while it lives). */
export interface Context extends Services, Browser {
  requestId: string;
  /** The live socket; absent over HTTP. */
  socket?: LiveSocket;
}
