/** The start cannot go on for a reason its user can mend. `message` is one line, printed as it is; exit code 2. */
export class StartError extends Error {
  override readonly name = "StartError";
}
