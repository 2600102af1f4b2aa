import { Phone } from "../../components/signs.tsx";

/** "+33472000000" as it is read out: "04 72 00 00 00"; other countries stay as they are. */
function readable(phone: string): string {
  const french = /^\+33(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(phone);
  return french ? `0${french[1]} ${french.slice(2).join(" ")}` : phone;
}

/** A number to call. */
export function PhoneLink({ phone }: { phone: string }) {
  return (
    <a
      href={`tel:${phone}`}
      className="tabular inline-flex min-h-11 items-center gap-2 rounded font-medium underline underline-offset-2"
    >
      <Phone aria-hidden className="size-4" />
      {readable(phone)}
    </a>
  );
}
