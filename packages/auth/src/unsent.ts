/**
 * What failed before the request was sent. By `unsent` whoever called the signing fetch knows that a repeat is safe, across
 * packages and copies of them. The message holds our words only: what foreign code threw may say anything, and is the cause.
 */
export function unsent(message: string, cause?: unknown): Error & { readonly unsent: true } {
  return Object.assign(new Error(message, cause === undefined ? undefined : { cause }), { unsent: true } as const)
}

/** Whether an error says so already. */
export function isUnsent(error: unknown): boolean {
  return error instanceof Error && (error as { unsent?: unknown }).unsent === true
}
