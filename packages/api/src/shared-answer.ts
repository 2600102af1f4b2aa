const sharedAnswers = new WeakSet<object>();

/**
 * Marks an answer that is given to many callers and never changed: a transport may keep its serialised form as long as
 * the answer lives.
 */
export function shareAnswer<Answer extends object>(answer: Answer): Answer {
  sharedAnswers.add(answer);
  return answer;
}

/** Whether the answer was marked so. */
export function isSharedAnswer(answer: unknown): answer is object {
  return typeof answer === "object" && answer !== null && sharedAnswers.has(answer);
}
