/** `application/json`, also with parameters or as a suffix: `application/vnd.x+json`. */
const isJson = (type: string): boolean =>
  /^(application|text)\/([\w.!#$&^-]+\+)?json$/.test(plain(type))

/** `*` and `application/*`: JSON is among them. */
const isAnything = (type: string): boolean => ['*/*', 'application/*'].includes(plain(type))

export const isMultipart = (type: string): boolean => plain(type) === 'multipart/form-data'

const plain = (type: string): string => type.split(';', 1)[0]?.trim().toLowerCase() ?? ''

/** The media type of JSON among those of a body. */
export const findJson = (types: readonly string[]): string | undefined =>
  types.find(isJson) ?? types.find(isAnything)
