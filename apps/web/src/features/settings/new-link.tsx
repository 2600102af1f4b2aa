import { Plus } from "lucide-react";
import { buttonVariants } from "../../components/button.tsx";
import { Link } from "../../i18n/navigation.ts";

/** The way from a list of the settings to the form of a new row. */
export function NewLink({ href, label }: { href: string; label: string }) {
  return (
    <Link href={href} className={buttonVariants({ className: "max-sm:h-11" })}>
      <Plus aria-hidden />
      {label}
    </Link>
  );
}
