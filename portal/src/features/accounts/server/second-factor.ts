import type { Platform } from '#platform/server'
import type { NewAuthenticator, Proof } from '../core/index.ts'
import { authenticatorSince, beginAuthenticator, confirmAuthenticator, dropAuthenticator } from './authenticator.ts'
import { credentialChanged } from './credential-changed.ts'
import { noSecondFactor, secondFactorRequired, wrongCode } from './failures.ts'
import { distrustDevices } from './known-devices.ts'
import { prove } from './prove.ts'
import { dropRecoveryCodes, makeRecoveryCodes } from './recovery-codes.ts'
import { mustKeepAFactor } from './second-factor-rule.ts'

/** Begins to set an authenticator app up; needs a proof, since whoever adds a factor can lock the owner out. */
export async function beginSecondFactor(platform: Platform, accountId: string, proof: Proof): Promise<NewAuthenticator> {
  await prove(platform, accountId, proof)
  return beginAuthenticator(platform, accountId)
}

/** The first code of the app: from now on it is asked for. Answers the recovery codes, which are never shown again. */
export async function confirmSecondFactor(platform: Platform, accountId: string, code: string): Promise<string[]> {
  return platform.database.transaction(async () => {
    if (!(await confirmAuthenticator(platform, accountId, code))) throw wrongCode()
    const codes = await makeRecoveryCodes(platform, accountId)
    await credentialChanged(platform, 'second-factor.enabled', { accountId })
    return codes
  })
}

/** Turns the authenticator app off; its recovery codes end with it. */
export async function turnSecondFactorOff(platform: Platform, accountId: string, proof: Proof): Promise<void> {
  await prove(platform, accountId, proof)
  await platform.database.transaction(async () => {
    await dropSecondFactor(platform, accountId)
    if (await mustKeepAFactor(platform, accountId)) throw secondFactorRequired()
    await credentialChanged(platform, 'second-factor.disabled', { accountId })
  })
}

/** A new set of recovery codes; the old ones end. */
export async function renewRecoveryCodes(platform: Platform, accountId: string, proof: Proof): Promise<string[]> {
  if (!(await authenticatorSince(platform, accountId))) throw noSecondFactor()
  await prove(platform, accountId, proof)
  return platform.database.transaction(async () => {
    const codes = await makeRecoveryCodes(platform, accountId)
    await credentialChanged(platform, 'recovery-codes.renewed', { accountId })
    return codes
  })
}

async function dropSecondFactor(platform: Platform, accountId: string): Promise<void> {
  await dropAuthenticator(platform, accountId)
  await dropRecoveryCodes(platform, accountId)
  await distrustDevices(platform, accountId)
}
