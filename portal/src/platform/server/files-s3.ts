import { openAsBlob } from 'node:fs'
import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import { setTimeout as wait } from 'node:timers/promises'
import { AwsV4Signer } from 'aws4fetch'
import type { FileOnDisk, FileStore, StoredObject } from './files.ts'
import { demandKey, isKey } from './files-key.ts'
import { StartFailure } from './start-failure.ts'

/** What FILES_URL says: `s3://key:secret@host:port/bucket/folder?region=…&tls=false&style=host` */
export interface S3Address {
  accessKeyId: string
  secretAccessKey: string
  region: string
  /** where objects are, with a slash at the end: https://host/bucket/ or https://bucket.host/ */
  bucket: URL
  /** stands before every key: '' or 'folder/' */
  prefix: string
}

/** Throws a sentence that goes on after the setting's name where the address is not one. */
export function readS3Address(text: string): S3Address {
  const url = new URL(text)
  const query = url.searchParams
  const unknown = [...query.keys()].find(name => !['region', 'tls', 'style'].includes(name))
  if (unknown) throw new Error(`has the unknown parameter "${unknown}"`)
  if (!url.username || !url.password) throw new Error('has no access key and secret before the host')
  const [bucket, ...folders] = url.pathname.split('/').filter(Boolean)
  if (!bucket) throw new Error('names no bucket after the host')
  const scheme = query.get('tls') === 'false' ? 'http' : 'https'
  const byHost = query.get('style') === 'host'
  return {
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
    region: query.get('region') ?? 'us-east-1',
    bucket: new URL(byHost ? `${scheme}://${bucket}.${url.host}/` : `${scheme}://${url.host}/${bucket}/`),
    prefix: folders.map(folder => `${folder}/`).join(''),
  }
}

export interface Patience {
  /** tries after the first, of what may pass by itself */
  retries: number
  /** ms before the second try; doubles with each further one */
  firstDelay: number
  /** ms until a try is answered; the bytes of the answer may take as long as their reader's line */
  timeout: number
}

/**
 * Files in a bucket of Amazon S3, MinIO, Ceph, Alibaba OSS, Tencent COS … Objects are small enough for one PUT each, which makes
 * them appear whole; its checksum is part of the signature, so that bytes that change on the way are refused.
 */
export function s3Store(filesUrl: string, patience: Patience = { retries: 3, firstDelay: 200, timeout: 120_000 }): FileStore {
  const { bucket, prefix, region, accessKeyId, secretAccessKey } = readS3Address(filesUrl)
  const urlOf = (key: string) => new URL(`${prefix}${key}`, bucket)

  async function send(method: string, url: URL, content?: FileOnDisk, more: Record<string, string> = {}): Promise<Response> {
    const headers = { 'x-amz-content-sha256': content?.sha256 ?? emptySha256, ...more }
    const body = content ? await openAsBlob(content.path) : null
    for (let attempt = 0; ; attempt++) {
      const last = attempt >= patience.retries
      // signed anew each time: a signature is good for a few minutes only
      const signer = new AwsV4Signer({
        method,
        url: url.href,
        headers,
        body,
        accessKeyId,
        secretAccessKey,
        service: 's3',
        region,
      })
      const signed = await signer.sign()
      const late = new AbortController()
      const timer = setTimeout(() => late.abort(), patience.timeout)
      try {
        const answer = await fetch(signed.url, {
          method,
          headers: signed.headers,
          body,
          redirect: 'manual',
          signal: late.signal,
        })
        if (answer.status < 500 && answer.status !== 429) return answer
        if (last) return answer
        await answer.body?.cancel()
      } catch (error) {
        if (last) throw new S3Unreachable(`The file store at ${bucket.host} cannot be reached`, { cause: error })
      } finally {
        clearTimeout(timer)
      }
      await wait(patience.firstDelay * 2 ** attempt)
    }
  }

  async function refusal(method: string, answer: Response): Promise<S3Refused> {
    const code = /<Code>([\w.]+)<\/Code>/.exec(await answer.text())?.[1] ?? ''
    return new S3Refused(`The file store at ${bucket.host} answers ${method} with ${answer.status} ${code}`.trim(), code)
  }

  async function page(after: string, most: number): Promise<{ objects: StoredObject[]; next: string }> {
    const url = new URL(bucket)
    const query = { 'list-type': '2', prefix, 'max-keys': String(most), ...(after ? { 'continuation-token': after } : {}) }
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const answer = await send('GET', url)
    if (!answer.ok) throw await refusal('GET', answer)
    return readListing(await answer.text(), prefix)
  }

  return {
    async put(key, content) {
      demandKey(key)
      const answer = await send('PUT', urlOf(key), content)
      if (!answer.ok) throw await refusal('PUT', answer)
      await answer.body?.cancel()
    },

    async get(key, piece) {
      demandKey(key)
      const range: Record<string, string> = piece ? { range: `bytes=${piece.first}-${piece.last}` } : {}
      const answer = await send('GET', urlOf(key), undefined, range)
      if (!answer.ok) {
        const error = await refusal('GET', answer)
        if (error.code === 'NoSuchKey') return null // not so a bucket that is not there
        throw error
      }
      return answer.body ? Readable.fromWeb(answer.body as WebStream) : Readable.from([])
    },

    async remove(key) {
      demandKey(key)
      const answer = await send('DELETE', urlOf(key))
      if (!answer.ok && answer.status !== 404) throw await refusal('DELETE', answer)
      await answer.body?.cancel()
    },

    async *list() {
      let after = ''
      do {
        const { objects, next } = await page(after, 1000)
        yield* objects
        after = next
      } while (after)
    },

    async check() {
      try {
        await page('', 1)
      } catch (error) {
        if (error instanceof S3Refused)
          throw new StartFailure(`FILES_URL: ${error.message}. Check key, secret, bucket and region.`)
        if (!(error instanceof S3Unreachable)) throw error
      }
    },
  }
}

class S3Refused extends Error {
  readonly code: string
  constructor(message: string, code: string) {
    super(message)
    this.code = code
  }
}
class S3Unreachable extends Error {}

const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** The answer of ListObjectsV2. Our keys need no escaping in XML; what does is not ours. */
function readListing(xml: string, prefix: string): { objects: StoredObject[]; next: string } {
  const text = (part: string, tag: string) => part.split(`<${tag}>`, 2)[1]?.split('<', 1)[0] ?? ''
  const objects = xml
    .split('<Contents>')
    .slice(1)
    .map(part => ({
      key: text(part, 'Key').slice(prefix.length),
      at: new Date(text(part, 'LastModified')),
      bytes: Number(text(part, 'Size')),
    }))
    .filter(({ key }) => isKey(key))
  const truncated = text(xml, 'IsTruncated') === 'true'
  return { objects, next: truncated ? unescapeXml(text(xml, 'NextContinuationToken')) : '' }
}

const unescapeXml = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replace(/&#(x?)([\da-f]+);/gi, (_, hex, code) => String.fromCodePoint(Number.parseInt(code, hex ? 16 : 10)))
    .replaceAll('&amp;', '&')
