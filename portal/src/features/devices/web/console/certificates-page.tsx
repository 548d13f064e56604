import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { ProblemNotice } from '#features/accounts/web'
import { formatDate, pathIn, translate } from '#platform/core'
import {
  ActionButton,
  api,
  apiContext,
  Breadcrumbs,
  type Column,
  DataTable,
  DescriptionList,
  EmptyState,
  languageContext,
  PageHeader,
  StatusBadge,
  useLanguage,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { type AuthorityView, beginDeviceAuthority, type ExpiringCertificate, getDeviceAuthority } from '../../core/index.ts'
import { saveFile } from '../save-file.ts'
import style from './console.module.css'

/** /console/device-certificates: the manufacturer's authority for machines, and whose certificates end soon. */
export async function loader({ context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [{ authority, expiring }, { account }] = await Promise.all([calls.call(getDeviceAuthority, {}), calls.call(getMe, {})])
  const mayWrite = permissionsOf(account?.roles ?? []).includes('device.manage')
  return { authority, expiring, mayWrite, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'devices:console.authority.title') }] : []

export default function CertificatesPage() {
  const { authority, expiring, mayWrite } = useLoaderData<typeof loader>()
  const t = useTexts('devices')
  const language = useLanguage()
  return (
    <>
      <Breadcrumbs
        crumbs={[
          { title: t('console.title'), href: pathIn(language, '/console/devices') },
          { title: t('console.authority.title') },
        ]}
      />
      <PageHeader title={t('console.authority.title')}>{t('console.authority.lead')}</PageHeader>
      <div className={style.wide}>
        {authority ? <AuthorityCard authority={authority} /> : <BeginCard mayWrite={mayWrite} />}
        <section className={style.plain} aria-labelledby="expiring">
          <h2 id="expiring">{t('console.authority.expiring')}</h2>
          <DataTable
            label={t('console.authority.expiring')}
            columns={useColumns()}
            rows={expiring}
            rowId={({ deviceId }) => deviceId}
            rowHref={({ deviceId }) => pathIn(language, `/console/devices/${deviceId}`)}
            empty={<EmptyState title={t('console.authority.expiringNone')}>{t('console.authority.expiringNoneHelp')}</EmptyState>}
          />
        </section>
      </div>
    </>
  )
}

function BeginCard({ mayWrite }: { mayWrite: boolean }) {
  const t = useTexts('devices')
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const begin = async () => {
    await attempt(() => api.call(beginDeviceAuthority, {}))
    await revalidate()
  }
  return (
    <section className={style.card}>
      <h2>{t('console.authority.off')}</h2>
      <p className={style.muted}>{t('console.authority.offHelp')}</p>
      <ProblemNotice problem={problem} />
      {mayWrite ? (
        <div className={style.actions}>
          <ActionButton strength="primary" onClick={() => void begin()}>
            {t('console.authority.begin')}
          </ActionButton>
        </div>
      ) : null}
    </section>
  )
}

function AuthorityCard({ authority }: { authority: AuthorityView }) {
  const t = useTexts('devices')
  const language = useLanguage()
  const zone = useTimeZone()
  const { subject, fingerprint, createdAt, expiresAt, listAddress, certificate } = authority
  return (
    <section className={style.card}>
      <h2>{t('console.authority.on')}</h2>
      <p className={style.muted}>{t('console.authority.onHelp')}</p>
      <DescriptionList
        items={[
          { term: t('console.authority.subject'), value: subject },
          { term: t('console.authority.fingerprint'), value: <code className={style.code}>{fingerprint}</code> },
          { term: t('console.authority.began'), value: formatDate(createdAt, language, zone) },
          { term: t('console.authority.ends'), value: formatDate(expiresAt, language, zone) },
          { term: t('console.authority.list'), value: <a href={listAddress}>{listAddress}</a> },
        ]}
      />
      <div className={style.actions}>
        <ActionButton onClick={() => saveFile('console.authority.crt', certificate)}>
          {t('console.authority.saveAuthority')}
        </ActionButton>
      </div>
    </section>
  )
}

function useColumns(): Column<ExpiringCertificate>[] {
  const t = useTexts('devices')
  const language = useLanguage()
  const zone = useTimeZone()
  return [
    { id: 'serial', title: t('serial'), cell: ({ serial }) => serial, narrow: true },
    { id: 'model', title: t('model'), cell: ({ model }) => model },
    {
      id: 'ends',
      title: t('console.authority.ends'),
      cell: ({ expiresAt, expired }) => (
        <StatusBadge tone={expired ? 'bad' : 'warn'}>
          {t(expired ? 'console.authority.ended' : 'console.authority.endsOn', { date: formatDate(expiresAt, language, zone) })}
        </StatusBadge>
      ),
      narrow: true,
    },
  ]
}
