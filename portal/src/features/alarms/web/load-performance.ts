import type { LoaderFunctionArgs } from 'react-router'
import { z } from 'zod'
import { apiContext, languageContext, originContext } from '#platform/web'
import { getAlarmPerformance, performanceDays } from '../core/index.ts'

/** What the URL asks for: ?days=7, and a type of machines; what is none of the choices is left out. */
export async function loadPerformance({ request, context }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams
  const days = performanceDays.find(one => one === search.get('days'))
  const typeId = z.uuid().safeParse(search.get('type')).data
  const query = { ...(days ? { days } : {}), ...(typeId ? { typeId } : {}) }
  const performance = await context.get(apiContext).call(getAlarmPerformance, { query })
  return { performance, typeId, language: context.get(languageContext), origin: context.get(originContext) }
}
