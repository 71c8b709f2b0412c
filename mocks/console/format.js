// Formats for times, durations and texts.

/** @param {number} value */
const two = (value) => String(value).padStart(2, '0')

/**
 * The local time of day.
 *
 * @param {number} milliseconds
 */
export function timeOf(milliseconds) {
  const date = new Date(milliseconds)
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')
}

/**
 * The local date and time.
 *
 * @param {number} milliseconds
 */
export function dateTimeOf(milliseconds) {
  const date = new Date(milliseconds)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${timeOf(milliseconds)}`
}

/**
 * `1 h 59 min`, `4 min 3 s`, `12 s`.
 *
 * @param {number} milliseconds
 */
export function durationOf(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)]
  if (hours > 0) return `${hours} h ${minutes} min`
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`
}

/**
 * JSON with indents; other text unchanged.
 *
 * @param {string} text
 */
export function prettyJson(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
