import { redirect } from "next/navigation";
import type { PageView } from "./guest-client.ts";

/** Leads an address with a name that was given up to the one that its page goes by now, whatever else it says. */
export async function followRename(
  params: Promise<{ username: string }>,
  base: string,
  { page, query, rest = "" }: { page: PageView; query: URLSearchParams; rest?: string },
): Promise<void> {
  const asked = decodeURIComponent((await params).username).toLowerCase();
  if (asked === page.username) return;
  redirect(`${base}/${encodeURIComponent(page.username)}${rest}${query.size ? `?${query}` : ""}`);
}
