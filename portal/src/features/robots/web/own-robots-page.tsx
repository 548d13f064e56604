import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { translate } from '#platform/core'
import { apiContext, Container, demoContext, languageContext, originContext, pageMeta, useTexts } from '#platform/web'
import { listRobots, subjectsOfCompanies } from '../core/index.ts'
import { RobotDesk } from './robot-desk.tsx'

const path = '/account/robots'

/** /account/robots: group chats of the own company that are told of alarms of its machines, for its administrators. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { items } = await context.get(apiContext).call(listRobots, {})
  const facts = { language: context.get(languageContext), origin: context.get(originContext) }
  return { items, demo: context.get(demoContext), ...facts }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? pageMeta({ ...loaderData, path, title: translate(loaderData.language, 'robots:title'), hidden: true }) : []

export default function OwnRobotsPage() {
  const { items, demo } = useLoaderData<typeof loader>()
  const t = useTexts('robots')
  return (
    <Container>
      <RobotDesk items={items} demo={demo} subjects={subjectsOfCompanies} lead={t('leadOwn')} />
    </Container>
  )
}
