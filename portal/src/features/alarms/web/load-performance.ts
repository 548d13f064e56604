import type { LoaderFunctionArgs } from 'react-router'
import { apiContext, languageContext, originContext } from '#platform/web'
import { getAlarmPerformance, performanceDays } from '../core/index.ts'

/** What the URL asks for: ?days=7, and a type of machines; what is none of the choices is left out. */
export async function loadPerformance({ request, context }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams
  const days = performanceDays.find(one => String(one) === search.get('days')) ?? 30
  const type = search.get('type')
  const typeId = type && /^[\da-f-]{36}$/.test(type) ? type : undefined
  const query = { days: String(days) as '7' | '30' | '90', ...(typeId ? { typeId } : {}) }
  const performance = await context.get(apiContext).call(getAlarmPerformance, { query })
  return { performance, typeId, language: context.get(languageContext), origin: context.get(originContext) }
}
