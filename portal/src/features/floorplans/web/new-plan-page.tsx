import { type LoaderFunctionArgs, type MetaFunction, useNavigate } from 'react-router'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { pathIn, translate } from '#platform/core'
import {
  ActionButton,
  api,
  apiContext,
  Breadcrumbs,
  Container,
  languageContext,
  originContext,
  PageHeader,
  pageMeta,
  useLanguage,
  useTexts,
} from '#platform/web'
import { addFloorPlan, listFloorPlans } from '../core/index.ts'
import style from './edit-plan.module.css'
import { demandDrawing } from './load-plan.ts'
import { fieldsIn, missingIn, PlanFields } from './plan-fields.tsx'

/** /account/machines/plan/new: begins the plan of a hall, for administrators; whoever is not signed in is led there. */
export async function loader(given: LoaderFunctionArgs) {
  const { context } = given
  await context.get(apiContext).call(listFloorPlans, {})
  await demandDrawing(given)
  return { language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: '/account/machines/plan/new',
        title: translate(loaderData.language, 'floorplans:new.title'),
        hidden: true,
      })
    : []

export default function NewPlanPage() {
  const t = useTexts('floorplans')
  const language = useLanguage()
  const navigate = useNavigate()
  const entry = useEntry(
    typed => missingIn(typed, t),
    async typed => {
      const { id } = await api.call(addFloorPlan, { body: fieldsIn(typed) })
      await navigate(pathIn(language, `/account/machines/plan/${id}/edit`))
    },
  )
  return (
    <Container width="form">
      <Breadcrumbs
        crumbs={[{ title: t('title'), href: pathIn(language, '/account/machines/plan') }, { title: t('new.title') }]}
      />
      <PageHeader title={t('new.title')}>{t('new.lead')}</PageHeader>
      <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
        <ProblemNotice problem={entry.problem} />
        <PlanFields plan={null} errors={entry.errors} />
        <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
          {t('new.submit')}
        </ActionButton>
      </form>
    </Container>
  )
}
