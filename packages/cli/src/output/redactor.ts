/**
 * Removes secrets from everything that is printed. It is the last of several guards: no text should
 * contain a secret.
 */
export interface Redactor {
  /** Removes this secret from now on: the text of a key, each line of a PEM, or a password. */
  hide(secret: string): void
  redact(text: string): string
}

/** A shorter secret would also match unrelated text. */
const shortest = 4

export function createRedactor(): Redactor {
  const secrets = new Set<string>()
  return {
    hide(secret) {
      // A single line of a PEM must not be printed either.
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
        // In JSON, and in a URL, the secret is escaped.
        clean = clean.replaceAll(JSON.stringify(secret).slice(1, -1), '[secret]')
        clean = clean.replaceAll(encodeURIComponent(secret), '[secret]')
      }
      return clean
    },
  }
}
