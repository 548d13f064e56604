import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { getConfiguration, type Sheet } from '#features/configurator/core'
import { listOffers } from '#features/offers/core'
import { LeadOffers } from '#features/offers/web'
import { fillPath, pathIn, translate } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  apiContext,
  Breadcrumbs,
  DescriptionList,
  LocaleLink,
  languageContext,
  Money,
  Notice,
  PageHeader,
  useLanguage,
  useLive,
  useProblem,
  useTexts,
} from '#platform/web'
import { changeLead, getAttachment, getLead, type LeadDetail, listAssignees } from '../core/index.ts'
import { AttachmentList } from './attachment-list.tsx'
import style from './lead-page.module.css'
import { LeadTimeline } from './lead-timeline.tsx'
import { LeadStatusBadge, SourceWords } from './lead-words.tsx'
import { Returning } from './returning.tsx'
import { SubjectLines } from './subject-lines.tsx'

/** /console/leads/{id}: one lead with its configuration, its people and its timeline. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const made = new URL(request.url).searchParams.get('configuration')
  const [{ value: lead, etag }, { items: assignees }, { account }] = await Promise.all([
    calls.callWithEtag(getLead, { params: { leadId: params.leadId ?? '' } }),
    calls.call(listAssignees, {}),
    calls.call(getMe, {}),
  ])
  const seesOffers = permissionsOf(account?.roles ?? []).includes('offer.read')
  const [sheet, offers, returning] = await Promise.all([
    lead.configurationToken ? calls.call(getConfiguration, { params: { token: lead.configurationToken } }) : null,
    seesOffers ? calls.call(listOffers, { query: { lead: lead.id } }) : null,
    made && lead.configurationToken && made !== lead.configurationToken
      ? calls.call(getConfiguration, { params: { token: made } })
      : null,
  ])
  const me = assignees.find(({ id }) => id === account?.id)?.id ?? null
  return { lead, etag, assignees, me, sheet, returning, offers: offers?.items ?? null, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: `#${loaderData.lead.number} ${translate(loaderData.language, 'sales:lead.one')}` }] : []

export default function LeadPage() {
  const { lead, etag, assignees, me, sheet, returning, offers } = useLoaderData<typeof loader>()
  const t = useTexts('sales')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const [busy, setBusy] = useState(false)
  useLive('leads', id => {
    if (id === null || id === lead.id) void revalidate()
  })

  const change = async (body: { status: LeadDetail['status'] } | { assigneeId: string | null }) => {
    setBusy(true)
    await attempt(() => api.call(changeLead, { params: { leadId: lead.id }, body, ifMatch: etag }))
    await revalidate()
    setBusy(false)
  }

  return (
    <>
      <Breadcrumbs crumbs={[{ title: t('lead.list'), href: pathIn(language, '/console/leads') }, { title: `#${lead.number}` }]} />
      <PageHeader
        title={[lead.contact.name, lead.contact.company].filter(Boolean).join(' · ') || t('lead.nameless')}
        actions={<LeadStatusBadge status={lead.status} />}
      >
        {lead.productName[language]}
      </PageHeader>
      {problem ? (
        <Notice tone="bad" live title={problem.detail}>
          {problem.remedy}
        </Notice>
      ) : null}
      <div className={style.columns}>
        <div className={style.main}>
          {returning ? <Returning lead={lead} sheet={returning} onDone={() => revalidate()} /> : null}
          {lead.related.length > 0 ? <Related lead={lead} /> : null}
          {lead.subject ? <SubjectCard subject={lead.subject} /> : null}
          {lead.message || lead.unlisted ? (
            <section className={style.card}>
              <h2>{t('lead.words')}</h2>
              {lead.message ? <p className={style.quote}>{lead.message}</p> : null}
              {lead.unlisted ? (
                <>
                  <h3>{t('inquiry.unlisted')}</h3>
                  <p className={style.quote}>{lead.unlisted}</p>
                </>
              ) : null}
            </section>
          ) : null}
          {lead.attachments.length > 0 ? (
            <section className={style.card}>
              <h2>{t('attachments.title')}</h2>
              <AttachmentList
                files={lead.attachments}
                scans
                href={fileId => `/api/v1${fillPath(getAttachment.path, { fileId })}`}
              />
            </section>
          ) : null}
          <LeadTimeline lead={lead} onDone={() => revalidate()} />
        </div>
        <aside className={style.side}>
          <section className={`${style.card} ${style.todo}`}>
            <label className={style.choice}>
              {t('lead.assignee')}
              <select
                value={lead.assignee?.id ?? ''}
                disabled={busy}
                onChange={event => change({ assigneeId: event.target.value || null })}
              >
                <option value="">{t('lead.unassigned')}</option>
                {assignees.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            {me && lead.assignee?.id !== me ? (
              <ActionButton size="small" disabled={busy} onClick={() => change({ assigneeId: me })}>
                {t('lead.take')}
              </ActionButton>
            ) : null}
            {lead.moves.length > 0 ? (
              <fieldset className={style.moves}>
                <legend>{t('lead.moveTo')}</legend>
                {lead.moves.map(status => (
                  <ActionButton key={status} size="small" disabled={busy} onClick={() => change({ status })}>
                    {t(`status.${status}`)}
                  </ActionButton>
                ))}
              </fieldset>
            ) : null}
          </section>
          {offers && sheet ? <LeadOffers leadId={lead.id} offers={offers} className={style.card} /> : null}
          <section className={style.card}>
            <h2>{t('lead.contact')}</h2>
            <ContactFacts lead={lead} />
          </section>
          {sheet ? <ConfigurationCard lead={lead} sheet={sheet} /> : null}
        </aside>
      </div>
    </>
  )
}

function Related({ lead }: { lead: LeadDetail }) {
  const t = useTexts('sales')
  return (
    <Notice title={t('lead.related')}>
      <ul className={style.related}>
        {lead.related.map(other => (
          <li key={other.id}>
            <LocaleLink to={`/console/leads/${other.id}`}>#{other.number}</LocaleLink>{' '}
            {[other.contactName, other.companyName].filter(Boolean).join(' · ')} (
            {other.same.map(same => t(`lead.same.${same}`)).join(', ')})
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function ContactFacts({ lead }: { lead: LeadDetail }) {
  const t = useTexts('sales')
  const { contact, source, company, knownCustomer } = lead
  const facts = [
    { term: t('inquiry.name'), value: contact.name },
    { term: t('inquiry.company'), value: contact.company },
    { term: t('inquiry.email'), value: contact.email && <a href={`mailto:${contact.email}`}>{contact.email}</a> },
    { term: t('inquiry.phone'), value: contact.phone && <a href={`tel:${contact.phone}`}>{contact.phone}</a> },
    { term: t('inquiry.callBack'), value: lead.callBack && t(`inquiry.callBackTimes.${lead.callBack}`) },
    { term: t('lead.account'), value: company?.name },
    {
      term: t('lead.knownCustomer'),
      value:
        knownCustomer &&
        `${[...new Set([knownCustomer.companyName, knownCustomer.accountName])].join(' · ')} (${t(`lead.same.${knownCustomer.same}`)})`,
    },
    { term: t('lead.language'), value: contact.language === 'en' ? 'English' : '中文' },
    { term: t('lead.source'), value: <SourceWords source={source} /> },
    { term: t('lead.consent'), value: lead.consent.version },
  ]
  return <DescriptionList items={facts.flatMap(({ term, value }) => (value ? [{ term, value }] : []))} />
}

/** What was asked for that is no configuration, and where it is dealt with. */
function SubjectCard({ subject }: { subject: NonNullable<LeadDetail['subject']> }) {
  const t = useTexts('sales')
  const language = useLanguage()
  return (
    <section className={style.card}>
      <h2>{t('lead.about')}</h2>
      <SubjectLines subject={subject} />
      <div className={style.links}>
        <ActionLink size="small" to={pathIn(language, subject.deskPath)}>
          {t('lead.openSubject')}
        </ActionLink>
      </div>
    </section>
  )
}

function ConfigurationCard({ lead, sheet }: { lead: LeadDetail; sheet: Sheet }) {
  const t = useTexts('sales')
  const language = useLanguage()
  return (
    <section className={style.card}>
      <h2>{t('lead.configuration')}</h2>
      <p className={style.amount}>
        {lead.net === null ? t('lead.onRequest') : <Money amount={lead.net} currency={lead.currency} />}
      </p>
      {sheet.typeCode ? <p className={style.code}>{sheet.typeCode}</p> : null}
      <details>
        <summary>{t('lead.options', { count: sheet.groups.reduce((sum, group) => sum + group.items.length, 0) })}</summary>
        <DescriptionList
          items={sheet.groups.map(group => ({
            key: group.id,
            term: group.name[language],
            value: group.items
              .map(item => (item.value === undefined ? item.name[language] : `${item.value} ${item.unit ?? ''}`))
              .join(language === 'en' ? ', ' : '、'),
          }))}
        />
      </details>
      <div className={style.links}>
        <ActionLink size="small" to={pathIn(language, `/c/${lead.configurationToken}`)}>
          {t('lead.openSheet')}
        </ActionLink>
        {lead.status === 'won' ? null : (
          <ActionLink
            size="small"
            to={pathIn(language, `/configure/${sheet.productSlug}?from=${lead.configurationToken}&lead=${lead.id}`)}
          >
            {t('lead.reconfigure')}
          </ActionLink>
        )}
        <ActionLink size="small" reloadDocument to={pathIn(language, `/c/${lead.configurationToken}/sheet.pdf`)}>
          PDF
        </ActionLink>
      </div>
    </section>
  )
}
