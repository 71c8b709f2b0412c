/** The code that is mutated, with the tests that must notice: one run of Stryker for each group. */
export interface Group {
  readonly name: string
  readonly mutate: readonly string[]
  readonly tests: readonly string[]
}

const inPackage = (name: string, files: readonly string[]) =>
  files.map((file) => `packages/${name}/src/${file}`)

export const groups: readonly Group[] = [
  {
    name: 'auth',
    mutate: inPackage('auth', [
      'fetch/content-encoding.ts',
      'fetch/read-request.ts',
      'fetch/read-response.ts',
      'fetch/require-response.ts',
      'fetch/signing-fetch.ts',
      'fetch/verified-response.ts',
      'fetch/signed-sending.ts',
      'signatures/freshness.ts',
      'signatures/headers.ts',
      'signatures/message-signature.ts',
      'signatures/request-signature.ts',
      'signatures/signed-text.ts',
    ]),
    tests: inPackage('auth', ['fetch/*.test.ts', 'signatures/*.test.ts']),
  },
  {
    name: 'core',
    mutate: inPackage('core', [
      'call/exchange.ts',
      'call/response.ts',
      'call/retry.ts',
      'errors/failure.ts',
      'errors/network-failure.ts',
    ]),
    tests: inPackage('core', ['call/*.test.ts', 'errors/*.test.ts']),
  },
  {
    name: 'notification',
    mutate: inPackage('notification', [
      'receive/budget.ts',
      'receive/headers.ts',
      'receive/open-notification.ts',
      'receive/raw-body.ts',
      'receive/receive.ts',
      'respond/handle.ts',
    ]),
    tests: inPackage('notification', ['receive/*.test.ts', 'respond/*.test.ts']),
  },
  {
    name: 'inbox',
    mutate: inPackage('inbox', ['worker/deliver.ts', 'worker/keep-lease.ts', 'worker/worker.ts']),
    tests: inPackage('inbox', ['worker/*.test.ts']),
  },
]
