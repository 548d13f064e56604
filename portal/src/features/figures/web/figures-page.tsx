import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useSearchParams } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { formatDate, spreadsheetFormats, translate } from '#platform/core'
import { apiContext, EmptyState, languageContext, Notice, PageHeader, useLanguage, useTexts } from '#platform/web'
import { getBefore, getFigures, getMail } from '../core/index.ts'
import { Amounts, AmountsBy } from './amounts.tsx'
import { BeforeForm } from './before-form.tsx'
import style from './figures-page.module.css'
import { Funnel } from './funnel.tsx'
import { Mailing } from './mailing.tsx'
import { PeriodBar } from './period-bar.tsx'
import { wishOf } from './period-wish.ts'
import { Products } from './products.tsx'
import { Sources } from './sources.tsx'
import { Times } from './times.tsx'
import { Weeks } from './weeks.tsx'

/** /console/figures?period=week|month|quarter&at={day}, or ?period=days&from=&to=; &product={slug} */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const wish = wishOf(new URL(request.url).searchParams)
  const [figures, before, { weekly }, { account }] = await Promise.all([
    calls.call(getFigures, { query: wish }),
    calls.callWithEtag(getBefore, { query: { product: wish.product } }),
    calls.call(getMail, {}),
    calls.call(getMe, {}),
  ])
  const mayManage = permissionsOf(account?.roles ?? []).includes('figures.manage')
  return { figures, before, weekly, mayManage, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'figures:title') }] : []

export default function FiguresPage() {
  const { figures, before, weekly, mayManage } = useLoaderData<typeof loader>()
  const t = useTexts('figures')
  const language = useLanguage()
  const { began, sampleUntil, period } = figures
  const day = (at: string) => formatDate(at, language, 'UTC')
  const counted = began.pages !== null || began.leads !== null
  return (
    <>
      <PageHeader title={t('title')}>{t('lead')}</PageHeader>
      <div className={style.page}>
        {sampleUntil !== null && sampleUntil >= period.earlier.from ? (
          <Notice tone="warn" title={t('sample', { until: day(sampleUntil) })} />
        ) : null}
        {counted ? (
          <>
            <PeriodBar figures={figures} />
            <Funnel figures={figures} />
            <Amounts figures={figures} />
            <Times figures={figures} />
            <Weeks figures={figures} />
            <Sources figures={figures} />
            <Products figures={figures} />
            <AmountsBy figures={figures} />
          </>
        ) : (
          <EmptyState title={t('noneTitle')}>{t('none')}</EmptyState>
        )}
        <BeforeForm
          before={before.value}
          etag={before.etag}
          product={figures.product}
          mayManage={mayManage}
          key={figures.product?.slug ?? ''}
        />
        <Mailing weekly={weekly} />
        {counted ? <Export /> : null}
        {began.pages ? <p className={style.hint}>{t('began', { day: day(began.pages) })}</p> : null}
      </div>
    </>
  )
}

/** What is shown now, as a file. */
function Export() {
  const t = useTexts('figures')
  const language = useLanguage()
  const [search] = useSearchParams()
  const wish = Object.entries(wishOf(search)).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return (
    <section className={style.section}>
      <h2>{t('file.title')}</h2>
      <p className={style.hint}>{t('file.help')}</p>
      <p className={style.row}>
        {spreadsheetFormats.map(format => (
          <a href={`/api/v1/figures/file?${new URLSearchParams([...wish, ['format', format], ['lang', language]])}`} key={format}>
            {t(`file.${format}`)}
          </a>
        ))}
      </p>
    </section>
  )
}
