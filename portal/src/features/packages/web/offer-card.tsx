import { useState } from 'react'
import { formatDate, formatMoney } from '#platform/core'
import { ActionButton, api, ConfirmDialog, Notice, useLanguage, useProblem, useTexts, useTimeZone } from '#platform/web'
import { isInForce, type Offer, type Proof, startMyTrial, withdrawMyRequest } from '../core/index.ts'
import { AskForm } from './ask-form.tsx'
import { EntitlementBadge, periodWords } from './entitlement-words.tsx'
import style from './packages.module.css'
import { ProofSection } from './proof-section.tsx'

interface OfferCardProps {
  deviceId: string
  /** of the machine */
  name: string
  offer: Offer
  onChange(): void
}

interface CardProps extends OfferCardProps {
  /** absent: the manufacturer does not show it */
  proof: Proof | undefined
}

/** A package as a customer sees it: what it opens, what it costs, how it stands, and what he can do. */
export function OfferCard({ deviceId, name, offer, proof, onChange }: CardProps) {
  const t = useTexts('packages')
  const language = useLanguage()
  const { net, currency, months } = offer.price
  return (
    <article className={style.package}>
      <div className={style.what}>
        <h2>{offer.name[language]}</h2>
        {offer.description[language] ? <p className={style.words}>{offer.description[language]}</p> : null}
        <dl className={style.rights} aria-label={t('opens')}>
          {offer.rights.map(right => (
            <div key={right}>
              <dt>{t(`right.${right}`)}</dt>
              <dd>{t(`rightText.${right}`)}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div className={style.how}>
        <p className={style.price}>{t('pricePer', { price: formatMoney(net, currency, language), count: months })}</p>
        <Standings offer={offer} onChange={onChange} />
        <Actions {...{ deviceId, name, offer, onChange }} />
      </div>
      <ProofSection proof={proof} />
    </article>
  )
}

/** How it stands, the present first; what is over, folded away. */
function Standings({ offer, onChange }: Pick<OfferCardProps, 'offer' | 'onChange'>) {
  const t = useTexts('packages')
  const language = useLanguage()
  const zone = useTimeZone()
  const over = offer.standings.filter(({ status }) => status === 'expired' || status === 'ended')
  const present = offer.standings.filter(one => !over.includes(one))
  const line = (one: Offer['standings'][number]) => (
    <p key={one.id} className={style.row}>
      <EntitlementBadge {...one} />
      <span>
        {t(`kind.${one.kind}`)} · {periodWords(one, t, language, zone)}
      </span>
      {one.status === 'requested' ? <Withdraw id={one.id} name={offer.name[language]} onChange={onChange} /> : null}
    </p>
  )
  const ending = present.find(({ status }) => status === 'expiring')
  const goesOn = present.some(({ status }) => status === 'granted' || status === 'requested')
  return (
    <>
      {present.map(line)}
      {ending?.until && !goesOn ? (
        <Notice tone="warn" title={t('endsSoon', { until: formatDate(ending.until, language, zone) })}>
          {t('endsSoonText')}
        </Notice>
      ) : null}
      {over.length > 0 ? (
        <details>
          <summary>{t('history')}</summary>
          {over.map(line)}
        </details>
      ) : null}
    </>
  )
}

function Withdraw({ id, name, onChange }: { id: string; name: string; onChange(): void }) {
  const t = useTexts('packages')
  const [open, setOpen] = useState(false)
  const { problem, attempt } = useProblem()
  const withdraw = async () => {
    await attempt(() => api.call(withdrawMyRequest, { params: { entitlementId: id } }))
    setOpen(false)
    onChange()
  }
  return (
    <>
      <ActionButton size="small" strength="quiet" onClick={() => setOpen(true)}>
        {t('withdraw')}
      </ActionButton>
      {problem ? <span role="alert">{problem.detail}</span> : null}
      <ConfirmDialog
        open={open}
        title={t('withdrawTitle', { name })}
        action={t('withdraw')}
        onConfirm={() => void withdraw()}
        onClose={() => setOpen(false)}
      />
    </>
  )
}

function Actions({ deviceId, name, offer, onChange }: OfferCardProps) {
  const t = useTexts('packages')
  const [asking, setAsking] = useState(false)
  const [started, setStarted] = useState(false)
  const [busy, setBusy] = useState(false)
  const { problem, attempt } = useProblem()
  const renews = offer.standings.some(({ kind, status }) => kind !== 'trial' && isInForce(status))
  const start = async () => {
    setBusy(true)
    await attempt(async () => {
      await api.call(startMyTrial, { params: { deviceId, packageId: offer.id } })
      setStarted(true)
    })
    setBusy(false)
    onChange()
  }
  return (
    <>
      {problem ? (
        <Notice tone="bad" live title={problem.detail}>
          {problem.remedy}
        </Notice>
      ) : null}
      {started ? <Notice tone="good" live title={t('trialStarted')} /> : null}
      {offer.mayTry ? (
        <div>
          <ActionButton disabled={busy} onClick={() => void start()}>
            {t('trial', { count: offer.trialDays })}
          </ActionButton>
          <p className={style.muted}>{t('trialHelp')}</p>
        </div>
      ) : null}
      {offer.mayAsk && !asking ? (
        <div>
          <ActionButton strength={renews ? 'secondary' : 'primary'} onClick={() => setAsking(true)}>
            {t(renews ? 'renew' : 'ask')}
          </ActionButton>
          <p className={style.muted}>{t('askHelp')}</p>
        </div>
      ) : null}
      {asking ? <AskForm {...{ deviceId, name, offer }} onSent={onChange} /> : null}
    </>
  )
}
