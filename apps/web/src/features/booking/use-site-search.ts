"use client";

import { useEffect, useState } from "react";
import { guest, refusalOf, type Target } from "./guest-client.ts";
import { nearOf, type SearchOrder, type SiteSearch } from "./site-search.ts";

interface Question {
  username: string;
  /** Null: nothing can be booked, nothing is searched. */
  serviceSlug: string | null;
  /** What it is about: a longer appointment finds other starts. */
  subject?: Target["subject"];
  near: string;
  order: SearchOrder;
  radiusKm: number;
}

/** Typing comes to rest for so long before a question goes out. */
const restMs = 250;

/** The places around what was typed, with their first free starts; the last ones stay while the next are looked for. */
export function useSiteSearch({
  username,
  serviceSlug,
  subject,
  near,
  order,
  radiusKm,
}: Question): SiteSearch {
  const about = JSON.stringify(subject);
  const [search, setSearch] = useState<SiteSearch>({ state: "idle" });
  useEffect(() => {
    const where = nearOf(near);
    if (!where || !serviceSlug) return setSearch({ state: "idle" });
    let isOver = false;
    const timer = setTimeout(() => {
      setSearch((before) => (before.state === "found" ? before : { state: "searching" }));
      const question = {
        organizationSlug: username,
        serviceSlug,
        subject: about ? (JSON.parse(about) as Target["subject"]) : undefined,
        ...where,
        order,
        radiusKm,
        starts: 3,
      };
      guest.query("search", question).then(
        ({ sites, origin: { label, isApproximate } }) =>
          isOver || setSearch({ state: "found", sites, label, isApproximate }),
        (error) =>
          isOver || setSearch({ state: refusalOf(error).code === "not_found" ? "nowhere" : "failed" }),
      );
    }, restMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [username, serviceSlug, about, near, order, radiusKm]);
  return search;
}
