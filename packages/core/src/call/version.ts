/** This package's version, for the `User-Agent` header. A test compares it with package.json. */
export const version = '0.0.0'
