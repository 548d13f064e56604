import { platformFailure } from './http-failures.ts'

const longestUrl = 8 * 1024
const mostParameters = 100
const mostHeaders = 100

interface Incoming {
  rawHeaders?: string[]
}

/** Whether address and headers stay within what any request of ours needs. */
export const isBoundedRequest = (url: string, incoming: Incoming | undefined): boolean =>
  isBoundedUrl(url) && hasBoundedHeaders(incoming)

/** Throws the 414 or 431 failure. */
export function demandBoundedRequest(url: string, incoming: Incoming | undefined): void {
  if (!isBoundedUrl(url)) throw platformFailure('address-too-long')
  if (!hasBoundedHeaders(incoming)) throw platformFailure('headers-too-large')
}

/** Throws the 400 failure where the path cannot be decoded. */
export function demandReadableUrl(url: string): void {
  const { pathname } = new URL(url)
  try {
    if (!decodeURIComponent(pathname).includes('\0')) return
  } catch {
    // falls through to the same answer
  }
  throw platformFailure('malformed-url')
}

const isBoundedUrl = (url: string) => url.length <= longestUrl && url.split('&', mostParameters + 1).length <= mostParameters
const hasBoundedHeaders = (incoming: Incoming | undefined) => (incoming?.rawHeaders?.length ?? 0) <= 2 * mostHeaders
