import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import type { MqttClient } from 'mqtt'

/** Files in PEM. */
export interface CertificateFiles {
  cert: string
  key: string
}

const answerMs = 30_000

/**
 * Asks the portal for the next certificate in the last third of the time of the one there is, and puts it in its place; the one of before holds
 * on until it ends. Answers whether it did. Throws where the portal refuses or does not answer: it is to be tried again later.
 */
export async function renewWhenDue(
  client: MqttClient,
  deviceId: string,
  files: CertificateFiles,
  now = new Date(),
): Promise<boolean> {
  const certificate = await readFile(files.cert, 'utf8')
  const { validFromDate, validToDate } = new X509Certificate(certificate)
  const [left, whole] = [validToDate.getTime() - now.getTime(), validToDate.getTime() - validFromDate.getTime()]
  if (left > whole / 3) return false
  const next = await nextKey(`${files.key}.next`)
  const request = await requestFor(deviceId, next)
  const signature = sign('sha256', Buffer.from(request), await readFile(files.key, 'utf8')).toString('base64')
  const answer = await ask(client, deviceId, { request, certificate, signature })
  if (answer.refused !== undefined || answer.certificate === undefined)
    throw new Error(`the portal does not renew the certificate: ${answer.refused}`)
  await writeFile(`${files.cert}.next`, answer.certificate)
  await rename(`${files.key}.next`, files.key)
  await rename(`${files.cert}.next`, files.cert)
  return true
}

/** Written before it is asked for, so that what is certified after a power cut is still this one. */
async function nextKey(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => null)
  if (kept) return kept
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  await writeFile(`${file}.new`, privateKey, { mode: 0o600 })
  await rename(`${file}.new`, file)
  return privateKey
}

/** PKCS #10 in PEM. key: PKCS #8 in PEM, of P-256 */
export async function requestFor(deviceId: string, key: string): Promise<string> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const der = Buffer.from(key.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
  const privateKey = await crypto.subtle.importKey('pkcs8', der, algorithm, true, ['sign'])
  const { d: _, key_ops: __, ...jwk } = await crypto.subtle.exportKey('jwk', privateKey)
  const publicKey = await crypto.subtle.importKey('jwk', jwk, algorithm, true, ['verify'])
  await import('reflect-metadata') // what the library needs to be there before it; loaded once in many months
  const x509 = await import('@peculiar/x509')
  const made = await x509.Pkcs10CertificateRequestGenerator.create({
    name: [{ CN: [deviceId] }],
    keys: { privateKey, publicKey },
    signingAlgorithm: algorithm,
  })
  return made.toString('pem')
}

type Answer = { certificate?: string; authority?: string; refused?: string }

async function ask(client: MqttClient, deviceId: string, wish: object): Promise<Answer> {
  const topic = `fettle/${deviceId}/down/certificate`
  await client.subscribeAsync(topic, { qos: 1 })
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(new Error(`the portal does not answer within ${answerMs} ms`)), answerMs)
    const hear = (at: string, payload: Buffer) => {
      if (at === topic) end(JSON.parse(payload.toString()) as Answer)
    }
    function end(result: Answer | Error): void {
      clearTimeout(timer)
      client.off('message', hear)
      if (result instanceof Error) reject(result)
      else resolve(result)
    }
    client.on('message', hear)
    client.publishAsync(`fettle/${deviceId}/certificate`, JSON.stringify(wish), { qos: 1 }).catch(end)
  })
}
