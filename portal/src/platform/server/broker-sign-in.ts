import type { TLSSocket } from 'node:tls'
import { boundedQueue } from './bounded-queue.ts'
import type { BrokerPart, DeviceCredentials, DeviceIdentity, Refusal } from './broker.ts'
import { createBuckets } from './broker-buckets.ts'
import type { BrokerLimits } from './broker-limits.ts'
import { deviceOf } from './broker-tls.ts'
import { deviceIdPattern } from './broker-topics.ts'
import type { Log } from './log.ts'

/** A sign-in that failed. code: of CONNACK (MQTT 3.1.1, 3.2.2.3): 3 come back later, 4 bad name or password, 5 not authorized */
export class SignInRefused extends Error {
  readonly returnCode: 3 | 4 | 5
  readonly reason: Refusal | null
  readonly deviceId: string | null

  constructor(returnCode: 3 | 4 | 5, reason: Refusal | null, deviceId: string | null) {
    super('sign-in refused')
    this.returnCode = returnCode
    this.reason = reason
    this.deviceId = deviceId
  }
}

export interface Caller {
  socket: TLSSocket | import('node:net').Socket
  /** its address, of IPv6 its network */
  network: string
}

const mostKnown = 50_000

/**
 * Asks the feature who it is, within bounds: a few at a time, so that thousands of devices that come back at once leave the database
 * to people too; and only so often after failures. Many devices of one house share an address: the bound of the address holds only
 * for those that have never signed in from it, so that one with a wrong token does not lock out its neighbours.
 */
export function createSignIn(
  authenticate: (credentials: DeviceCredentials) => ReturnType<Required<BrokerPart>['authenticate']>,
  limits: BrokerLimits,
  log: Log,
) {
  const perDevice = createBuckets(limits.failedPerDevice)
  const perAddress = createBuckets(limits.failedPerAddress)
  const returns = createBuckets(limits.returns)
  const known = new Set<string>()
  const asking = boundedQueue({ atOnce: limits.signingIn, waiting: limits.strangers })

  /** Throws SignInRefused. */
  return async function signIn(caller: Caller, username?: string, password?: Buffer): Promise<DeviceIdentity> {
    const credentials = readCredentials(caller, username, password)
    if (!credentials) throw new SignInRefused(4, 'sign-in', null)
    const { deviceId } = credentials
    const here = `${caller.network} ${deviceId}`
    if (!perDevice.has(here) || (!known.has(here) && !perAddress.has(caller.network)) || !returns.take(here))
      throw new SignInRefused(3, 'too-often', deviceId)
    const identity = await asking
      .run(() => authenticate(credentials))
      .catch(error => {
        log.warn({ error, deviceId }, 'it cannot be known whether a device may sign in; it is told to come back')
        throw new SignInRefused(3, null, deviceId)
      })
    if (identity?.deviceId !== deviceId) {
      perDevice.take(here)
      if (!known.has(here)) perAddress.take(caller.network)
      throw new SignInRefused(credentials.kind === 'token' ? 4 : 5, 'sign-in', deviceId)
    }
    known.delete(here)
    known.add(here)
    if (known.size > mostKnown) known.delete(known.values().next().value!)
    return identity
  }
}

/** A certificate goes before a token; a name that comes with it must be the same. */
function readCredentials({ socket }: Caller, username?: string, password?: Buffer): DeviceCredentials | null {
  const certified = 'authorized' in socket ? deviceOf(socket) : null
  if (certified) return username === undefined || username === certified.deviceId ? { kind: 'certificate', ...certified } : null
  if (username === undefined || !deviceIdPattern.test(username) || !password || password.length === 0 || password.length > 1024)
    return null
  return { kind: 'token', deviceId: username, token: password.toString('utf8') }
}
