import { parentPort } from 'node:worker_threads'
import { assess, findingsIn, growthOf, healthIn, newStanding, type Standing } from '../core/index.ts'
import type { AssessedHour, Assessment, AssessmentOrder } from './assess-apart.ts'

/** The thread in which machines are assessed: one order after the other. */
parentPort!.on('message', (order: AssessmentOrder) => parentPort!.postMessage(carryOut(order)))

function carryOut({ standing: text, plan, open, samples, until }: AssessmentOrder): Assessment {
  const standing = text === null ? newStanding() : (JSON.parse(text) as Standing)
  const hours: AssessedHour[] = []
  let keys: ReadonlySet<string> = new Set(open)
  assess(standing, plan, { samples, until }, at => {
    const found = findingsIn(standing, plan, keys)
    keys = new Set(found.map(({ key }) => key))
    hours.push({ at, found, health: healthIn(standing, plan, found) })
  })
  return {
    standing: JSON.stringify(standing, sixDigits),
    learnedDays: standing.days.length,
    knownSince: standing.knownSince,
    growth: growthOf(standing, plan),
    hours,
  }
}

/** What is measured has not more, and the text is half as long. */
function sixDigits(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value
}
