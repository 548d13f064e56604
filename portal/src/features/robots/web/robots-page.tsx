import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { translate } from '#platform/core'
import { apiContext, demoContext, languageContext, useTexts } from '#platform/web'
import { listRobots, robotSubjects } from '../core/index.ts'
import { RobotDesk } from './robot-desk.tsx'

/** /console/robots: the group chats of the house that are told of new leads and of alarms. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { items } = await context.get(apiContext).call(listRobots, {})
  return { items, demo: context.get(demoContext), language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'robots:title') }] : []

export default function RobotsPage() {
  const { items, demo } = useLoaderData<typeof loader>()
  const t = useTexts('robots')
  return <RobotDesk items={items} demo={demo} subjects={robotSubjects} lead={t('lead')} />
}
