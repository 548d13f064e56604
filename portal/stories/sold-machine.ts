import { admitAtBroker } from './admit-at-broker.ts'
import { expect, type Page } from './portal-fixture.ts'

/** A machine of the demo's type with a token and a label, which nobody owns yet; url: of the broker. */
export async function soldMachine(service: Page, admin: Page) {
  await service.goto('/console/devices')
  const headers = { origin: new URL(service.url()).origin }
  const serial = `H-${crypto.randomUUID().slice(0, 8).toUpperCase()}`
  const post = async (path: string, data: object) => {
    const answer = await service.request.post(`/api/v1/console/devices${path}`, { headers, data })
    expect(answer.status(), await answer.text()).toBe(201)
    return answer.json()
  }
  const { id } = await post('', { serial, model: 'VM-850' })
  const { token } = await post(`/${id}/credentials`, { kind: 'token', label: 'PLC' })
  await admitAtBroker({ [id]: token })
  const { address } = await post(`/${id}/claim-code`, {})
  const health = await (await admin.request.get('/api/v1/operations/health')).text()
  const url = /mqtts?:\/\/[\w.:-]+/.exec(health)![0]
  return { id: id as string, serial, token: token as string, label: new URL(address).pathname, url }
}
