import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts in these. */
const ticksPerSecond = 100

/** Processor time in milliseconds of a process and its children, those that have ended included. */
export function cpuOfFamily(parent: number): number {
  let ticks = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ') // from the third one on: state, ppid, …
      const [user, system, childUser, childSystem] = fields.slice(11, 15).map(Number) as [
        number,
        number,
        number,
        number,
      ]
      if (Number(pid) === parent) ticks += user + system + childUser + childSystem
      else if (Number(fields[1]) === parent) ticks += user + system
    } catch {
      // It has ended.
    }
  }
  return (ticks * 1000) / ticksPerSecond
}
