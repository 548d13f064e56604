import { data, type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { formatDate, pathIn, translate } from '#platform/core'
import {
  ActionLink,
  apiContext,
  Container,
  languageContext,
  Notice,
  originContext,
  PageHeader,
  PlainText,
  pageMeta,
  useLanguage,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { getNoticeVersion } from '../core/index.ts'
import style from './privacy.module.css'

export { stillPage as handle } from '#platform/web'

/** /privacy/versions/3: the privacy notice as it once stood. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  if (!/^\d{1,6}$/.test(params.version ?? '')) throw data(null, { status: 404 })
  const version = Number(params.version)
  const notice = await context.get(apiContext).call(getNoticeVersion, { params: { version } })
  return { notice, language: context.get(languageContext), origin: context.get(originContext) }
}

const titleKey = (version: number) => (version === 0 ? 'versions.shippedTitle' : 'versions.title')

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: `/privacy/versions/${loaderData.notice.version}`,
        title: translate(loaderData.language, `privacy:${titleKey(loaderData.notice.version)}`, {
          version: loaderData.notice.version,
        }),
        hidden: true, // search engines know the one that holds
      })
    : []

export default function NoticePage() {
  const t = useTexts('privacy')
  const language = useLanguage()
  const zone = useTimeZone()
  const { notice } = useLoaderData<typeof loader>()
  const { version, current, publishedAt, change } = notice
  return (
    <Container width="narrow">
      <PageHeader title={t(titleKey(version), { version })}>
        {publishedAt ? t('versions.from', { day: formatDate(publishedAt, language, zone) }) : null}
      </PageHeader>
      <div className={style.stack}>
        <Notice tone="info" title={t(version === current ? 'versions.holds' : 'versions.outdated')}>
          {change[language] ? <p>{t('versions.change', { change: change[language] })}</p> : null}
        </Notice>
        <PlainText text={notice.text[language]} />
        <div className={style.actions}>
          <ActionLink to={pathIn(language, '/privacy')}>{t('versions.toCurrent')}</ActionLink>
        </div>
      </div>
    </Container>
  )
}
