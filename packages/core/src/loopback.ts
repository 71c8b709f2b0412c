const loopbackNames: readonly string[] = ['127.0.0.1', '[::1]', 'localhost']

/** Whether an address names this very machine: `127.0.0.1`, `[::1]` or `localhost`, with any port. */
export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && loopbackNames.includes(new URL(url).hostname)
}
