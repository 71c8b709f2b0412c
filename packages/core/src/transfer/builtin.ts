/**
 * A module of Node, which Bun and Deno have too; undefined in other runtimes. It is looked up and not
 * imported, so that a bundler for a browser or a worker has nothing to resolve.
 */
export function builtin<Module>(name: string): Module | undefined {
  const { process } = globalThis as {
    process?: { getBuiltinModule?(name: string): Module | undefined }
  }
  try {
    return process?.getBuiltinModule?.(name)
  } catch {
    return undefined
  }
}
