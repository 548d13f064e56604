import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getConfiguration } from '#features/configurator/core'
import { SheetView } from '#features/configurator/web'
import { fillPath, formatTime, translate } from '#platform/core'
import {
  apiContext,
  Container,
  LocaleLink,
  languageContext,
  Notice,
  originContext,
  pageMeta,
  useLanguage,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { getInquiry, getInquiryAttachment } from '../core/index.ts'
import { AttachmentList } from './attachment-list.tsx'
import style from './inquiry-page.module.css'
import { SubjectLines } from './subject-lines.tsx'

/** /inquiries/{token}: the visitor's own page of his inquiry, with the specification sheet. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const api = context.get(apiContext)
  const inquiry = await api.call(getInquiry, { params: { token: params.token ?? '' } })
  const sheet = inquiry.configurationToken
    ? await api.call(getConfiguration, { params: { token: inquiry.configurationToken } })
    : null
  return {
    inquiry,
    sheet,
    page: { language: context.get(languageContext), origin: context.get(originContext), path: `/inquiries/${inquiry.token}` },
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({ ...loaderData.page, title: translate(loaderData.page.language, 'sales:inquiry.pageTitle'), hidden: true })
    : []

export default function InquiryPage() {
  const { inquiry, sheet } = useLoaderData<typeof loader>()
  const t = useTexts('sales')
  const language = useLanguage()
  const zone = useTimeZone()
  const { contact } = inquiry
  return (
    <Container>
      <div className={style.page}>
        <h1>{t('inquiry.pageTitle')}</h1>
        <Notice tone="good" title={t(`inquiry.state.${inquiry.status}`)}>
          <p>{t('inquiry.sentAt', { time: formatTime(inquiry.createdAt, language, zone) })}</p>
          <p>
            {inquiry.callBack
              ? t('inquiry.callsBack', { phone: contact.phone, time: t(`inquiry.callBackTimes.${inquiry.callBack}`) })
              : contact.email
                ? t('inquiry.answerTo', { contact: contact.email })
                : t('inquiry.answerTo', { contact: contact.phone })}
          </p>
        </Notice>
        {inquiry.returned ? (
          <Notice title={t('inquiry.returned', { time: formatTime(inquiry.returned.at, language, zone) })}>
            {inquiry.returned.note ? <p className={style.note}>{inquiry.returned.note}</p> : null}
            <LocaleLink to={`/c/${inquiry.returned.from}`}>{t('inquiry.returnedFrom')}</LocaleLink>
          </Notice>
        ) : null}
        {inquiry.message || inquiry.unlisted ? (
          <dl className={style.words}>
            {inquiry.message ? (
              <div>
                <dt>{t('inquiry.message')}</dt>
                <dd>{inquiry.message}</dd>
              </div>
            ) : null}
            {inquiry.unlisted ? (
              <div>
                <dt>{t('inquiry.unlisted')}</dt>
                <dd>{inquiry.unlisted}</dd>
              </div>
            ) : null}
          </dl>
        ) : null}
        {inquiry.attachments.length > 0 ? (
          <section className={style.attachments}>
            <h2>{t('attachments.title')}</h2>
            <AttachmentList
              files={inquiry.attachments}
              scans={false}
              href={fileId => `/api/v1${fillPath(getInquiryAttachment.path, { token: inquiry.token, fileId })}`}
            />
          </section>
        ) : null}
        {inquiry.subject ? (
          <section className={style.subject}>
            <h2>{inquiry.subject.name[language]}</h2>
            <SubjectLines subject={inquiry.subject} />
            <p>
              <LocaleLink to={inquiry.subject.ownPath}>{t('inquiry.seeOwn')}</LocaleLink>
            </p>
          </section>
        ) : null}
        {sheet ? <SheetView sheet={sheet} heading="h2" /> : null}
      </div>
    </Container>
  )
}
