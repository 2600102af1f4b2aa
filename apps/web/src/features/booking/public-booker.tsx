import { Booker } from "./booker.tsx";
import { restart, withState } from "./booking-state.ts";
import type { PageView } from "./guest-client.ts";
import { PageHeading } from "./page-heading.tsx";
import { PlaceLine } from "./place-line.tsx";
import { ServiceChoice } from "./service-choice.tsx";
import { type BookingStart, chosenSite } from "./start.ts";

interface PublicBookerProps {
  page: PageView;
  query: URLSearchParams;
  basePath: string;
  start: BookingStart | null;
  now: number;
  isEmbedded?: boolean;
}

/** The booking page's content: what never changes under the visitor's hands is drawn here, on the server. */
export function PublicBooker({ query, ...props }: PublicBookerProps) {
  const { page, basePath, start } = props;
  const site = chosenSite(page, query.get("site"));
  return (
    <Booker
      {...props}
      heading={<PageHeading page={page} />}
      place={start && <PlaceLine {...start} />}
      services={
        site &&
        !start && (
          <ServiceChoice
            page={page}
            site={site}
            linkTo={(service) => basePath + withState(query, { ...restart, service })}
          />
        )
      }
    />
  );
}
