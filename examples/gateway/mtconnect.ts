import { readFile, rename, writeFile } from 'node:fs/promises'
import type { Item, MtconnectSource } from './mapping.ts'
import { AgentError, type Observation, readStreams, type Streams } from './streams.ts'

/** Values of one moment. */
export interface Moment {
  at: Date
  values: Record<string, number>
}

/** observations in one answer */
const atOnce = 1000
const timeoutMs = 10_000
/** a clock that is off by less is left alone */
const skewMs = 5000

interface Position {
  instanceId: string
  /** what is asked for next */
  from: number
}

/**
 * Follows the agent of one device: first what is now, from there on what changes, by sequence number. Where it stands lies in a file, so that a
 * restart of the gateway loses nothing the agent still keeps. One step asks once; it throws where the agent cannot be asked.
 * report: has kept what it was given when it resolves
 */
export async function followAgent(
  { url, items, repeat }: Pick<MtconnectSource, 'url' | 'items' | 'repeat'>,
  file: string,
  { report, onGap }: { report(moments: Moment[]): Promise<void>; onGap(what: string): void },
): Promise<{ step(): Promise<void> }> {
  let position = await readPosition(file)
  /** what each metric is now; those that are unavailable are not there */
  const held = new Map<string, number>()
  let repeatedAt = 0
  const metricsOf = itemsBy(items)

  async function step(): Promise<void> {
    if (!position || held.size === 0) await begin()
    for (let more = position !== null; more; ) more = await goOn()
  }

  /** From what is now, or from where it stopped, if the agent still has that. */
  async function begin(): Promise<void> {
    const now = await ask(`${url}/current`)
    const moments = momentsIn(now)
    if (position?.instanceId === now.instanceId) return // what changed since then comes by `sample`, and this again with it
    if (position) onGap('the agent was started anew; what it said before that was not read to its end')
    await keep(moments, now)
  }

  /** Whether there is more. */
  async function goOn(): Promise<boolean> {
    const { from, instanceId } = position!
    let said: Streams
    try {
      said = await ask(`${url}/sample?from=${from}&count=${atOnce}`)
    } catch (error) {
      if (!(error instanceof AgentError && error.codes.some(code => /OUT_OF_RANGE|INVALID_REQUEST/.test(code)))) throw error
      onGap(`the agent no longer has what followed ${from}`)
      position = null
      return false
    }
    if (said.instanceId !== instanceId) {
      onGap('the agent was started anew; what it said before that was not read to its end')
      position = null
      return false
    }
    await keep(momentsIn(said), said)
    return said.nextSequence - from >= atOnce
  }

  /** A value stands until it changes: it is said again from time to time, or a machine that works steadily would look silent. */
  async function keep(moments: Moment[], { createdAt, instanceId, nextSequence }: Streams): Promise<void> {
    const now = Date.now()
    if (now - repeatedAt >= repeat * 1000 && held.size > 0) {
      moments.push({ at: new Date(createdAt + skewOf(createdAt)), values: Object.fromEntries(held) })
      repeatedAt = now
    }
    if (moments.length > 0) await report(moments)
    if (position?.from === nextSequence && position.instanceId === instanceId) return
    position = { instanceId, from: nextSequence }
    await writeFile(`${file}.new`, JSON.stringify(position))
    await rename(`${file}.new`, file)
  }

  function momentsIn({ observations, createdAt }: Streams): Moment[] {
    const skew = skewOf(createdAt)
    const moments = new Map<number, Record<string, number>>()
    for (const observation of observations)
      for (const item of metricsOf(observation)) {
        const value = numberIn(item, observation)
        if (value === null) held.delete(item.metric)
        else {
          held.set(item.metric, value)
          const at = observation.at + skew
          moments.set(at, { ...moments.get(at), [item.metric]: value })
        }
      }
    return [...moments].map(([at, values]) => ({ at: new Date(at), values }))
  }

  return { step }
}

/** By how much the agent’s clock is behind ours. */
function skewOf(createdAt: number): number {
  const skew = Date.now() - createdAt
  return Number.isFinite(skew) && Math.abs(skew) >= skewMs ? skew : 0
}

/** null: there is none, or nobody said what number it is */
function numberIn({ values, scale, offset }: Item, { value }: Observation): number | null {
  if (value === null) return null
  if (values) return values[value] ?? null
  const number = value === '' ? Number.NaN : Number(value)
  return Number.isFinite(number) ? Number((number * scale + offset).toPrecision(12)) : null
}

function itemsBy(items: readonly Item[]) {
  const by = Map.groupBy(items, ({ item }) => item)
  return ({ dataItemId, name }: Observation): readonly Item[] => by.get(dataItemId) ?? (name === null ? [] : (by.get(name) ?? []))
}

async function ask(address: string): Promise<Streams> {
  const answer = await fetch(address, { headers: { accept: 'text/xml' }, signal: AbortSignal.timeout(timeoutMs) })
  const text = await answer.text()
  if (!answer.ok && !text.includes('MTConnectError')) throw new Error(`${address} answers ${answer.status}`)
  return readStreams(text)
}

const readPosition = (file: string): Promise<Position | null> =>
  readFile(file, 'utf8').then(
    text => JSON.parse(text) as Position,
    () => null,
  )
