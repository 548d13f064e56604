import { claimDevice, createDevice, issueClaimCode } from '#features/devices/core'
import type { World } from '../two-companies.ts'
import type { Call } from './call.ts'
import { keptType } from './kept-type.ts'

export const outcomesCalls: Record<string, Call> = {
  'outcomes.getMyOutcomes': {
    call: async world => {
      await watchedMachine(world)
      return {}
    },
    shows: ({ machines }, { name }) => machines.some(({ device }: { device: { model: string } }) => device.model === name),
  },
  'outcomes.getOutcomes': { call: () => ({}) },
}

/** A machine that the company has claimed, at which it is known what is usual. */
async function watchedMachine(world: World): Promise<void> {
  const service = await world.api('service')
  const serial = crypto.randomUUID().replaceAll('-', '')
  const typeId = await keptType(world, 'outcomes')
  const { id } = await service.call(createDevice, { body: { serial, model: world.own.name, typeId } })
  const { code } = await service.call(issueClaimCode, { params: { deviceId: id } })
  await world.own.admin.api.call(claimDevice, { params: { code } })
  await world.database.pool.query(
    `insert into device_diagnosis (device_id, revision, learned_days, known_since, assessed_until) values ($1, 1, 14, now() - interval '1 day', now())`,
    [id],
  )
}
