/** True for an http or https URL whose host is this machine: 127.0.0.0/8, `[::1]` or `localhost`, any port. */
export function isLoopback(url: string): boolean {
  const parsed = URL.parse(url)
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') return false
  return parsed.hostname === 'localhost' || parsed.hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(parsed.hostname)
}
