import type { Provider } from "./appointment.ts";

/** The head of a provider's column: colour, name and what they are. */
export function ProviderHeading({ provider }: { provider: Provider }) {
  return (
    <span className="flex min-w-0 items-center justify-center gap-2">
      <span aria-hidden className="size-2.5 shrink-0 rounded-full" style={{ background: provider.colour }} />
      <span className="min-w-0 text-left leading-tight">
        <span className="block truncate font-semibold">{provider.name}</span>
        {provider.title && (
          <span className="block truncate font-normal text-muted-foreground text-xs">{provider.title}</span>
        )}
      </span>
    </span>
  );
}
