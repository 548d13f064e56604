import { readFile } from 'node:fs/promises'
import { connect } from 'node:tls'
import { type Config, certificateOf } from '#platform/server'
import type { CertificateReading } from '../core/index.ts'

const patienceMs = 3000
const keptMs = 10 * 60_000
let kept: { of: string; at: number; reading: CertificateReading } | undefined

/** The portal's own certificate, or the one visitors see at PUBLIC_URL, whoever does TLS there; that is looked at every ten minutes. */
export async function readCertificate({ publicUrl, tls }: Config): Promise<CertificateReading> {
  if (tls) return readOwn(tls.cert).catch(error => ({ kind: 'unreadable', error: reasonOf(error) }))
  if (!publicUrl.startsWith('https:')) return { kind: 'none' }
  if (kept?.of === publicUrl && Date.now() - kept.at < keptMs) return kept.reading
  const reading = await askAddress(new URL(publicUrl)).catch(error => ({ kind: 'unreadable', error: reasonOf(error) }) as const)
  kept = { of: publicUrl, at: Date.now(), reading }
  return reading
}

async function readOwn(file: string): Promise<CertificateReading> {
  const { validTo, subjectAltName, subject } = certificateOf(await readFile(file, 'utf8'))
  const names = subjectAltName?.replaceAll('DNS:', '') ?? subject
  return { kind: 'found', from: 'file', expires: Date.parse(validTo), names: names.slice(0, 200) }
}

/** What is wrong with the certificate is to be told, not refused: nothing is sent over the connection. */
function askAddress({ hostname, port }: URL): Promise<CertificateReading> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port || 443), servername: hostname, rejectUnauthorized: false }, () => {
      const { valid_to, subjectaltname, subject } = socket.getPeerCertificate()
      socket.destroy()
      const names = subjectaltname?.replaceAll('DNS:', '') ?? String(subject?.CN ?? hostname)
      resolve({ kind: 'found', from: 'address', expires: Date.parse(valid_to), names: names.slice(0, 200) })
    })
    socket.setTimeout(patienceMs, () => socket.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })))
    socket.on('error', reject)
  })
}

const reasonOf = (error: NodeJS.ErrnoException) => error.code ?? error.message.slice(0, 200)
