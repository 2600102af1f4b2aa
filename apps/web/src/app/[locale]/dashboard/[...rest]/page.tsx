import { notFound } from "next/navigation";

/** What no page of staff answers: "not found" inside their frame, so that the way on is in sight. */
export default function UnknownPage() {
  notFound();
}
