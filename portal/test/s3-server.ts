import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface S3Server {
  /** for FILES_URL */
  url: string
  objects: Map<string, { content: Buffer; at: Date }>
  /** What happens to the next requests, before anything else: a status to answer, or a connection that is cut. */
  trouble: (number | 'cut')[]
  requests: string[]
  close(): Promise<void>
}

const accessKey = 'AKFETTLETEST'
const secretKey = 'secret/with+signs=and more'
const region = 'eu-test-1'

/**
 * A bucket that speaks as much of the S3 protocol as a file store needs. It believes no signature: each is made again from the
 * request as it arrived, by the rules of AWS Signature Version 4, and the body must have the checksum that was signed.
 */
export async function startS3Server(bucket: string): Promise<S3Server> {
  const objects: S3Server['objects'] = new Map()
  const trouble: S3Server['trouble'] = []
  const requests: string[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    requests.push(`${request.method} ${request.url}`)
    const next = trouble.shift()
    if (next === 'cut') return request.socket.destroy()
    if (next !== undefined) return refuse(response, next, 'InternalError')
    answer(request, response, Buffer.concat(chunks))
  })

  function answer(request: IncomingMessage, response: ServerResponse, body: Buffer): unknown {
    const complaint = complaintAbout(request, body)
    if (complaint) return refuse(response, 403, complaint)
    const url = new URL(request.url!, 'http://s3')
    const [, name, ...rest] = url.pathname.split('/')
    const key = decodeURIComponent(rest.join('/'))
    if (name !== bucket) return refuse(response, 404, 'NoSuchBucket')
    if (key === '') return list(url.searchParams, response)
    if (request.method === 'PUT') {
      if (request.headers['content-length'] === undefined) return refuse(response, 411, 'MissingContentLength')
      objects.set(key, { content: body, at: new Date() })
      return response.writeHead(200).end()
    }
    if (request.method === 'DELETE') {
      objects.delete(key)
      return response.writeHead(204).end()
    }
    const found = objects.get(key)
    if (!found) return refuse(response, 404, 'NoSuchKey')
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
    const content = first ? found.content.subarray(Number(first), Number(last) + 1) : found.content
    return response.writeHead(first ? 206 : 200, { 'content-length': content.length }).end(content)
  }

  function list(query: URLSearchParams, response: ServerResponse): void {
    const most = Math.min(Number(query.get('max-keys')), 2) // small pages, so that the caller has to turn them
    const after = query.get('continuation-token') ?? ''
    const prefix = query.get('prefix') ?? ''
    const keys = [...objects.keys()].filter(key => key.startsWith(prefix) && key > after.slice(2)).sort()
    const page = keys.slice(0, most)
    const contents = page.map(
      key =>
        `<Contents><Key>${key}</Key><LastModified>${objects.get(key)!.at.toISOString()}</LastModified><Size>${objects.get(key)!.content.length}</Size></Contents>`,
    )
    const more = keys.length > page.length
    response
      .writeHead(200, { 'content-type': 'application/xml' })
      .end(
        `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${contents.join('')}${more ? `<NextContinuationToken>&lt;&amp;${page.at(-1)}</NextContinuationToken>` : ''}</ListBucketResult>`,
      )
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `s3://${accessKey}:${encodeURIComponent(secretKey)}@127.0.0.1:${port}/${bucket}/portal?region=${region}&tls=false`,
    objects,
    trouble,
    requests,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`)
}

/** Why the request is not to be believed; null: it is. docs.aws.amazon.com, "Signature Calculations for the Authorization Header" */
function complaintAbout(request: IncomingMessage, body: Buffer): string | null {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([\w;-]+), ?Signature=([0-9a-f]{64})$/
  const [, key, day, area, signedNames, signature] = pattern.exec(request.headers.authorization ?? '') ?? []
  if (!signature) return 'AccessDenied'
  if (key !== accessKey || area !== region) return 'InvalidAccessKeyId'
  const time = String(request.headers['x-amz-date'])
  const at = Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (!(Math.abs(Date.now() - at) < 15 * 60_000) || !time.startsWith(day!)) return 'RequestTimeTooSkewed'
  const names = signedNames!.split(';')
  if (!['host', 'x-amz-date', 'x-amz-content-sha256'].every(name => names.includes(name))) return 'AccessDenied'
  const bodyHash = String(request.headers['x-amz-content-sha256'])
  if (bodyHash !== sha256(body)) return 'XAmzContentSHA256Mismatch'

  const [path, query = ''] = request.url!.split('?')
  const pairs = query
    .split('&')
    .filter(Boolean)
    .map(pair => pair.split('=').map(part => encodeStrictly(decodeURIComponent(part.replaceAll('+', ' ')))))
    .map(([name, value = '']) => `${name}=${value}`)
    .sort()
  const canonical = [
    request.method,
    path!
      .split('/')
      .map(part => encodeStrictly(decodeURIComponent(part)))
      .join('/'),
    pairs.join('&'),
    ...names.map(name => `${name}:${String(request.headers[name]).trim().replace(/\s+/g, ' ')}`),
    '',
    signedNames,
    bodyHash,
  ].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', time, `${day}/${area}/s3/aws4_request`, sha256(canonical)].join('\n')
  const signingKey = [day!, area!, 's3', 'aws4_request'].reduce<Buffer>(
    (secret, part) => hmac(secret, part),
    Buffer.from(`AWS4${secretKey}`),
  )
  return timingSafeEqual(hmac(signingKey, toSign), Buffer.from(signature, 'hex')) ? null : 'SignatureDoesNotMatch'
}

const encodeStrictly = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')
const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest()
