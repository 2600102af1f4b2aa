import { ArrowLeft } from "../../components/signs.tsx";
import { SoftLink } from "./soft-link.tsx";

/** Leads back to a choice. */
export function AgainLink({ href, label }: { href: string; label: string }) {
  return (
    <SoftLink
      href={href}
      className="inline-flex min-h-11 items-center gap-1.5 self-start rounded text-muted-foreground underline-offset-2 hover:text-foreground hover:underline"
    >
      <ArrowLeft aria-hidden className="size-4" />
      {label}
    </SoftLink>
  );
}
