import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { fillPath, pathIn, translate } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  apiContext,
  Breadcrumbs,
  ConfirmDialog,
  LocaleLink,
  languageContext,
  Notice,
  PageHeader,
  StatusBadge,
  TextAreaField,
  useLanguage,
  useLive,
  useProblem,
  useTexts,
} from '#platform/web'
import { followOffer, getOffer, isOpen, previewOffer, shownContent, withdrawOffer } from '../../core/index.ts'
import { OfferPaper } from '../offer-paper.tsx'
import { offerTones } from '../offer-tones.ts'
import style from './console.module.css'
import { DraftEditor } from './draft-editor.tsx'
import { OfferHistory } from './offer-history.tsx'
import { OfferTalk } from './offer-talk.tsx'

/** /console/offers/{id}: an offer; its draft is edited here, what was sent is read. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [{ value: offer, etag }, { account }] = await Promise.all([
    calls.callWithEtag(getOffer, { params: { offerId: params.offerId ?? '' } }),
    calls.call(getMe, {}),
  ])
  const seesCost = permissionsOf(account?.roles ?? []).includes('cost.read')
  return { offer, etag, seesCost, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: `${loaderData.offer.number} ${translate(loaderData.language, 'offers:console.list')}` }] : []

export default function OfferDeskPage() {
  const { offer, etag, seesCost } = useLoaderData<typeof loader>()
  const t = useTexts('offers')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const [busy, setBusy] = useState(false)
  const [sent, setSent] = useState(false)
  useLive('offers', id => {
    if (id === null || id === offer.id) void revalidate()
  })
  const params = { offerId: offer.id }
  const act = async (call: () => Promise<unknown>) => {
    setBusy(true)
    const done = await attempt(call)
    await revalidate()
    setBusy(false)
    return done !== undefined
  }
  return (
    <>
      <Breadcrumbs crumbs={[{ title: t('console.list'), href: pathIn(language, '/console/offers') }, { title: offer.number }]} />
      <PageHeader
        title={`${offer.number} · ${t('page.version', { version: offer.version })}`}
        actions={<StatusBadge tone={offerTones[offer.status]}>{t(`console.states.${offer.status}`)}</StatusBadge>}
      >
        <LocaleLink to={`/console/leads/${offer.lead.id}`}>{t('console.ofLead', { number: offer.lead.number })}</LocaleLink>
        {' · '}
        {[offer.recipient.name, offer.recipient.company].filter(Boolean).join(' · ') || t('console.nameless')}
      </PageHeader>
      {problem ? (
        <Notice tone="bad" live title={problem.detail}>
          {problem.remedy}
        </Notice>
      ) : null}
      {sent ? <Notice tone="good" live title={t(offer.contact.email ? 'console.sentOk' : 'console.sentNoMail')} /> : null}
      <div className={style.columns}>
        <div className={style.main}>
          {offer.status === 'draft' ? (
            <DraftEditor key={offer.version} offer={offer} etag={etag} seesCost={seesCost} onSent={() => setSent(true)} />
          ) : (
            <section className={style.card}>
              <OfferPaper offer={{ ...shownContent(offer.content), currency: offer.currency }} />
              <div className={style.actions}>
                {offer.mayFollow ? (
                  <ActionButton disabled={busy} onClick={() => act(() => api.call(followOffer, { params, ifMatch: etag }))}>
                    {t('console.follow')}
                  </ActionButton>
                ) : null}
                <ActionLink reloadDocument to={`/api/v1${fillPath(previewOffer.path, params)}`}>
                  {t('page.pdf')}
                </ActionLink>
              </div>
            </section>
          )}
        </div>
        <aside className={style.side}>
          <OfferHistory offer={offer} />
          <OfferTalk offer={offer} onDone={() => void revalidate()} />
          {offer.status === 'draft' || isOpen(offer.status) ? (
            <Withdrawal
              number={offer.number}
              draft={offer.status === 'draft'}
              busy={busy}
              onWithdraw={reason => act(() => api.call(withdrawOffer, { params, body: { reason }, ifMatch: etag }))}
            />
          ) : null}
        </aside>
      </div>
    </>
  )
}

interface WithdrawalProps {
  number: string
  draft: boolean
  busy: boolean
  onWithdraw(reason: string): Promise<boolean>
}

/** Takes an offer back, or gives a draft up; asks first. */
function Withdrawal({ number, draft, busy, onWithdraw }: WithdrawalProps) {
  const t = useTexts('offers')
  const [asks, setAsks] = useState(false)
  const [reason, setReason] = useState('')
  return (
    <section className={style.card}>
      <ActionButton size="small" disabled={busy} onClick={() => setAsks(true)}>
        {t(draft ? 'console.discard' : 'console.withdraw')}
      </ActionButton>
      <ConfirmDialog
        open={asks}
        title={draft ? t('console.discard') : t('console.withdrawTitle', { number })}
        action={t(draft ? 'console.discard' : 'console.withdraw')}
        danger
        busy={busy}
        onClose={() => setAsks(false)}
        onConfirm={async () => {
          await onWithdraw(reason)
          setAsks(false)
        }}
      >
        <p>{t(draft ? 'console.discardHelp' : 'console.withdrawHelp')}</p>
        {draft ? null : (
          <TextAreaField
            label={t('console.reason')}
            rows={3}
            maxLength={2000}
            value={reason}
            onChange={event => setReason(event.target.value)}
          />
        )}
      </ConfirmDialog>
    </section>
  )
}
