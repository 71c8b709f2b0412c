import type { OperationList } from '../operations/operation-list.ts'
import type { Feed } from '../platform/feed.ts'
import { createDice } from '../platform/random.ts'
import type { Fault } from './fault.ts'
import { requireFault } from './require-fault.ts'

/** The faults of a mock. */
export interface Faults {
  /**
   * Adds a fault at the end of the list. The first fault that matches a request applies.
   *
   * @throws {ConfigurationError} for a fault that cannot be played
   */
  add(fault: Fault): void
  clear(): void
  /** The faults that can still happen, with the rest of their `times`. */
  list(): Fault[]
}

export interface FaultSource extends Faults {
  /** The fault that hits a request to the operation, if any. Counts the hit. */
  take(operation: string): Fault | undefined
  /** @throws {ConfigurationError} for a fault that cannot be played */
  require(fault: Fault, place?: string): void
}

export function createFaults(feed: Feed, { requireId }: OperationList): FaultSource {
  const require = (fault: Fault, place?: string) => requireFault(fault, requireId, place)
  let active: { readonly fault: Fault; left: number; readonly roll: () => number }[] = []
  return {
    require,
    add(fault) {
      require(fault)
      active.push({
        fault: { ...fault },
        left: fault.times ?? Number.POSITIVE_INFINITY,
        roll: createDice(fault.seed ?? 1),
      })
      feed.emit({ type: 'faults' })
    },
    clear() {
      active = []
      feed.emit({ type: 'faults' })
    },
    list: () =>
      active.map(({ fault, left }) =>
        fault.times === undefined ? { ...fault } : { ...fault, times: left },
      ),
    take(operation) {
      const hit = active.find(
        ({ fault, roll }) =>
          (fault.operation === '*' || fault.operation === operation) &&
          (fault.probability === undefined || roll() < fault.probability),
      )
      if (hit === undefined) return undefined
      hit.left -= 1
      if (hit.left <= 0) active = active.filter((one) => one !== hit)
      return hit.fault
    },
  }
}

/** Whether the operation has taken effect when the fault happens. */
export function happensBefore({ name, when }: Fault): boolean {
  return when === undefined ? /^\d/.test(name) : when === 'before'
}
