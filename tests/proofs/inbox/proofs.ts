import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { startChild } from './children.ts'
import type { CrashPoint } from './crash-points.ts'
import { judge, type Outcome, type Stage, startTraffic } from './harness.ts'
import { attack, build, type Kind, newFigures, post, postHalf, send } from './sender.ts'

/** Kills one of three receivers under traffic, about three times a second. R12 */
export async function randomKills(stage: Stage, kills: number): Promise<Outcome> {
  const receivers = await stage.start(3)
  const traffic = startTraffic(
    receivers.map(({ config }) => config.port),
    { inFlight: 12 },
  )
  const standing = new Set(receivers)
  const starting = new Set<Promise<void>>()
  for (let count = 0; count < kills; count++) {
    await pause(100 + Math.random() * 400)
    if (standing.size === 0) await Promise.race(starting)
    const victim = [...standing][Math.floor(Math.random() * standing.size)]
    if (victim === undefined) continue
    standing.delete(victim)
    const restart = victim.killAndRestart().then(() => {
      standing.add(victim)
      starting.delete(restart)
    })
    starting.add(restart)
  }
  await Promise.all(starting)
  await traffic.stop()
  return judge(stage, traffic.figures)
}

/** A receiver crashes at the point while it handles a notification; another replaces it. R13 */
export async function crashAt(stage: Stage, point: CrashPoint): Promise<Outcome> {
  const [receiver] = await stage.start(1, { crashAt: point, leaseMs: 300 })
  if (receiver === undefined) throw new Error('no receiver')
  const traffic = startTraffic([receiver.config.port], { inFlight: 1, limit: 1 })
  await receiver.died()
  await receiver.restart()
  await traffic.done()
  const outcome = await judge(stage, traffic.figures)
  await receiver.end()
  return outcome
}

/** The database server crashes under traffic and restarts. R14 */
export async function restarts(stage: Stage, count: number): Promise<Outcome> {
  const receivers = await stage.start(2)
  const traffic = startTraffic(
    receivers.map(({ config }) => config.port),
    { inFlight: 12 },
  )
  for (let done = 0; done < count; done++) {
    await pause(1_000 + Math.random() * 500)
    await stage.server?.stop()
    await pause(Math.random() * 500)
    await stage.server?.start()
  }
  await pause(1_000)
  await traffic.stop()
  return judge(stage, traffic.figures)
}

/**
 * Several processes claim the same ids at once. Counts the ids that were new to exactly one. R18
 */
export async function race(stage: Stage, ids: number, processes: number) {
  const config = JSON.stringify({ store: stage.place, ids })
  const children = Array.from({ length: processes }, () =>
    startChild('claimer.ts', { CLAIMER: config }),
  )
  await Promise.all(children.map((child) => once(child, 'message')))
  const answers = children.map((child) => once(child, 'message'))
  for (const child of children) child.send('go')
  const found = (await Promise.all(answers)).map(
    ([message]) => message as { new: number[]; duplicate: number; conflict: number },
  )
  for (const child of children) child.disconnect()
  const times = new Map<number, number>()
  for (const id of found.flatMap((one) => one.new)) times.set(id, (times.get(id) ?? 0) + 1)
  return {
    newOnce: [...times.values()].filter((count) => count === 1).length,
    newTwice: [...times.values()].filter((count) => count > 1).length,
    duplicates: found.reduce((sum, one) => sum + one.duplicate, 0),
    conflicts: found.reduce((sum, one) => sum + one.conflict, 0),
    /** For each process, how many ids were new to it. */
    won: found.map((one) => one.new.length),
  }
}

/**
 * Genuine traffic among forged, probing, old, incomplete and very slow requests. R15
 */
export async function soak(
  stage: Stage,
  { count, untilMs = Number.POSITIVE_INFINITY }: { count: number; untilMs?: number },
) {
  const receivers = await stage.start(2)
  const ports = receivers.map(({ config }) => config.port)
  const traffic = startTraffic(ports, { inFlight: 24, limit: count })
  const attacks = newFigures()
  let over = false
  const every = async (share: number, act: (port: number, at: number) => Promise<void>) => {
    for (let done = 0; !over; ) {
      if (done < traffic.figures.sent * share)
        await act(ports[done % ports.length] as number, done++)
      else await pause(5)
    }
  }
  const rejected = (kind: Kind) => (port: number, at: number) =>
    attack(`EV-${kind}-${at}`, kind, port, attacks)
  const others = Promise.all([
    every(0.1, rejected('forged')),
    every(0.02, rejected('probe')),
    every(0.02, rejected('stale')),
    every(0.005, (port) => postHalf(port, 0)),
    every(0.002, (port) => postHalf(port, 300)),
  ])
  await Promise.race([traffic.done(), ...(Number.isFinite(untilMs) ? [pause(untilMs)] : [])])
  await traffic.stop()
  over = true
  await others
  const { figures } = traffic
  figures.acceptedForged = attacks.acceptedForged
  figures.times.push(...attacks.times)
  const rss = await Promise.all(receivers.map((receiver) => receiver.memory()))
  return {
    ...(await judge(stage, figures)),
    attacks: attacks.times.length,
    rssMiB: Math.round(Math.max(...rss) / 2 ** 20),
  }
}

/**
 * Sends forged requests as fast as possible, and sometimes a genuine one. R17. It first sends some
 * genuine ones, which count too, because a receiver that has just started is still compiling.
 */
export async function flood(
  stage: Stage,
  forms: { readonly seconds: number; readonly lanes: number },
) {
  const [receiver] = await stage.start(1)
  const port = receiver?.config.port ?? 0
  const forged = await prepareForged(200)
  const genuine = newFigures()
  const sendGenuine = async () => {
    const id = `EV-calm-${genuine.sent++}`
    const answered = await post(port, id)
    if (answered === undefined) return
    genuine.times.push(answered.ms)
    if (answered.status === 204) genuine.acknowledged.add(id)
    else genuine.rejectedGenuine++
  }
  while (genuine.sent < 50) await sendGenuine()

  const end = performance.now() + forms.seconds * 1000
  let posts = 0
  let accepted = 0
  const lane = async () => {
    while (performance.now() < end) {
      const status = await forged(port, posts++)
      if (status !== undefined && status !== 401) accepted++
    }
  }
  const calm = async () => {
    while (performance.now() < end) {
      await sendGenuine()
      await pause(200)
    }
  }
  await Promise.all([calm(), ...Array.from({ length: forms.lanes }, lane)])
  genuine.acceptedForged = accepted
  const rssMiB = Math.round(((await receiver?.memory()) ?? 0) / 2 ** 20)
  return { ...(await judge(stage, genuine)), perSecond: Math.round(posts / forms.seconds), rssMiB }
}

/** Signs them in advance, so that signing does not slow down the flood. */
async function prepareForged(count: number) {
  const messages = await Promise.all(
    Array.from({ length: count }, (_, at) => build(`EV-forged-${at}`, 'forged')),
  )
  return async (port: number, at: number) => {
    const message = messages[at % count]
    return message && (await send(port, message))?.status
  }
}
