import type { OutgoingFile } from '#platform/core'

/** By XMLHttpRequest, which unlike fetch says how much has left. Rejects with an AbortError where the caller gave up, and where the connection is lost. */
export function sendFile(path: string, method: string, headers: Record<string, string>, file: OutgoingFile): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, path)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', event => file.onProgress?.(event.loaded))
    request.addEventListener('load', () => {
      const type = request.getResponseHeader('content-type') ?? ''
      resolve(new Response(request.responseText || null, { status: request.status, headers: { 'content-type': type } }))
    })
    request.addEventListener('error', () => reject(new TypeError('The connection was lost')))
    request.addEventListener('abort', () => reject(new DOMException('Given up', 'AbortError')))
    const signal = file.signal as AbortSignal | undefined
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    if (signal?.aborted) reject(new DOMException('Given up', 'AbortError'))
    else request.send(file.content as Blob)
  })
}
