import { useEffect } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useNavigate, useParams } from 'react-router'
import { getMe } from '#features/accounts/core'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { formatDay, pathIn, translate } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  apiContext,
  Container,
  DescriptionList,
  languageContext,
  Notice,
  originContext,
  PageHeader,
  pageMeta,
  problemOf,
  useLanguage,
  useTexts,
} from '#platform/web'
import { claimDevice, type OfferedDevice, readClaim } from '../core/index.ts'
import { forgetClaim, keepClaim } from './kept-claim.ts'
import style from './machines.module.css'

/** /claim/{code}: what the QR code on a machine leads to, and what an owner gives to another company. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const facts = { language: context.get(languageContext), origin: context.get(originContext) }
  const { account } = await calls.call(getMe, {})
  if (account?.kind !== 'customer') return { ...facts, who: account ? 'staff' : 'nobody', offered: null } as const
  const offered = await calls.call(readClaim, { params: { code: params.code ?? '' } }).catch(error => {
    if (problemOf(error)?.status === 404) return null
    throw error
  })
  return { ...facts, who: 'customer', offered } as const
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({ ...loaderData, path: '/claim', title: translate(loaderData.language, 'devices:claim.title'), hidden: true })
    : []

export default function ClaimPage() {
  const { who, offered } = useLoaderData<typeof loader>()
  const t = useTexts('devices')
  return (
    <Container width="form">
      <PageHeader title={t('claim.title')} />
      {who === 'nobody' ? <Nobody /> : null}
      {who === 'staff' ? <Notice tone="warn" title={t('claim.staff')} /> : null}
      {who === 'customer' && !offered ? (
        <Notice tone="warn" title={t('claim.invalid')}>
          <p>{t('claim.invalidHelp')}</p>
        </Notice>
      ) : null}
      {offered ? <Offer offered={offered} /> : null}
    </Container>
  )
}

function Nobody() {
  const { code = '' } = useParams()
  const t = useTexts('devices')
  const language = useLanguage()
  useEffect(() => keepClaim(code), [code])
  const next = encodeURIComponent(pathIn(language, `/claim/${code}`))
  return (
    <Notice title={t('claim.signInFirst')}>
      <p>{t('claim.signInHelp')}</p>
      <div className={style.actions}>
        <ActionLink strength="primary" to={`${pathIn(language, '/sign-in')}?next=${next}`}>
          {t('claim.signIn')}
        </ActionLink>
        <ActionLink to={pathIn(language, '/sign-up')}>{t('claim.signUp')}</ActionLink>
      </div>
    </Notice>
  )
}

function Offer({ offered }: { offered: OfferedDevice }) {
  const { code = '' } = useParams()
  const t = useTexts('devices')
  const language = useLanguage()
  const navigate = useNavigate()
  const { serial, model, typeCode, deliveredOn, type, role, from, own } = offered
  const entry = useEntry(
    () => ({}),
    async () => {
      const { deviceId } = await api.call(claimDevice, { params: { code } })
      forgetClaim()
      await navigate(pathIn(language, `/account/machines/${deviceId}/nameplate`)) // first of all, who sees what
    },
  )
  const rows: [string, string | null][] = [
    [t('model'), model],
    [t('serial'), serial],
    [t('type'), type?.[language] ?? null],
    [t('typeCode'), typeCode],
    [t('delivered'), deliveredOn && formatDay(deliveredOn, language)],
  ]
  return (
    <form className={style.claim} method="post" onSubmit={entry.onSubmit}>
      <p>{t('claim.what')}</p>
      <DescriptionList items={rows.flatMap(([term, value]) => (value === null ? [] : [{ term, value }]))} />
      <ProblemNotice problem={entry.problem} />
      {own ? (
        <Notice tone="good" title={t('claim.own')}>
          <ActionLink strength="primary" to={pathIn(language, `/account/machines/${own}`)}>
            {t('claim.toMachine')}
          </ActionLink>
        </Notice>
      ) : (
        <>
          <p>
            {from ? `${t('claim.from', { company: from })} ` : ''}
            {t('claim.as', { role: t(`role.${role}`) })}
          </p>
          <p className={style.muted}>{t(`roleHelp.${role}`)}</p>
          <div className={style.actions}>
            <ActionButton type="submit" strength="primary" disabled={entry.busy}>
              {t(role === 'owner' && !from ? 'claim.confirm' : 'claim.accept')}
            </ActionButton>
            <ActionLink strength="quiet" to={pathIn(language, '/account/machines')}>
              {t('claim.later')}
            </ActionLink>
          </div>
        </>
      )}
    </form>
  )
}
