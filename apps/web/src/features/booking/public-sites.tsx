import type { PageView } from "./guest-client.ts";
import { PageHeading } from "./page-heading.tsx";
import { SiteChoice } from "./site-choice.tsx";

/** A network's first screen. A page of its own: who chooses a place loads no calendar, and the reverse. */
export function PublicSites({ page, basePath }: { page: PageView; basePath: string }) {
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-8">
      <PageHeading page={page} />
      <SiteChoice page={page} basePath={basePath} />
    </div>
  );
}
