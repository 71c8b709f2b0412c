import { findUnknownName } from '@wechatpay-entrust/base'
import type { Spec } from '@wechatpay-entrust/core'

/** How to read documents. */
export interface ReadDocumentsOptions {
  /** Patterns of paths without their first slash, `v3/pay/**`: read only these operations. */
  readonly only?: readonly string[] | undefined
  /** Patterns of paths without their first slash: leave these operations out. */
  readonly except?: readonly string[] | undefined
  /**
   * A spec whose operations are left out, because the client has them already. Default: that of the
   * client itself.
   */
  readonly own?: Pick<Spec, 'operations'> | undefined
  /** Called with a line of text for each step. */
  readonly onProgress?: ((line: string) => void) | undefined
}

const known: { readonly [Name in keyof Required<ReadDocumentsOptions>]: true } = {
  only: true,
  except: true,
  own: true,
  onProgress: true,
}

/** Rejects what would be dropped silently. */
export function checkOptions(inputs: unknown, options: ReadDocumentsOptions): void {
  const texts = (value: unknown) =>
    Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== '')
  if (!texts(inputs) || (inputs as unknown[]).length === 0)
    throw new TypeError('readDocuments: inputs must be a list of at least one file or folder.')
  const unknown = findUnknownName(options, Object.keys(known))
  if (unknown) {
    const hint =
      unknown.nearest === undefined
        ? `Known options: ${Object.keys(known).join(', ')}.`
        : `Did you mean ${unknown.nearest}?`
    throw new TypeError(`readDocuments: unknown option ${JSON.stringify(unknown.name)}. ${hint}`)
  }
  for (const name of ['only', 'except'] as const)
    if (options[name] !== undefined && !texts(options[name]))
      throw new TypeError(
        `readDocuments: ${name} must be a list of patterns, for example ["v3/pay/**"].`,
      )
}
