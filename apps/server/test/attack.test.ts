import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { startTestServer, testPassword } from "./test-server.ts";

const script = fileURLToPath(new URL("../attack/attack.ts", import.meta.url));

function attack(...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [script, ...args]);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      said += chunk;
    });
  }
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, said })));
}

it("attacks a running instance, and no other machine", { timeout: 120_000 }, async () => {
  const server = await startTestServer();
  try {
    const owner = await server.signInMember(await server.createOrganization(), { role: "owner" });
    const stranger = await server.signInMember(await server.createOrganization(), { role: "owner" });
    expect(await attack(server.url, owner.email, testPassword, stranger.email, testPassword)).toEqual({
      code: 0,
      said: "Nothing found.\n",
    });
    expect((await attack("http://creneau.example")).code).toBe(2);
    // Twin: a stranger who is none is found out.
    expect((await attack(server.url, owner.email, testPassword, owner.email, testPassword)).code).toBe(1);
  } finally {
    await server.close();
  }
});
