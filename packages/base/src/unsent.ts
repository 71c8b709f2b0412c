/**
 * An error from before the request was sent. The caller of the signing fetch reads `unsent` and
 * knows that a repeat is safe, also across packages and copies of them. Foreign text may say
 * anything, so it is only the `cause`.
 */
export function unsent(message: string, cause?: unknown): Error & { readonly unsent: true } {
  return Object.assign(new Error(message, cause === undefined ? undefined : { cause }), {
    unsent: true,
  } as const)
}

/** Whether an error carries the mark. */
export function isUnsent(error: unknown): error is Error & { readonly unsent: true } {
  return error instanceof Error && (error as { unsent?: unknown }).unsent === true
}
