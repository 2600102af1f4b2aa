import { useTranslations } from "next-intl";
import { AgainLink } from "./again-link.tsx";
import { Booker } from "./booker.tsx";
import { restart, sitesAddress, withState } from "./booking-state.ts";
import type { PageView } from "./guest-client.ts";
import { PageHeading } from "./page-heading.tsx";
import { PlaceLine } from "./place-line.tsx";
import { ServiceChoice } from "./service-choice.tsx";
import type { BookingStart, Site } from "./start.ts";

interface PublicBookerProps {
  page: PageView;
  site: Site;
  query: URLSearchParams;
  basePath: string;
  /** What the server found for the address; null: a service is to be chosen first. */
  start: BookingStart | null;
  now: number;
  isEmbedded?: boolean;
}

/** The booking page's content: what never changes under the visitor's hands is drawn here, on the server. */
export function PublicBooker({ site, query, start, ...props }: PublicBookerProps) {
  const { page, basePath } = props;
  const t = useTranslations("booking");
  const heading = <PageHeading page={page} />;
  if (start) return <Booker {...props} start={start} heading={heading} place={<PlaceLine {...start} />} />;
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-8">
      {heading}
      {page.siteCount > 1 && (
        <div className="-mt-4 flex flex-wrap items-center justify-between gap-x-4 rounded-xl border bg-surface px-4">
          <span className="py-2.5 font-medium">{site.name}</span>
          <AgainLink href={sitesAddress(basePath, query)} label={t("site.change")} />
        </div>
      )}
      <ServiceChoice
        page={page}
        site={site}
        linkTo={(service) => basePath + withState(query, { ...restart, service })}
      />
    </div>
  );
}
