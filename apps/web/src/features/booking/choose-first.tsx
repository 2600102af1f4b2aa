"use client";

import type { ReactNode } from "react";
import type { BookingState } from "./booking-state.ts";
import type { PageView } from "./guest-client.ts";
import { ServiceChoice } from "./service-choice.tsx";
import { SiteChoice } from "./site-choice.tsx";
import type { Site } from "./start.ts";

interface ChooseFirstProps {
  page: PageView;
  site: Site | null;
  linkTo: (changes: Partial<BookingState>) => string;
  /** Leads back to the choice of a site. */
  children: ReactNode;
}

/** What comes before the slots, where there is something to choose: the site of a network, then the service. */
export function ChooseFirst({ page, site, linkTo, children }: ChooseFirstProps) {
  return (
    <>
      {site && children && (
        <div className="-mt-4 flex flex-wrap items-center justify-between gap-x-4 rounded-xl border bg-surface px-4">
          <span className="py-2.5 font-medium">{site.name}</span>
          {children}
        </div>
      )}
      {site ? (
        <ServiceChoice page={page} site={site} linkTo={(service) => linkTo({ service })} />
      ) : (
        <SiteChoice page={page} linkTo={linkTo} />
      )}
    </>
  );
}
