import type { Config } from '#platform/server'
import type { TestPortal } from './test-portal.ts'

/** For `testPortal`: people and machines may connect, at any free port. */
export const withBroker = (other: Partial<Config['broker']> = {}) => ({
  port: 0,
  broker: { external: null, port: 0, portIsPreset: false, tls: null, ...other },
})

/** Lets people and machines in; answers where machines connect. */
export async function openDoors({ portal, platform }: Pick<TestPortal, 'portal' | 'platform'>): Promise<string> {
  await portal.listen()
  const state = platform.broker.state()
  if (state.kind !== 'embedded') throw new Error(`The broker is ${JSON.stringify(state)}`)
  return state.address
}
