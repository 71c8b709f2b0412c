/**
 * An error that happened before the request was sent. The mark `unsent` shows that a retry is safe.
 * It is a property and not a class, so that it works across packages and across copies of a
 * package. An error of foreign code is only the `cause`: its text may contain anything.
 */
export function unsent(message: string, cause?: unknown): Error & { readonly unsent: true } {
  return Object.assign(new Error(message, cause === undefined ? undefined : { cause }), {
    unsent: true,
  } as const)
}

/** Whether an error has the mark. */
export function isUnsent(error: unknown): error is Error & { readonly unsent: true } {
  return error instanceof Error && (error as { unsent?: unknown }).unsent === true
}
