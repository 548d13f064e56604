import 'reflect-metadata' // what the library needs to be there before it
import { createPublicKey, randomBytes } from 'node:crypto'
import * as x509 from '@peculiar/x509'

/** A certificate with its key, in PEM. */
export interface Authority {
  certificate: string
  key: string
}

export interface Issued {
  certificate: string
  /** hexadecimal */
  serial: string
  /** null: the machine has made it itself */
  key: string | null
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
/** A machine's clock may be behind. */
const backMs = 3_600_000

/** A new authority, by its own word. until: when it ends */
export async function makeAuthority({
  name,
  organisation,
  from,
  until,
}: {
  name: string
  organisation: string
  from: Date
  until: Date
}): Promise<Authority> {
  const keys = await newKeys()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: [{ CN: [name] }, { O: [organisation] }],
    ...{ notBefore: new Date(from.getTime() - backMs), notAfter: until, signingAlgorithm: algorithm, keys },
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate: certificate.toString('pem'), key: await exported(keys.privateKey) }
}

interface Wanted {
  deviceId: string
  from: Date
  until: Date
  /** where the list of revoked certificates lies */
  listAddress: string
}

/** A certificate for a key that the machine has made, by its request (PKCS #10, PEM). null: that is none, or its key is too weak */
export async function certifyRequest(authority: Authority, request: string, wanted: Wanted): Promise<Issued | null> {
  const publicKey = await keyOfRequest(request)
  return publicKey && { ...(await certify(authority, publicKey, wanted)), key: null }
}

/** A certificate with a key of its own. */
export async function certifyNewKey(authority: Authority, wanted: Wanted): Promise<Issued & { key: string }> {
  const keys = await newKeys()
  return {
    ...(await certify(authority, new x509.PublicKey(await crypto.subtle.exportKey('spki', keys.publicKey)), wanted)),
    key: await exported(keys.privateKey),
  }
}

/** The list of what was revoked, signed (RFC 5280, 5): DER. */
export async function signRevocations(
  authority: Authority,
  { entries, at, until }: { entries: readonly { serial: string; revokedAt: Date }[]; at: Date; until: Date },
): Promise<Uint8Array> {
  const issuer = new x509.X509Certificate(authority.certificate)
  const list = await x509.X509CrlGenerator.create({
    issuer: issuer.subjectName.toJSON(),
    ...{ thisUpdate: at, nextUpdate: until, signingAlgorithm: algorithm, signingKey: await imported(authority.key) },
    entries: entries.map(({ serial, revokedAt }) => ({ serialNumber: serial, revocationDate: revokedAt })),
    extensions: [await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey), numbered(at)],
  })
  return new Uint8Array(list.rawData)
}

/** The number of a list grows from one to the next: 2.5.29.20, an INTEGER of seconds. */
function numbered(at: Date): x509.Extension {
  const value = Buffer.alloc(8)
  value.writeUInt8(2, 0)
  value.writeUInt8(6, 1)
  value.writeUIntBE(Math.floor(at.getTime() / 1000), 2, 6)
  return new x509.Extension('2.5.29.20', false, value)
}

async function certify(authority: Authority, publicKey: x509.PublicKey, { deviceId, from, until, listAddress }: Wanted) {
  const issuer = new x509.X509Certificate(authority.certificate)
  const serial = newSerial()
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial,
    subject: [{ CN: [deviceId] }],
    issuer: issuer.subjectName.toJSON(),
    ...{ notBefore: new Date(from.getTime() - backMs), notAfter: until < issuer.notAfter ? until : issuer.notAfter },
    ...{ signingAlgorithm: algorithm, signingKey: await imported(authority.key), publicKey },
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
      new x509.SubjectAlternativeNameExtension([{ type: 'url', value: `urn:uuid:${deviceId}` }]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      new x509.CRLDistributionPointsExtension([listAddress]),
    ],
  })
  return { certificate: certificate.toString('pem'), serial }
}

/** Names in a request count for nothing: the portal knows which machine asks. */
async function keyOfRequest(request: string): Promise<x509.PublicKey | null> {
  try {
    const read = new x509.Pkcs10CertificateRequest(request)
    return (await read.verify()) && isStrong(Buffer.from(read.publicKey.rawData)) ? read.publicKey : null
  } catch {
    return null
  }
}

function isStrong(spki: Buffer): boolean {
  const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey({ key: spki, format: 'der', type: 'spki' })
  if (asymmetricKeyType === 'rsa') return (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048
  return asymmetricKeyType === 'ec' || asymmetricKeyType === 'ed25519'
}

const newKeys = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])

/** Positive, whatever is drawn (RFC 5280, 4.1.2.2). */
function newSerial(): string {
  const bytes = randomBytes(16)
  bytes[0] = (bytes[0]! & 0x7f) | 0x40
  return bytes.toString('hex')
}

async function exported(key: CryptoKey): Promise<string> {
  const text = Buffer.from(await crypto.subtle.exportKey('pkcs8', key)).toString('base64')
  return `-----BEGIN PRIVATE KEY-----\n${text.match(/.{1,64}/g)!.join('\n')}\n-----END PRIVATE KEY-----\n`
}

const imported = (pem: string) =>
  crypto.subtle.importKey('pkcs8', Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64'), algorithm, false, ['sign'])
