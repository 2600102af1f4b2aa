import { useTranslations } from "next-intl";
import { MapPin, Phone, Video } from "../../components/signs.tsx";
import { AsideLine } from "./aside-line.tsx";
import type { BookingStart } from "./start.ts";

const places = { in_person: MapPin, video: Video, phone: Phone } as const;

/** Where they meet, with the address in person; drawn on the server. */
export function PlaceLine({ site, service }: Pick<BookingStart, "site" | "service">) {
  const t = useTranslations("booking");
  const kind = service.locationKind as keyof typeof places;
  const address = [site.address, [site.postalCode, site.city].filter(Boolean).join(" ")]
    .filter(Boolean)
    .join(", ");
  return (
    <AsideLine icon={places[kind]}>
      {kind === "in_person" ? (
        <>
          {site.name}
          {address && <span className="block text-muted-foreground">{address}</span>}
        </>
      ) : (
        t(`place.${kind}`)
      )}
    </AsideLine>
  );
}
