import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { formatDay, pathIn, translate } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  apiContext,
  Container,
  EmptyState,
  LocaleLink,
  languageContext,
  originContext,
  PageHeader,
  pageMeta,
  useLanguage,
  usePages,
  useTexts,
} from '#platform/web'
import { listMyDevices, type OwnDevice } from '../core/index.ts'
import style from './machines.module.css'
import { PendingClaim } from './pending-claim.tsx'

/** /account/machines: what the customer's company owns, operates or looks after; anybody else is led to sign in. */
export async function loader({ context }: LoaderFunctionArgs) {
  const page = await context.get(apiContext).call(listMyDevices, {})
  const today = new Date().toISOString().slice(0, 10)
  return { page, today, language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({ ...loaderData, path: '/account/machines', title: translate(loaderData.language, 'devices:title'), hidden: true })
    : []

export default function OwnMachinesPage() {
  const { page, today } = useLoaderData<typeof loader>()
  const t = useTexts('devices')
  const ofAdvisory = useTexts('advisory')
  const platform = useTexts('platform')
  const language = useLanguage()
  const { rows, hasMore, loadingMore, onMore, moreProblem } = usePages(page, cursor =>
    api.call(listMyDevices, { query: { cursor } }),
  )
  return (
    <Container>
      <PageHeader
        title={t('title')}
        actions={
          <>
            <ActionLink to={pathIn(language, '/account/maintenance')} size="small">
              {ofAdvisory('allTitle')}
            </ActionLink>
            <ActionLink to={pathIn(language, '/account')} size="small">
              {t('account')}
            </ActionLink>
          </>
        }
      >
        {t('lead')}
      </PageHeader>
      <PendingClaim />
      {rows.length === 0 ? <EmptyState title={t('none')}>{t('noneHelp')}</EmptyState> : null}
      <ul className={style.cards} aria-label={t('title')}>
        {rows.map(device => (
          <MachineCard key={device.id} device={device} today={today} />
        ))}
      </ul>
      {moreProblem ? <p role="alert">{moreProblem.detail}</p> : null}
      {hasMore ? (
        <ActionButton size="small" disabled={loadingMore} onClick={onMore}>
          {platform('table.more')}
        </ActionButton>
      ) : null}
    </Container>
  )
}

function MachineCard({ device, today }: { device: OwnDevice; today: string }) {
  const t = useTexts('devices')
  const language = useLanguage()
  const { id, model, serial, role, type, site, warrantyUntil } = device
  return (
    <li className={style.machine}>
      <h2>
        <LocaleLink to={`/account/machines/${id}`}>{model}</LocaleLink>
      </h2>
      <p className={style.serial}>
        {t('serial')} {serial}
      </p>
      {type ? <p className={style.muted}>{type[language]}</p> : null}
      {site ? <p className={style.muted}>{site}</p> : null}
      {role === 'owner' ? null : <p className={style.muted}>{t(`role.${role}`)}</p>}
      {warrantyUntil ? (
        <p className={style.muted}>
          {warrantyUntil < today ? t('warrantyOver') : `${t('warranty')} ${formatDay(warrantyUntil, language)}`}
        </p>
      ) : null}
    </li>
  )
}
