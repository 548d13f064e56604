import { createDeviceType } from '#features/devices/core'
import type { World } from '../two-companies.ts'

const kept = new WeakMap<World['platform'], Map<string, Promise<string>>>()

/** The id of a type that is made once for a portal, whoever asks for it: there may be 500 at most. fields: beside key and name */
export function keptType(world: World, name: string, fields: object = {}): Promise<string> {
  const types = kept.get(world.platform) ?? new Map<string, Promise<string>>()
  kept.set(world.platform, types)
  const id = types.get(name) ?? newType(world, fields)
  types.set(name, id)
  return id
}

async function newType(world: World, fields: object): Promise<string> {
  const body = { key: `t${crypto.randomUUID().replaceAll('-', '')}`, name: { 'zh-CN': '机型', en: 'Type' }, ...fields }
  return (await (await world.api('service')).call(createDeviceType, { body })).id
}
