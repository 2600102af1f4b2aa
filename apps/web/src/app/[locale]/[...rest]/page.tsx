import { notFound } from "next/navigation";

/** Whatever no page answers gets the product's own "not found", in the visitor's language. */
export default function UnknownPage() {
  notFound();
}
