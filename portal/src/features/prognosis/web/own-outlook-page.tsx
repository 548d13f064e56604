import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getMyDevice } from '#features/devices/core'
import { translate } from '#platform/core'
import { apiContext, languageContext, originContext, pageMeta } from '#platform/web'
import { getMyOutlook } from '../core/index.ts'
import { Outlook } from './outlook.tsx'

/** /account/machines/{id}/outlook: how long its components are likely to last; for others it is not there. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [{ serial, model }, outlook] = await Promise.all([
    calls.call(getMyDevice, { params: { deviceId } }),
    calls.call(getMyOutlook, { params: { deviceId } }),
  ])
  return {
    ...{ deviceId, name: `${model} ${serial}`, outlook },
    ...{ language: context.get(languageContext), origin: context.get(originContext) },
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: `/account/machines/${loaderData.deviceId}/outlook`,
        title: translate(loaderData.language, 'prognosis:of', { name: loaderData.name }),
        hidden: true,
      })
    : []

export default function OwnOutlookPage() {
  return <Outlook outlook={useLoaderData<typeof loader>().outlook} />
}
