import type { AppRouter } from "@creneau/api/root";
import { createTRPCClient, createWSClient, httpLink, type TRPCClient, wsLink } from "@trpc/client";
import { WebSocket } from "ws";

export type Client = TRPCClient<AppRouter>;

/** Somebody's browser: its cookies, and the API as it sees it. */
export interface Visitor {
  readonly cookie: string;
  client: Client;
  /** Plain requests with this browser's cookies and origin; cookies that come back are kept. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** The API over a live socket of this browser; closed with the server, or by `close`. */
  wsClient(): { client: Client; close(): Promise<void> };
  /** A bare socket, already open, to look at frames and close codes. Rejects when the handshake is refused. */
  openSocket(options?: { origin?: string | null }): Promise<WebSocket>;
}

export class Browser implements Visitor {
  readonly #url: string;
  readonly #origin: string;
  readonly #jar = new Map<string, string>();
  readonly #sockets: (() => Promise<void>)[];
  readonly client: Client;

  constructor({ url, origin, sockets }: { url: string; origin: string; sockets: (() => Promise<void>)[] }) {
    this.#url = url;
    this.#origin = origin;
    this.#sockets = sockets;
    this.client = createTRPCClient<AppRouter>({
      links: [
        httpLink({
          url: `${url}/api/trpc`,
          fetch: (input, init) => this.#send(String(input), init as RequestInit),
        }),
      ],
    });
  }

  get cookie(): string {
    return [...this.#jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return this.#send(this.#url + path, init);
  }

  async #send(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.#jar.size > 0) headers.set("cookie", this.cookie);
    if (!headers.has("origin")) headers.set("origin", this.#origin);
    const response = await fetch(url, { redirect: "manual", ...init, headers });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  #keep(setCookie: string): void {
    const [pair = "", ...attributes] = setCookie.split("; ");
    const at = pair.indexOf("=");
    const isGone = attributes.some((attribute) => /^max-age=0$/i.test(attribute));
    if (isGone) this.#jar.delete(pair.slice(0, at));
    else this.#jar.set(pair.slice(0, at), pair.slice(at + 1));
  }

  wsClient(): { client: Client; close(): Promise<void> } {
    const { cookie } = this;
    const origin = this.#origin;
    class CookieSocket extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols, { headers: { cookie, origin } });
      }
    }
    const socket = createWSClient({
      url: `${this.#url.replace("http", "ws")}/api/trpc`,
      WebSocket: CookieSocket as unknown as typeof globalThis.WebSocket,
      retryDelayMs: () => 50,
    });
    const close = () => Promise.resolve(socket.close());
    this.#sockets.push(close);
    return { client: createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] }), close };
  }

  async openSocket({ origin = this.#origin }: { origin?: string | null } = {}): Promise<WebSocket> {
    const headers = { cookie: this.cookie, ...(origin !== null && { origin }) };
    const socket = new WebSocket(`${this.#url.replace("http", "ws")}/api/trpc`, { headers });
    this.#sockets.push(async () => socket.terminate());
    await new Promise<void>((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    });
    return socket;
  }

  async signIn(email: string, password: string): Promise<Response> {
    const csrf = (await (await this.fetch("/api/auth/csrf")).json()) as { csrfToken: string };
    return this.fetch("/api/auth/callback/credentials", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ email, password, csrfToken: csrf.csrfToken, json: "true" }),
    });
  }
}

/** Signs in at a server that runs in a process of its own. */
export async function signInAt(url: string, email: string, password: string): Promise<Visitor> {
  const browser = new Browser({ url, origin: new URL(url).origin, sockets: [] });
  const response = await browser.signIn(email, password);
  if (response.status !== 200)
    throw new Error(`Sign-in refused: ${response.status} ${await response.text()}`);
  return browser;
}
