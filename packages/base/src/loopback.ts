const loopbackNames: readonly string[] = ['127.0.0.1', '[::1]', 'localhost']

/** Whether the host of a URL is this machine: `127.0.0.1`, `[::1]` or `localhost`, on any port. */
export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && loopbackNames.includes(new URL(url).hostname)
}
