import { afterAll, expect, test } from 'vitest'
import { cloneDatabase } from '../../../test/test-database.ts'
import { type Database, openDatabase } from './database.ts'
import { newId } from './ids.ts'
import { openLive } from './live.ts'
import { createLog } from './log.ts'
import { createPortals, type Portals } from './portals.ts'
import { openSignals } from './signals.ts'

const clone = await cloneDatabase()
const log = createLog('silent')
const shared = openDatabase(clone.url, () => {}, { max: 4 })
const signals = await openSignals(clone.url, log)
const live = await openLive(shared, signals)
const begun: Portals[] = []
afterAll(async () => {
  for (const portals of begun) await portals.leave()
  await signals.close()
  await shared.close()
  await clone.drop()
})

/** One process. cut: its database is out of its reach */
async function begin({ takes = true } = {}) {
  let cut = false
  const database: Database = Object.create(shared, {
    db: {
      value: () => {
        if (cut) throw new Error('The database is away')
        return shared.db()
      },
    },
  })
  const portals = createPortals({ database, live, log, newId }, { beat: 20, lease: 1000 })
  const changes: (number | null)[] = []
  portals.onChange(() => changes.push(portals.living()?.length ?? null))
  await portals.begin(() => takes)
  begun.push(portals)
  const reach = (isCut: boolean) => {
    cut = isCut
  }
  return { portals, changes, self: portals.self, cut: reach }
}

const knows = ({ portals }: { portals: Portals }) => expect.poll(() => portals.living(), { timeout: 10_000 })
const inOrder = (...ones: { self: string }[]) => ones.map(({ self }) => self).sort()

test('processes know who lives: who joins, who leaves, and who has died; who takes no messages is none of them, and knows them all the same', async () => {
  const here = await begin()
  expect(here.portals.living()).toEqual([here.self])
  const [there, beside] = [await begin(), await begin({ takes: false })]
  await knows(here).toEqual(inOrder(here, there))
  expect(beside.portals.living()).toEqual(inOrder(here, there))
  const third = await begin()
  await knows(here).toEqual(inOrder(here, there, third))
  await third.portals.leave()
  await knows(here).toEqual(inOrder(here, there))
  there.cut(true)
  await knows(here).toEqual([here.self])
  await knows(there).toBeNull() // it knows itself that others may think it dead
  there.cut(false)
  await knows(there).toEqual(inOrder(here, there))
  await knows(here).toEqual(inOrder(here, there))
  expect(there.changes.slice(-2)).toEqual([null, 2])
  await there.portals.leave()
  await knows(here).toEqual([here.self])
  here.cut(true)
  await knows(beside).toEqual([])
  expect(here.portals.living()).toEqual([here.self]) // whoever is alone stays alone
  here.cut(false)
})
