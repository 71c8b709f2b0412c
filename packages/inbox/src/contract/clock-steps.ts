import { present, same } from './check.ts'
import {
  claimAll,
  idsOf,
  leaseAll,
  minute,
  record,
  type StepBackCases,
  unlimited,
} from './subject.ts'

/** For a store that follows the clock of the machine that it runs on, or an injected one. */
export const clockSteps: StepBackCases = {
  'after the clock stepped back by an hour records are leased, in time, and their age is right':
    async (subject) => {
      const { inbox, other, elapse, stepBack } = subject
      await claimAll(subject, 'EV-1', 'EV-2')
      await elapse(minute)
      // Each consumer sees the clock before and after the step, as one that polls does.
      for (const one of [inbox, other]) await one.stats()
      await stepBack(60 * minute)
      await other.stats()
      const { ready, oldestReadyMs } = await inbox.stats()
      same(ready, 2, 'ready')
      same(oldestReadyMs >= minute && oldestReadyMs < 2 * minute, true, `age ${oldestReadyMs}`)
      const [first, second] = await leaseAll(inbox, 2, minute)
      same(present(first, 'lease').record.id, 'EV-1', 'the oldest one')
      await inbox.release(present(second, 'second lease'), { delayMs: 2 * minute, error: 'x' })
      await elapse(minute + 1000)
      same(idsOf(await leaseAll(other)), ['EV-1'], 'a lease that ran out')
      await elapse(minute)
      same(idsOf(await leaseAll(inbox)).includes('EV-2'), true, 'a delay that passed')
      same(await inbox.claim(record('EV-3'), unlimited), 'new', 'a claim')
      same(idsOf(await leaseAll(other)).includes('EV-3'), true, 'a new record')
    },
}
