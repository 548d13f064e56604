import { createDeviceType, getDevice } from '#features/devices/core'
import type { World } from '../two-companies.ts'
import type { Call } from './call.ts'
import { ownDevice } from './telemetry.ts'

export const vibrationCalls: Record<string, Call> = {
  'vibration.getPlan': { call: async world => ({ params: { typeId: await newType(world) } }) },
  'vibration.changePlan': {
    call: async world => ({ params: { typeId: await newType(world) }, body: { points: [] }, ifMatch: '0' }),
  },
  'vibration.getMine': { call: async world => ({ params: await recorded(world) }), rows: 'company' },
  'vibration.get': { call: async world => ({ params: await recorded(world) }) },
  'vibration.getMySpectra': {
    call: async world => ({ params: await recorded(world), query: await lastOf(world) }),
    rows: 'company',
  },
  'vibration.getSpectra': { call: async world => ({ params: await recorded(world), query: await lastOf(world) }) },
}

async function newType(world: World): Promise<string> {
  const body = { key: `t${crypto.randomUUID().replaceAll('-', '')}`, name: { 'zh-CN': '字', en: 'Words' } }
  return (await (await world.api('service')).callWithEtag(createDeviceType, { body })).value.id
}

/** A machine that the company has claimed, of a type with a point, and a record of it. */
async function recorded(world: World): Promise<{ deviceId: string }> {
  const params = await ownDevice(world)
  const { value } = await (await world.api('service')).callWithEtag(getDevice, { params })
  const point = { key: 'front', name: { 'zh-CN': '前', en: 'Front' }, unit: 'm/s²', rate: 1000, zones: null, component: null }
  const analysis = {
    values: { velocity: 1, rms: 1, peak: 1, crest: 1, kurtosis: 3 },
    faults: null,
    spectrumStep: 1,
    envelopeStep: 1,
  }
  await world.database.pool.query(
    `insert into vibration_plan (type_id, points, zones, revision, updated_at) values ($1, $2, '[]', 1, now())
     on conflict (type_id) do nothing`,
    [value.type!.id, JSON.stringify([point])],
  )
  await world.database.pool.query(
    `insert into vibration_record (device_id, point, at, received_at, rate, analysis, spectrum, envelope)
     values ($1, 'front', date_trunc('second', now()) + interval '1 minute', now(), 1000, $2, $3, $3)`,
    [params.deviceId, JSON.stringify(analysis), Buffer.alloc(8)],
  )
  return params
}

async function lastOf({ database }: World): Promise<{ point: string; at: string }> {
  const { rows } = await database.pool.query('select at from vibration_record order by received_at desc limit 1')
  return { point: 'front', at: rows[0].at.toISOString() }
}
