import type { BookedView } from "@creneau/api/booking/schema";
import type { joinInput, WaitlistView } from "@creneau/api/waitlist/schema";
import type { z } from "zod";
import { callAsGuest } from "../booking/guest-client.ts";

export type Wish = z.input<typeof joinInput>;
type Link = { waitlistToken: string };

const post = (procedure: string, input: object) => callAsGuest(`waitlist.${procedure}`, input);

/** The waiting list as whoever waits uses it: by the link of their entry, without an account. */
export const waitlist = {
  join: (wish: Wish) => post("join", wish) as Promise<Link>,
  entry: (link: Link) =>
    callAsGuest(`waitlist.entry?input=${encodeURIComponent(JSON.stringify(link))}`) as Promise<WaitlistView>,
  accept: (link: Link) => post("accept", link) as Promise<BookedView>,
  decline: (link: Link) => post("decline", link) as Promise<WaitlistView>,
  leave: (link: Link) => post("leave", link) as Promise<WaitlistView>,
};
