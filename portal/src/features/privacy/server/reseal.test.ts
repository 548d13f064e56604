import { expect, test } from 'vitest'
import { getProduct } from '#features/products/core'
import { getInquiry, submitInquiry } from '#features/sales/core'
import { publishDrillStand, standardDraft } from '../../../../test/small-product.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { currentConsent } from '../core/index.ts'
import { resealAll, resealProgress, rotateKeys } from './reseal.ts'

// no jobs of its own: the test decides when they run
const portal = await testPortal({ background: false })
const { api, platform, database } = portal
await publishDrillStand(platform)
const visitor = await api()
const { modelVersionId } = await visitor.call(getProduct, { params: { slug: 'drill-stand' } })

const send = (email: string) =>
  visitor.call(submitInquiry, {
    body: {
      configuration: standardDraft(modelVersionId),
      contact: { email },
      message: `words of ${email}`,
      consent: { version: currentConsent('inquiry').version, accepted: true },
    },
  })

const left = async () => (await resealProgress(platform)).columns.reduce((sum, column) => sum + column.left, 0)

test('a new key takes over while people read and write, and where the work is interrupted it goes on', async () => {
  await send('first@reseal.example')
  const many = 450
  const text = await platform.vault.seal('kept', 'contact.email')
  await database.pool.query(
    `insert into contact (id, name, email, company_name, language, created_at) select gen_random_uuid(), '', $1, '', 'en', now() from generate_series(1, ${many})`,
    [text],
  )
  expect(await left()).toBe(0)
  const { current } = await rotateKeys(platform)
  const due = await left()
  expect(due).toBeGreaterThan(many)

  // interrupted after the second batch, as a kill would
  let batches = 0
  const interrupted = resealAll(platform, () => {
    if (++batches === 2) throw new Error('killed')
  })
  await expect(interrupted).rejects.toThrow('killed')
  const half = await left()
  expect(half).toBeGreaterThan(0)
  expect(half).toBeLessThan(due)

  let busy = true
  const people = (async () => {
    for (let n = 0; busy || n < 3; n++) {
      const { token } = await send(`busy${n}@reseal.example`)
      const seen = await visitor.call(getInquiry, { params: { token } })
      expect(seen.message).toBe(`words of busy${n}@reseal.example`)
    }
  })()
  await resealAll(platform)
  busy = false
  await people
  expect(await left()).toBe(0)
  const { rows } = await database.pool.query<{ key: string }>(
    `select distinct split_part(email, '.', 2) as key from contact where email is not null`,
  )
  expect(rows).toEqual([{ key: String(current) }])
  expect(await platform.vault.open(text, 'contact.email')).toBe('kept') // what is in a backup still opens
})
