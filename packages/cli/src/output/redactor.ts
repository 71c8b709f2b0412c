/**
 * Takes secrets out of whatever is printed. The last of several guards: no text should hold one in
 * the first place.
 */
export interface Redactor {
  /**
   * Has a secret taken out from now on: a key's text, each line of a PEM, the password of an
   * address.
   */
  hide(secret: string): void
  redact(text: string): string
}

/** Shorter ones would also be found where they mean nothing. */
const shortest = 4

export function createRedactor(): Redactor {
  const secrets = new Set<string>()
  return {
    hide(secret) {
      // A PEM is never printed as a whole only: one of its lines is as bad.
      const isPem = secret.includes('-----BEGIN')
      const parts = isPem
        ? secret.split(/\s+|\\n/).filter((line) => /^[\w+/=]{16,}$/.test(line))
        : [secret]
      for (const part of parts) if (part.length >= shortest) secrets.add(part)
    },
    redact(text) {
      let clean = text
      for (const secret of secrets) {
        clean = clean.replaceAll(secret, '[secret]')
        // As it stands inside of JSON, or of an address.
        clean = clean.replaceAll(JSON.stringify(secret).slice(1, -1), '[secret]')
        clean = clean.replaceAll(encodeURIComponent(secret), '[secret]')
      }
      return clean
    },
  }
}
