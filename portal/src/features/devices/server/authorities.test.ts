import 'reflect-metadata'
import { createHash, generateKeyPairSync, sign, X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { X509Crl } from '@peculiar/x509'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, describe, expect, test } from 'vitest'
import type { ProblemError } from '#platform/core'
import { openDevice } from '../../../../../examples/device-client/device-client.ts'
import { renewWhenDue, requestFor } from '../../../../../examples/device-client/renew-certificate.ts'
import { confirmingApi } from '../../../../test/confirming.ts'
import { newAuthority } from '../../../../test/device-certificates.ts'
import { closed } from '../../../../test/device-wire.ts'
import { openDoors, withBroker } from '../../../../test/embedded-broker.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import {
  addMyToken,
  beginDeviceAuthority,
  createDevice,
  endMyAuthority,
  getDevice,
  getDeviceAuthority,
  issueCertificate,
  listMyCredentials,
  nameMyAuthority,
  revokeCredential,
  revokeMyCredential,
  transferDevice,
} from '../core/index.ts'
import { keepIssued } from './authorities/issue-certificate.ts'
import { ownAuthority } from './authorities/own-authority.ts'
import { certifyRequest } from './authorities/sign-certificates.ts'

const folder = await mkdtemp(join(tmpdir(), 'fettle-authorities-'))
afterAll(() => rm(folder, { recursive: true })) // called last, after the portal that reads its certificate there
const server = await newAuthority('The portal')
const placed = async (name: string, text: string) => {
  await writeFile(join(folder, name), text)
  return join(folder, name)
}
const own = await server.issue('localhost')
const tls = {
  ...{ port: 0, clientCa: null },
  ...{ cert: await placed('portal.crt', own.cert), key: await placed('portal.key', own.key) },
}
const world = await twoCompanies(await testPortal({ config: withBroker({ port: null, tls }) }))
const { database } = world
const url = await openDoors(world)
const service = await world.api('service')
const clients: MqttClient[] = []
afterAll(async () => {
  for (const client of clients) await client.endAsync(true)
})

async function machine(companyId: string | null = null) {
  const { value, etag } = await service.callWithEtag(createDevice, { body: { serial: crypto.randomUUID(), model: 'VM-850' } })
  const params = { deviceId: value.id }
  if (companyId)
    await confirmingApi(world, 'admin').call(transferDevice, { params, body: { companyId, reason: 'sold' }, ifMatch: etag })
  return params
}
async function signIn({ deviceId }: { deviceId: string }, { cert, key }: { cert: string; key: string }) {
  const client = await connectAsync(url, {
    clientId: deviceId,
    cert,
    key,
    ca: server.cert,
    reconnectPeriod: 0,
    protocolVersion: 4,
  })
  clients.push(client)
  return client
}
const keyOf = (namedCurve: string) =>
  generateKeyPairSync('ec', { namedCurve }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
/** Of an RSA key with 1024 bits. */
const weakRequest = `-----BEGIN CERTIFICATE REQUEST-----
MIIBTjCBuAIBADAPMQ0wCwYDVQQDDAR3ZWFrMIGfMA0GCSqGSIb3DQEBAQUAA4GN
ADCBiQKBgQDCV8WBkqogRgQXk2JqFlOEv3KcXk4oko2TnFCIZlb1JHaRDznsYjij
A01+ykM1KoXDX8IZGTr5VO4zbOSVj7mU/MR1hlxoYVibl+QK7zANgymAH3E9VR0L
B4oc06eUjnGB3+ee2HHa/JKjI5901X8ualaFoSEPEksNlpkSNgfHgwIDAQABoAAw
DQYJKoZIhvcNAQELBQADgYEAJS1eekIwBc5QsFlLj7iU2QFdmax/sa1Hhc+p3Tlg
dffl/FA0wU7RYNjUQLYtu645VcnMa50Ph3QHMRs5EiSRfDWNWZ6sIHRDIlzzsXET
zSkZGc6M+bhvCxSr5bnHn+MegUL+Pz4DYEHEBXl7bWUvvLODSoan21B46YsPHFVe
ZTY=
-----END CERTIFICATE REQUEST-----`
const outcome = (call: Promise<unknown>) =>
  call.then(
    () => 'in',
    error => String((error as ProblemError).problem?.type ?? (error as Error).message),
  )

describe('the manufacturer’s own authority', () => {
  test('certifies a machine, which signs in by it at once; revoked it is out, and on the list for brokers outside', async () => {
    await service.call(beginDeviceAuthority, {})
    expect(await outcome(service.call(beginDeviceAuthority, {}))).toContain('device-authority-there')
    const params = await machine()
    const { certificate, key, authority } = await service.call(issueCertificate, { params, body: { label: 'TPM', months: 12 } })
    const read = new X509Certificate(certificate)
    expect([read.subject, read.subjectAltName]).toEqual([`CN=${params.deviceId}`, `URI:urn:uuid:${params.deviceId}`])
    expect(read.verify(new X509Certificate(authority).publicKey)).toBe(true)
    const client = await expect
      .poll(() => signIn(params, { cert: certificate, key: key! }).catch(() => null))
      .toBeTruthy()
      .then(() => clients.at(-1)!)
    const gone = closed(client)
    const { rows } = await database.pool.query('select * from device_credential where device_id = $1', [params.deviceId])
    expect(JSON.stringify(rows)).not.toContain('PRIVATE KEY')
    await service.call(revokeCredential, { params: { ...params, credentialId: rows[0].id } })
    await gone
    expect(await outcome(signIn(params, { cert: certificate, key: key! }))).toMatch(/Not authorized/)
    const { authority: shown } = await service.call(getDeviceAuthority, {})
    const answer = await world.request(new URL(shown!.listAddress).pathname)
    const list = new Uint8Array(await answer.arrayBuffer())
    expect(new X509Crl(list).entries.map(({ serialNumber }) => serialNumber)).toEqual([rows[0].serial])
    expect(() =>
      createSecureContext({
        ca: authority,
        crl: `-----BEGIN X509 CRL-----\n${Buffer.from(list).toString('base64')}\n-----END X509 CRL-----`,
      }),
    ).not.toThrow()
    const { rows: keys } = await database.pool.query('select key from device_authority')
    expect(keys[0].key).toMatch(/^v1\./)
  })

  test('certifies a key that the machine has made, whatever its request says it is called', async () => {
    const params = await machine()
    const request = await requestFor('somebody else', keyOf('P-256'))
    const { certificate, key } = await service.call(issueCertificate, { params, body: { request } })
    expect(key).toBeNull()
    expect(new X509Certificate(certificate).subject).toBe(`CN=${params.deviceId}`)
    for (const wrong of ['hello', `${request.slice(0, 200)}AAAA${request.slice(204)}`, weakRequest])
      expect(await outcome(service.call(issueCertificate, { params, body: { request: wrong } }))).toContain('validation')
  })

  test('a machine renews its certificate by itself in its last third; a stolen token and another machine’s certificate do not', async () => {
    const params = await machine()
    const { certificate, key } = await service.call(issueCertificate, { params, body: { months: 1 } })
    const files = { cert: await placed('machine.crt', certificate), key: await placed('machine.key', key!) }
    const troubles: string[] = []
    const open = async () => {
      const device = await openDevice({
        ...{
          url,
          deviceId: params.deviceId,
          certificate: files,
          folder: join(folder, 'device'),
          connection: { ca: server.cert },
        },
        onTrouble: error => troubles.push(error.message),
      })
      clients.push({ endAsync: () => device.close() } as unknown as MqttClient)
    }
    const client = await signIn(params, { cert: certificate, key: key! })
    expect(await renewWhenDue(client, params.deviceId, files)).toBe(false)
    const soon = new Date(Date.now() + 28 * 86_400_000)
    await expect(renewWhenDue(client, params.deviceId, files, soon)).rejects.toThrow('too-early') // the portal goes by its own clock
    const stranger = await service.call(issueCertificate, { params: await machine(), body: {} })
    const request = await requestFor(params.deviceId, keyOf('P-256'))
    const asked = (shown: string, by: string) =>
      refusalOf(client, params.deviceId, {
        request,
        certificate: shown,
        signature: sign('sha256', Buffer.from(request), by).toString('base64'),
      })
    expect(await asked(stranger.certificate, stranger.key!)).toBe('unknown-certificate')
    expect(await asked(certificate, stranger.key!)).toBe('signature')
    expect(await asked('no certificate', key!)).toBe('unknown-certificate')
    const short = await makeShort(params.deviceId)
    const { rowCount } = await database.pool.query(
      `insert into device_credential (id, device_id, kind, digest, label, created_at)
       select gen_random_uuid(), $1, 'token', gen_random_uuid(), 'one more', now() from generate_series(1, 50)`,
      [params.deviceId],
    )
    expect(rowCount).toBe(50)
    expect(await asked(short.certificate, key!)).toBe('full')
    await database.pool.query(`delete from device_credential where device_id = $1 and kind = 'token'`, [params.deviceId])
    await writeFile(files.cert, short.certificate)
    await writeFile(files.key, key!)
    await open()
    await expect.poll(() => readFile(files.cert, 'utf8')).not.toBe(short.certificate)
    const renewed = await readFile(files.cert, 'utf8')
    expect(troubles).toEqual([])
    await signIn(params, { cert: renewed, key: await readFile(files.key, 'utf8') })
    await signIn(params, { cert: short.certificate, key: key! }) // the one of before holds on
    const { credentials } = await service.call(getDevice, { params })
    expect(credentials.filter(({ valid }) => valid)).toHaveLength(3)
  })

  async function refusalOf(client: MqttClient, deviceId: string, wish: object): Promise<string> {
    const answer = new Promise<string>(resolve =>
      client.once('message', (_, payload) => resolve(JSON.parse(payload.toString()).refused)),
    )
    await client.publishAsync(`fettle/${deviceId}/certificate`, JSON.stringify(wish), { qos: 1 })
    return answer
  }

  /** Of the same key, in the last third of its time. */
  async function makeShort(deviceId: string) {
    const authority = await ownAuthority(world.platform)
    const [from, until] = [new Date(Date.now() - 9 * 86_400_000), new Date(Date.now() + 86_400_000)]
    const request = await requestFor(deviceId, await readFile(join(folder, 'machine.key'), 'utf8'))
    const issued = (await certifyRequest(authority, request, { deviceId, from, until, listAddress: 'http://portal.test/list' }))!
    await database.transaction(() => keepIssued(world.platform, authority, { deviceId, label: '', createdBy: null, issued }))
    return issued
  }

  test('machines whose last certificate ends soon are listed', async () => {
    const [params, calm] = [await machine(), await machine()]
    await service.call(issueCertificate, { params, body: { months: 1 } })
    await service.call(issueCertificate, { params: calm, body: { months: 24 } })
    const { expiring } = await service.call(getDeviceAuthority, {})
    expect(expiring).toMatchObject(expect.arrayContaining([expect.objectContaining({ ...params, expired: false })]))
    expect(expiring.map(({ deviceId }) => deviceId)).not.toContain(calm.deviceId)
  })
})

describe('what owners make', () => {
  test('certificates of a company’s own authority open the wire for its machines alone, as long as it owns them', async () => {
    const [params, foreign, sold] = [await machine(world.own.id), await machine(world.other.id), await machine(world.own.id)]
    const plant = await newAuthority(`Plant ${crypto.randomUUID().slice(0, 8)}`)
    const { api } = world.own.admin
    const named = await api.call(nameMyAuthority, { body: { certificate: plant.cert } })
    expect(named.subject).toContain('Plant')
    const issued = await plant.issue(params.deviceId)
    await expect.poll(() => outcome(signIn(params, issued))).toBe('in')
    expect(await outcome(signIn(foreign, await plant.issue(foreign.deviceId)))).toMatch(/Not authorized/)
    const { credentials } = await api.call(listMyCredentials, { params })
    expect(credentials).toMatchObject([{ kind: 'certificate', fingerprint: issued.fingerprint.slice(0, 12) }])
    await api.call(revokeMyCredential, { params: { ...params, credentialId: credentials[0]!.id } })
    expect(await outcome(signIn(params, issued))).toMatch(/Not authorized/)

    const theirs = await plant.issue(sold.deviceId)
    await signIn(sold, theirs)
    const { etag } = await service.callWithEtag(getDevice, { params: sold })
    const staff = confirmingApi(world, 'admin')
    await staff.call(transferDevice, { params: sold, body: { companyId: world.other.id, reason: 'sold on' }, ifMatch: etag })
    expect(await outcome(signIn(sold, theirs))).toMatch(/Not authorized/)

    const other = world.other.admin.api
    expect(await outcome(other.call(nameMyAuthority, { body: { certificate: plant.cert } }))).toContain('authority-subject-taken')
    expect(await outcome(other.call(nameMyAuthority, { body: { certificate: issued.cert } }))).toContain('validation')
    const again = await plant.issue(params.deviceId)
    const client = await signIn(params, again)
    const gone = closed(client)
    await api.call(endMyAuthority, {})
    await gone
  })

  test('a token that an owner made ends with his ownership, and is his alone to revoke', async () => {
    const params = await machine(world.own.id)
    const { api } = world.own.admin
    const { id, token } = await api.call(addMyToken, { params, body: { label: 'Retrofit' } })
    const digest = createHash('sha256').update(token).digest('hex')
    const { rows } = await database.pool.query('select company_id from device_credential where digest = $1', [digest])
    expect(rows).toEqual([{ company_id: world.own.id }])
    expect((await api.call(listMyCredentials, { params })).credentials).toMatchObject([{ id, label: 'Retrofit', kind: 'token' }])
    const other = world.other.admin.api
    expect(await outcome(other.call(listMyCredentials, { params }))).toContain('not-found')
    expect(await outcome(other.call(addMyToken, { params, body: {} }))).toContain('not-found')
    const built =
      (await service.call(issueCertificate, { params, body: {} })) && (await service.call(getDevice, { params })).credentials[0]!
    expect(await outcome(api.call(revokeMyCredential, { params: { ...params, credentialId: built.id } }))).toContain('not-found')
    await api.call(revokeMyCredential, { params: { ...params, credentialId: id } })
    expect((await api.call(listMyCredentials, { params })).credentials).toEqual([])
  })
})
