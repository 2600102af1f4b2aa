/**
 * A WebSocket whose handshake cannot hang. The socket client waits for `open` or `error` and for nothing else: a network
 * that swallows the handshake would keep it waiting for minutes, and one that ends it with `close` alone for ever.
 */
export function impatient(Socket: typeof WebSocket, openWithinMs: number): typeof WebSocket {
  return class extends Socket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      const timer = setTimeout(() => this.close(), openWithinMs);
      let isDecided = false;
      const decide = () => {
        isDecided = true;
        clearTimeout(timer);
      };
      this.addEventListener("open", decide);
      this.addEventListener("error", decide);
      this.addEventListener("close", () => {
        if (!isDecided) this.dispatchEvent(new Event("error"));
      });
    }
  };
}
