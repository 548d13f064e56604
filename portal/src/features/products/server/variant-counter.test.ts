import { compileAccepted, count, decide, type Model, readCounter, start } from '@fettle/engine'
import { expect, test } from 'vitest'
import { publishDrillStand } from '../../../../test/small-product.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { counterPath, getModel, getProduct } from '../core/index.ts'
import { makeCounterApart } from './read-model-apart.ts'

const { api, platform, request } = await testPortal()
const visitor = await api()

async function published(id: string) {
  await publishDrillStand(platform, { id })
  const { modelVersionId } = await visitor.call(getProduct, { params: { slug: id.replaceAll('_', '-') } })
  const { model } = await visitor.call(getModel, { params: { modelVersionId } })
  return { modelVersionId, compiled: compileAccepted(model as Model) }
}

const fetchCounter = async (modelVersionId: string) => {
  const answer = await request(counterPath(modelVersionId))
  expect(answer).toMatchObject({ status: 200 })
  expect(answer.headers.get('cache-control')).toContain('immutable')
  return new Uint8Array(await answer.arrayBuffer())
}

const storedOf = async (modelVersionId: string): Promise<Buffer | null> =>
  (await platform.database.pool.query('select counter from model_version where id = $1', [modelVersionId])).rows[0].counter

test('what counts the variants is made when it is first asked for, once for all who ask meanwhile, and kept', async () => {
  const { modelVersionId, compiled } = await published('counted_stand')
  expect(await storedOf(modelVersionId)).toBe(null)
  const [first, second] = await Promise.all([fetchCounter(modelVersionId), fetchCounter(modelVersionId)])
  expect(second).toEqual(first)
  expect(new Uint8Array((await storedOf(modelVersionId))!)).toEqual(first)
  expect(await fetchCounter(modelVersionId)).toEqual(first)

  const counter = readCounter(compiled, first)!
  expect(count(counter, start(compiled))).toEqual({ status: 'exact', least: 3n, most: 3n })
  const strong = decide(start(compiled), { option: 'motor_3kw', chosen: true })
  if (strong.status !== 'ok') throw new Error('the stand allows it')
  expect(count(counter, strong.state).least).toBe(1n)
})

test('nothing counts the variants of a version that there is not, and what was found to be too much is not tried again', async () => {
  expect((await request(counterPath(crypto.randomUUID()))).status).toBe(404)
  const { modelVersionId } = await published('huge_stand')
  await platform.database.pool.query(`update model_version set counter = '' where id = $1`, [modelVersionId])
  expect(await fetchCounter(modelVersionId)).toHaveLength(0)
})

test('a model that takes longer than it may is given up', async () => {
  const { modelVersionId, compiled } = await published('slow_stand')
  await expect(makeCounterApart(compiled.model, { ms: 1, memory: 100 })).rejects.toMatchObject({ type: 'model-too-hard' })
  expect(readCounter(compiled, await fetchCounter(modelVersionId))).toMatchObject({ status: 'exact' })
})
