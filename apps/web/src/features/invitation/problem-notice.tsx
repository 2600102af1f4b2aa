/** Why an invitation could not be accepted, announced as soon as it is known. */
export function ProblemNotice({ problem }: { problem: string | null }) {
  return (
    <div aria-live="polite" className="contents">
      {problem && (
        <p role="alert" className="rounded-md border border-danger/40 bg-danger/10 px-3 py-2 text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}
