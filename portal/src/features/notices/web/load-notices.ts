import type { LoaderFunctionArgs } from 'react-router'
import { apiContext, languageContext, originContext } from '#platform/web'
import { getMyNoticeSettings, listMyNotices } from '../core/index.ts'

/** What the reader was told, all or what he has not read: `?unread=true`. */
export async function loadNotices({ request, context }: LoaderFunctionArgs) {
  const unread = onlyUnread(new URL(request.url).searchParams)
  const page = await context.get(apiContext).call(listMyNotices, { query: unread })
  return { page, language: context.get(languageContext), origin: context.get(originContext) }
}

export const onlyUnread = (search: URLSearchParams): { unread?: 'true' } =>
  search.get('unread') === 'true' ? { unread: 'true' } : {}

export async function loadSettings({ context }: LoaderFunctionArgs) {
  const { value, etag } = await context.get(apiContext).callWithEtag(getMyNoticeSettings, {})
  return { settings: value, etag, language: context.get(languageContext), origin: context.get(originContext) }
}
