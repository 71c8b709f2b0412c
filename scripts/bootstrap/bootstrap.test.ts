import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { installEnvironment, taskEnvironment } from './environment.mjs'
import { packagePatterns, readManifests, stampOf } from './install.mjs'
import { withLock } from './lock.mjs'
import { chooseNode } from './node-choice.mjs'
import { findTask } from './tasks.mjs'

const root = join(import.meta.dirname, '..', '..')

test('the pinned Node is chosen whenever it runs', () => {
  const pinned = { path: '/pinned', version: '24.21.0' }
  expect(chooseNode(pinned, { path: '/own', version: '26.1.0' })).toEqual({
    path: '/pinned',
    flags: [],
  })
})

test('without the pinned Node, the running one is chosen when it can strip types, with the flag where it needs one', () => {
  const strips = (version: string) =>
    chooseNode(undefined, { path: '/own', version }).flags.includes('--experimental-strip-types')
  for (const version of ['22.18.0', '23.6.0', '24.0.0', '26.3.1'])
    expect(strips(version)).toBe(false)
  for (const version of ['22.12.0', '22.17.1', '23.5.0']) expect(strips(version)).toBe(true)
})

test('a Node that is too old is rejected with one sentence that says what to do', () => {
  for (const version of ['20.20.2', '22.11.0', '18.0.0']) {
    expect(() => chooseNode(undefined, { path: '/own', version })).toThrow(
      /is too old.*install Node 22\.18 or newer/,
    )
  }
})

test('an unknown task lists the tasks', () => {
  expect(findTask('mock')).toBe('mock.ts')
  expect(() => findTask('mocks')).toThrow(
    'There is no task "mocks". The tasks are: demo, test, test:heavy, mock',
  )
  expect(() => findTask(undefined)).toThrow('No task was named. The tasks are:')
})

test('the stamp depends on every manifest and the platform, not on the order of the manifests', () => {
  const stamp = (manifests: Record<string, string>, platform = 'linux-x64') =>
    stampOf(new Map(Object.entries(manifests)), platform)
  expect(stamp({ b: '2', a: '1' })).toBe(stamp({ a: '1', b: '2' }))
  expect(stamp({ a: '1', b: '3' })).not.toBe(stamp({ a: '1', b: '2' }))
  expect(stamp({ a: '1' }, 'linux-arm64')).not.toBe(stamp({ a: '1' }))
})

test('the manifests are the lockfile, the workspace file and the package.json of every workspace package', () => {
  expect(packagePatterns("packages:\n  - packages/*\n  - 'mocks'\n\ncatalog:\n  - no\n")).toEqual([
    'packages/*',
    'mocks',
  ])
  const paths = [...readManifests(root).keys()]
  expect(paths).toEqual(
    expect.arrayContaining([
      'pnpm-lock.yaml',
      'pnpm-workspace.yaml',
      'package.json',
      'packages/core/package.json',
      'mocks/package.json',
    ]),
  )
})

test('an install ignores the npm settings of the caller, except those for reaching the registry', () => {
  const env = installEnvironment('/repo', {
    PATH: ['/repo/node_modules/.bin', '/usr/bin'].join(delimiter),
    HOME: '/home/someone',
    NODE_ENV: 'production',
    npm_config_ignore_scripts: 'true',
    NPM_CONFIG_OMIT: 'optional',
    npm_lifecycle_event: 'test',
    npm_config_cache: '/cache',
    npm_config_proxy: 'http://127.0.0.1:3128',
  })
  expect(env).toEqual({
    PATH: '/usr/bin',
    HOME: '/home/someone',
    CI: 'true',
    npm_config_cache: '/cache',
    npm_config_proxy: 'http://127.0.0.1:3128',
  })
})

test('a task gets the tools of the workspace first on PATH, the folder of its caller, and only our own options for Node', () => {
  const env = taskEnvironment(
    '/repo',
    { PATH: '/usr/bin', NODE_OPTIONS: '--inspect' },
    '/elsewhere',
  )
  expect(env).toEqual({
    PATH: ['/repo/node_modules/.bin', '/usr/bin'].join(delimiter),
    INIT_CWD: '/elsewhere',
  })
  expect(taskEnvironment('/repo', { INIT_CWD: '/caller' }, '/repo').INIT_CWD).toBe('/caller')
  expect(
    taskEnvironment('/repo', { NODE_OPTIONS: '--inspect' }, '/repo', ['--a', '--b']).NODE_OPTIONS,
  ).toBe('--a --b')
})

test('one process holds the lock at a time, and a lock whose process has ended is removed', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'lock-')), 'a', 'lock')
  let inside = 0
  const work = async () => {
    expect(++inside).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 20))
    inside--
  }
  await Promise.all([1, 2, 3].map(() => withLock(file, work, { pollMs: 5 })))
  expect(existsSync(file)).toBe(false)

  writeFileSync(file, String(spawnSync('true').pid))
  await withLock(file, work, { pollMs: 5 })
  expect(existsSync(file)).toBe(false)
})

test('a task ends when its bootstrap is killed, and cleans up first', async () => {
  const child = `process.on('SIGTERM', () => { process.stdout.write('cleaned'); process.exit() }); process.stdout.write('up'); setInterval(() => {}, 1000)`
  const parent = `
    import { spawn } from 'node:child_process'
    spawn(process.execPath, ['--import', './scripts/bootstrap/end-with-parent.mjs', '-e', ${JSON.stringify(child)}], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })`
  const chain = spawn(process.execPath, ['--input-type=module', '-e', parent], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  for await (const chunk of chain.stdout) {
    printed += chunk
    if (printed === 'up') chain.kill('SIGKILL')
  } // ends when the last process that holds the pipe has ended
  expect(printed).toBe('upcleaned')
  if (chain.signalCode === null) await once(chain, 'exit')
  expect(chain.signalCode).toBe('SIGKILL')
})
