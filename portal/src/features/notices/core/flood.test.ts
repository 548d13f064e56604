import fc from 'fast-check'
import { expect, test } from 'vitest'
import { floodLimits, type SentLately, sendingOf } from './flood.ts'

const { most, windowMs } = floodLimits

/** Lets notices come at these gaps (ms) and sends as the rule says. */
function send(gaps: readonly number[]) {
  const messages: { at: number; of: { came: number }[]; as: 'each' | 'summary' }[] = []
  const sent: SentLately & { singles: number[] } = { singles: [], summary: null }
  let waiting: { came: number }[] = []
  let wakes: number | null = null
  const look = (now: number) => {
    wakes = null
    if (waiting.length === 0) return
    const sending = sendingOf(sent, waiting.length, now)
    if (sending.as === 'wait') {
      wakes = sending.until
      return
    }
    if (sending.as === 'each')
      for (const one of waiting) {
        messages.push({ at: now, of: [one], as: 'each' })
        sent.singles.push(now)
      }
    else {
      messages.push({ at: now, of: waiting, as: 'summary' })
      sent.summary = now
    }
    waiting = []
  }
  let now = 0
  for (const gap of gaps) {
    now += gap
    if (wakes !== null && wakes <= now) look(wakes)
    waiting.push({ came: now })
    look(now)
  }
  if (wakes !== null) look(wakes)
  return messages
}

const gaps = fc.array(fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 2 * windowMs })), { maxLength: 200 })

test('whatever comes is sent once, after a window at the latest, and never more than ten single messages and a summary within one', () => {
  fc.assert(
    fc.property(gaps, gaps => {
      const messages = send(gaps)
      expect(messages.flatMap(({ of }) => of)).toHaveLength(gaps.length)
      for (const { at, of } of messages) for (const { came } of of) expect(at - came).toBeLessThanOrEqual(windowMs)
      for (const { at: begin } of messages) {
        const within = messages.filter(({ at }) => at >= begin && at < begin + windowMs)
        expect(within.filter(({ as }) => as === 'each').length).toBeLessThanOrEqual(most)
        expect(within.filter(({ as }) => as === 'summary').length).toBeLessThanOrEqual(1)
      }
    }),
  )
})

test('up to ten in ten minutes are no flood, and the eleventh begins one', () => {
  const calm = Array.from({ length: most }, () => 1000)
  expect(send(calm).every(({ as }) => as === 'each')).toBe(true)
  expect(send([...calm, 1000]).at(-1)).toMatchObject({ as: 'summary' })
})
