import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { impatient } from "./impatient-socket.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A socket without a network: it opens and closes when it is told to. */
class SilentSocket extends EventTarget {
  close() {
    this.dispatchEvent(new Event("close"));
  }
}

function openSocket() {
  const Socket = impatient(SilentSocket as unknown as typeof WebSocket, 8_000);
  const socket = new Socket("ws://localhost");
  const heard: string[] = [];
  for (const type of ["open", "error", "close"]) socket.addEventListener(type, () => heard.push(type));
  return { socket, heard };
}

describe("impatient", () => {
  it("gives up a handshake that nobody answers", async () => {
    const { heard } = openSocket();
    await vi.advanceTimersByTimeAsync(7_999);
    expect(heard).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(heard).toContain("error");
  });

  it("calls a handshake that ends without opening a failure", () => {
    const { socket, heard } = openSocket();
    socket.close();
    expect(heard).toContain("error");
    expect(vi.getTimerCount()).toBe(0);
  });

  it("leaves an open socket and its ordinary end alone", async () => {
    const { socket, heard } = openSocket();
    socket.dispatchEvent(new Event("open"));
    await vi.advanceTimersByTimeAsync(60_000);
    socket.close();
    expect(heard).toEqual(["open", "close"]);
  });
});
