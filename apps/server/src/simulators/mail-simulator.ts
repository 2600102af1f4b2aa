import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { handleMailbox, startMailbox } from "./mailbox.ts";
import type { Simulator } from "./simulator.ts";

/** A mail server that receives everything and delivers nothing, with pages that show what came. */
export async function startMailSimulator({
  port,
  pagesPort,
}: {
  port: number;
  pagesPort: number;
}): Promise<Simulator> {
  const mailbox = await startMailbox({ port });
  const pages = createServer((request, response) => {
    if (!handleMailbox(request, response)) response.writeHead(302, { location: "/demo/mailbox" }).end();
  });
  await new Promise<void>((listening, failed) => {
    pages.once("error", failed);
    pages.listen(pagesPort, "127.0.0.1", listening);
  });
  const { port: openPort } = pages.address() as AddressInfo;
  return {
    name: "mail (SMTP)",
    variables: { SMTP_URL: mailbox.smtpUrl },
    page: `http://localhost:${openPort}/demo/mailbox`,
    async close() {
      pages.closeAllConnections();
      await new Promise((closed) => pages.close(closed));
      await mailbox.close();
    },
  };
}
