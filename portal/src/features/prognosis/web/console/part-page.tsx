import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { formatTime, pathIn, translate } from '#platform/core'
import { apiContext, Breadcrumbs, languageContext, PageHeader, useLanguage, useLive, useTexts, useTimeZone } from '#platform/web'
import { getPart, type PartDetail } from '../../core/index.ts'
import { LifeHistory } from './life-history.tsx'
import { LifeImport } from './life-import.tsx'
import { ModelList } from './model-list.tsx'
import style from './models.module.css'

/** /console/models/{type}/{component}: failures that are known, models trained on them, and which ran when. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const { typeId = '', component = '' } = params
  const part = await context.get(apiContext).call(getPart, { params: { typeId, component } })
  return { part, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? [
        {
          title: `${loaderData.part.component.name[loaderData.language]} – ${translate(loaderData.language, 'prognosis:desk.title')}`,
        },
      ]
    : []

export default function PartPage() {
  const { part } = useLoaderData<typeof loader>()
  const t = useTexts('prognosis')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  useLive('life-models', () => void revalidate())
  const name = part.component.name[language]
  return (
    <>
      <Breadcrumbs crumbs={[{ title: t('desk.title'), href: pathIn(language, '/console/models') }, { title: name }]} />
      <PageHeader title={name}>{part.type[language]}</PageHeader>
      <div className={style.page}>
        <ModelList part={part} />
        <Activations part={part} />
        <LifeHistory part={part} />
        <LifeImport part={part} />
      </div>
    </>
  )
}

function Activations({ part: { activations } }: { part: PartDetail }) {
  const t = useTexts('prognosis')
  const language = useLanguage()
  const zone = useTimeZone()
  return (
    <section className={style.section}>
      <h2>{t('desk.history')}</h2>
      {activations.length === 0 ? <p className={style.muted}>{t('desk.historyNone')}</p> : null}
      <ul>
        {activations.map(({ model, how, by, at }) => (
          <li key={at}>
            {model === null
              ? t('desk.rolledOff')
              : t(how === 'activated' ? 'desk.activated' : 'desk.rolledBack', { number: model })}{' '}
            <small className={style.muted}>
              {by ?? t('desk.nobody')} · {formatTime(at, language, zone)}
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}
