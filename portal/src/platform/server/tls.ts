import { X509Certificate } from 'node:crypto'
import { readFileSync, unwatchFile, watchFile } from 'node:fs'
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { createSecureContext } from 'node:tls'
import { negotiateLanguage } from '#platform/core'
import type { Config } from './config.ts'
import { platformFailure } from './http-failures.ts'
import { toProblem } from './http-problems.ts'
import { newId } from './ids.ts'
import type { Log } from './log.ts'
import { StartFailure } from './start-failure.ts'

export interface TlsSettings {
  /** files in PEM: the certificate with those between it and its root, and its key */
  cert: string
  key: string
  minVersion: 'TLSv1.2' | 'TLSv1.3'
  /** a port that leads plain HTTP to PUBLIC_URL; null: none */
  redirectPort: number | null
}

const lookEveryMs = 2000

/**
 * The portal's server, by TLS where it has a certificate. Files that change are taken up for new connections; those there are go on.
 * Throws StartFailure where the certificate cannot be used.
 */
export function createPortalServer({ tls }: Config, options: ServerOptions, log: Log): { server: Server; close(): void } {
  if (!tls) return { server: createServer(options), close: () => {} }
  const server = createSecureServer({ ...options, ...readTlsFiles(tls) })
  const renew = async () => server.setSecureContext(readTlsFiles(tls))
  return { server: server as unknown as Server, close: followTlsFiles(tls, renew, log) }
}

/** What `createServer` of TLS takes. names: of the settings that name the files. Throws StartFailure where they cannot be used. */
export function readTlsFiles(
  { cert: certFile, key: keyFile, minVersion }: Pick<TlsSettings, 'cert' | 'key' | 'minVersion'>,
  [certName, keyName] = ['TLS_CERT', 'TLS_KEY'],
) {
  const context = { cert: readPem(certName!, certFile), key: readPem(keyName!, keyFile), minVersion }
  try {
    createSecureContext(context)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reason = /KEY_VALUES_MISMATCH/.test(code ?? '') ? 'the key is not that of the certificate' : message
    throw new StartFailure(`${certName} and ${keyName}: ${reason}. Name a certificate in PEM, with its chain, and its own key.`)
  }
  return context
}

/** Throws StartFailure naming the setting where the file cannot be read. */
export function readPem(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new StartFailure(
      `${name}: "${file}" cannot be read (${(error as NodeJS.ErrnoException).code}). Name a file in PEM that this user may read.`,
    )
  }
}

/** A certificate is renewed in two steps, file by file: what does not fit together is not taken, and looked at again with the next change. */
export function followTlsFiles(tls: Pick<TlsSettings, 'cert' | 'key'>, renew: () => Promise<void>, log: Log): () => void {
  const look = async () => {
    try {
      await renew()
      log.info({ expires: certificateOf(readPem('TLS_CERT', tls.cert)).validTo }, 'the TLS certificate was taken up anew')
    } catch (error) {
      log.error({ error }, 'the TLS certificate cannot be taken up; the one before is kept')
    }
  }
  const files = [tls.cert, tls.key]
  for (const file of files) watchFile(file, { interval: lookEveryMs, persistent: false }, look)
  return () => {
    for (const file of files) unwatchFile(file, look)
  }
}

/** The first certificate of a file in PEM: the portal's own. */
export const certificateOf = (pem: string): X509Certificate => new X509Certificate(pem)

/**
 * Leads people who came by plain HTTP to the same page at PUBLIC_URL, which alone says where: never to what the request names.
 * Programs are refused: one that was led on quietly would send its secrets in plain text for years.
 */
export function createRedirectServer({ publicUrl }: Config, options: ServerOptions): Server {
  const redirect: RequestListener = (request, response) => {
    const path = request.url?.startsWith('/') ? request.url : '/'
    if (/^\/api([/?]|$)/.test(path) || !['GET', 'HEAD'].includes(request.method ?? '')) refuse(request, response)
    else response.writeHead(308, { location: publicUrl + path, 'cache-control': 'no-store', connection: 'close' }).end()
    request.resume()
  }
  return createServer(options, redirect)
}

const refuse: RequestListener = (request, response) => {
  const failure = platformFailure('https-needed')
  const problem = toProblem(failure, negotiateLanguage(request.headers['accept-language'] ?? null), newId())
  const headers = { 'content-type': 'application/problem+json', 'cache-control': 'no-store', connection: 'close' }
  response.writeHead(failure.status, headers).end(JSON.stringify(problem))
}
