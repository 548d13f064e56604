import { addCredential, createDevice, transferDevice } from '#features/devices/core'
import { confirmingApi } from './confirming.ts'
import type { World } from './two-companies.ts'

/** A machine with a token, since a year of the company where one is given. id: for a broker that must know it before */
export async function connectableMachine(world: World, typeId: string, companyId: string | null, id?: string) {
  const service = await world.api('service')
  const { value: device, etag } = await service.callWithEtag(createDevice, {
    body: { serial: crypto.randomUUID().slice(0, 13), model: 'TM-1', typeId },
  })
  if (id) await world.database.pool.query('update device set id = $1 where id = $2', [id, device.id])
  const params = { deviceId: id ?? device.id }
  const { id: credentialId, token } = await service.call(addCredential, { params, body: { kind: 'token', label: 'PLC' } })
  if (companyId)
    await confirmingApi(world, 'admin').call(transferDevice, { params, body: { companyId, reason: 'sold' }, ifMatch: etag })
  await world.database.pool.query(`update device_ownership set from_at = now() - interval '1 year' where device_id = $1`, [
    params.deviceId,
  ])
  return { id: params.deviceId, token: token!, credentialId }
}
