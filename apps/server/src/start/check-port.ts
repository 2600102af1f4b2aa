import { createServer } from "node:net";
import { StartError } from "./start-error.ts";

/**
 * Makes sure before the long steps that the port can be had. Throws StartError when it is taken or forbidden, or when
 * the host is no address of this machine.
 */
export async function checkPort({
  port,
  host,
  setting = "PORT",
}: {
  port: number;
  host: string;
  /** What chooses the port. */
  setting?: string;
}): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((done, fail) => {
      server.once("error", fail);
      server.listen({ port, host, exclusive: true }, done);
    });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EADDRINUSE") {
      throw new StartError(
        `port ${port} is in use on ${host}: stop what runs there, or set ${setting} to another one`,
      );
    }
    if (code === "EACCES")
      throw new StartError(
        `${setting}: ${port} needs more rights than this account has; choose one above 1023`,
      );
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
      throw new StartError(`HOST: ${host} is no address of this machine`);
    }
    throw error;
  }
  await new Promise((done) => server.close(done));
}
