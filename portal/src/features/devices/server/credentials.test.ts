import { X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { ProblemError } from '#platform/core'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import { addCredential, createDevice, getDevice, revokeCredential, transferDevice } from '../core/index.ts'
import { authenticateDevice } from './index.ts'

const world = await twoCompanies(await testPortal())
const { platform, database, own } = world
const service = await world.api('service')

const enter = async () => {
  const { id } = await service.call(createDevice, { body: { serial: crypto.randomUUID(), model: 'VM-850' } })
  return { deviceId: id }
}
const tokenOf = async (params: { deviceId: string }, more: { overlapHours?: number } = {}) => {
  const { id, token } = await service.call(addCredential, { params, body: { kind: 'token', ...more } })
  return { credentialId: id, token: token! }
}
const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    error => (error as ProblemError).problem,
  )

/** Of nobody; it ends in 2126. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIBizCCATGgAwIBAgIUBmxqFelQtOJrn53uJv7UGT7kc04wCgYIKoZIzj0EAwIw
GjEYMBYGA1UEAwwPVk0tODUwIDAwMTE5MDQyMCAXDTI2MTEyNjE0NDY0M1oYDzIx
MjYxMTAyMTQ0NjQzWjAaMRgwFgYDVQQDDA9WTS04NTAgMDAxMTkwNDIwWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAARQlWFhlNSjw0CpSxVxSeDcQRLoaPjXtR+w36LI
0loWbRaaLj9eq7LOjMGrcPhX+9cH6krJ+PRMzGFMY4ApcBwio1MwUTAdBgNVHQ4E
FgQULNBjDjLpoQViidnfUiJINpD0d3kwHwYDVR0jBBgwFoAULNBjDjLpoQViidnf
UiJINpD0d3kwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiBsh9bt
P3t6p5BcW/O4NA8a/cQuzRZ4Cn+X4JqtPWQj8QIhAMU1o7NOqsxoTGOw006DhO26
gp1eZu0RWxNMr4+3NnkL
-----END CERTIFICATE-----`

describe('a token', () => {
  test('lets its machine in and no other, and says who it is', async () => {
    const [params, others] = [await enter(), await enter()]
    const { token, credentialId } = await tokenOf(params)
    expect(await authenticateDevice(platform, { ...params, token })).toEqual({
      ...params,
      ...{ credentialId, typeId: null, validUntil: null },
    })
    expect(await authenticateDevice(platform, { ...others, token })).toBeNull()
    for (const wrong of ['', 'x', `${token}x`, token.slice(0, -1), token.toUpperCase()])
      expect(await authenticateDevice(platform, { ...params, token: wrong })).toBeNull()
    expect(await authenticateDevice(platform, { deviceId: 'no id', token })).toBeNull()
    expect((await service.call(getDevice, { params })).lastSeenAt).not.toBeNull()
  })

  test('is kept as a hash alone', async () => {
    const params = await enter()
    const { token } = await tokenOf(params)
    expect(token.length).toBeGreaterThan(50)
    const { rows } = await database.pool.query('select * from device_credential where device_id = $1', [params.deviceId])
    expect(JSON.stringify(rows)).not.toContain(token.slice(-20))
    const { rows: entries } = await database.pool.query('select * from audit_entry')
    expect(JSON.stringify(entries)).not.toContain(token.slice(-20))
  })

  test('is renewed with a time in which both hold', async () => {
    const params = await enter()
    const before = await tokenOf(params)
    const after = await tokenOf(params, { overlapHours: 1 })
    const holds = async (token: string, hours: number) => {
      const later = new Date(Date.now() + hours * 3_600_000)
      return (await authenticateDevice({ ...platform, now: () => later }, { ...params, token })) !== null
    }
    expect([await holds(before.token, 0.9), await holds(after.token, 0.9)]).toEqual([true, true])
    expect([await holds(before.token, 1.1), await holds(after.token, 1.1)]).toEqual([false, true])
    expect((await authenticateDevice(platform, { ...params, token: before.token }))!.validUntil).not.toBeNull()
    const last = await tokenOf(params, { overlapHours: 0 })
    expect([await holds(before.token, 0.01), await holds(after.token, 0.01), await holds(last.token, 9)]).toEqual([
      false,
      false,
      true,
    ])
  })

  test('that is revoked opens nothing from then on', async () => {
    const params = await enter()
    const { token, credentialId } = await tokenOf(params)
    await service.call(revokeCredential, { params: { ...params, credentialId } })
    expect(await authenticateDevice(platform, { ...params, token })).toBeNull()
    await service.call(revokeCredential, { params: { ...params, credentialId } })
    const elsewhere = { ...(await enter()), credentialId }
    expect((await problemOf(service.call(revokeCredential, { params: elsewhere })))?.status).toBe(404)
    const { credentials } = await service.call(getDevice, { params })
    expect(credentials).toMatchObject([{ id: credentialId, valid: false }])
  })

  test('of the manufacturer stays with the machine when it changes hands; one an owner made does not', async () => {
    const params = await enter()
    const [made, owners] = [await tokenOf(params), await tokenOf(params)]
    await database.pool.query('update device_credential set company_id = $1 where id = $2', [own.id, owners.credentialId])
    const { etag } = await service.callWithEtag(getDevice, { params })
    await service.call(transferDevice, { params, ifMatch: etag, body: { companyId: world.other.id, reason: 'Sold on' } })
    expect(await authenticateDevice(platform, { ...params, token: made.token })).not.toBeNull()
    expect(await authenticateDevice(platform, { ...params, token: owners.token })).toBeNull()
  })
})

describe('a certificate', () => {
  const add = (params: { deviceId: string }, text: string) =>
    service.call(addCredential, { params, body: { kind: 'certificate', label: 'TPM', certificate: text } })

  test('lets its machine in by its fingerprint, however that is written, and stands for one machine alone', async () => {
    const [params, others] = [await enter(), await enter()]
    const { fingerprint256 } = new X509Certificate(certificate)
    const { id, token } = await add(params, certificate)
    expect(token).toBeNull()
    for (const certificateFingerprint of [fingerprint256, fingerprint256.replaceAll(':', '').toLowerCase()])
      expect(await authenticateDevice(platform, { certificateFingerprint })).toMatchObject({ ...params, credentialId: id })
    expect(await authenticateDevice(platform, { ...others, certificateFingerprint: fingerprint256 })).toBeNull()
    expect((await problemOf(add(others, fingerprint256)))?.type).toBe('/problems/certificate-used')
    await service.call(revokeCredential, { params: { ...params, credentialId: id } })
    expect(await authenticateDevice(platform, { certificateFingerprint: fingerprint256 })).toBeNull()
    await add(others, fingerprint256)
    expect(await authenticateDevice(platform, { certificateFingerprint: fingerprint256 })).toMatchObject(others)
  })

  test('a fingerprint is no token, and a token no fingerprint', async () => {
    const params = await enter()
    const fingerprint = 'ab'.repeat(32)
    await add(params, fingerprint)
    expect(await authenticateDevice(platform, { ...params, token: fingerprint })).toBeNull()
    expect(await authenticateDevice(platform, { certificateFingerprint: 'ab' })).toBeNull()
  })

  test('what is no certificate is refused at its field', async () => {
    for (const text of ['hello', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 'ab'.repeat(31)])
      expect((await problemOf(add(await enter(), text)))?.errors?.map(({ field }) => field)).toEqual(['/certificate'])
  })
})
