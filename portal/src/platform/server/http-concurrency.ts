import type { Context } from 'hono'
import { changedMeanwhile } from './errors.ts'
import type { HttpEnv } from './http.ts'
import { platformFailure } from './http-failures.ts'

/** Version in If-Match, without quotes. Throws the 428 failure where the header is missing. */
export function readIfMatch(c: Context<HttpEnv>): string {
  const header = c.req.header('if-match')?.trim()
  if (!header) {
    throw platformFailure('if-match-needed', undefined, {
      remedy: {
        'zh-CN': '请先读取内容，并在 If-Match 中发送其 ETag。',
        en: 'Read the thing first and send its ETag in If-Match.',
      },
    })
  }
  return bareTag(header)
}

/** Throws the 412 failure where the version the editor saw is not the current one. '*' matches any. */
export function demandVersion(ifMatch: string, current: string | number): void {
  if (ifMatch === '*' || ifMatch === String(current)) return
  throw changedMeanwhile()
}

export const quoteTag = (tag: string): string => `"${tag}"`

/** Compression weakens a tag on its way (`W/"3-gzip"`); the version in it is the same. */
export const bareTag = (tag: string): string =>
  tag
    .replace(/^W\//, '')
    .replace(/^"|"$/g, '')
    .replace(/-(gzip|br)$/, '')

/** Whether the caller's If-None-Match holds the tag. */
export const holdsTag = (ifNoneMatch: string | undefined, tag: string): boolean =>
  ifNoneMatch?.split(',').some(one => bareTag(one.trim()) === tag) ?? false
