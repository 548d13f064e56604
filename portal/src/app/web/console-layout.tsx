import {
  IconActivityHeartbeat,
  IconAlertTriangle,
  IconArticle,
  IconBox,
  IconBuilding,
  IconBuildingFactory2,
  IconCalendarDue,
  IconChartBar,
  IconChecks,
  IconClock,
  IconFileInvoice,
  IconFiles,
  IconHeartbeat,
  IconHistory,
  IconHourglass,
  IconId,
  IconInbox,
  IconKey,
  IconMail,
  IconMailboxOff,
  IconMenu2,
  IconMessageBolt,
  IconPackages,
  IconReportAnalytics,
  IconRoute,
  IconRuler2,
  IconShieldLock,
  IconTargetArrow,
  IconTool,
  IconUsers,
  IconWebhook,
} from '@tabler/icons-react'
import {
  isRouteErrorResponse,
  type LoaderFunctionArgs,
  Outlet,
  redirect,
  useLoaderData,
  useRouteError,
  useRouteLoaderData,
} from 'react-router'
import { getMe, rolesWith, signOut } from '#features/accounts/core'
import { getManufacturer } from '#features/manufacturer/core'
import { countMyNotices } from '#features/notices/core'
import { NoticeBell } from '#features/notices/web'
import { pathIn } from '#platform/core'
import {
  ActionLink,
  api,
  apiContext,
  type ConsoleSection,
  ConsoleShell,
  Container,
  ErrorState,
  languageContext,
  narrowFromCookie,
  problemOf,
  useLanguage,
  useTexts,
} from '#platform/web'
import { providePageTexts } from './provide-page-texts.ts'

// Before anything of the console is rendered; whoever comes from a public page has not got them yet.
if (!import.meta.env.SSR) await providePageTexts('console')

/** Staff only: others are led to sign in, customers to their own account. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const language = context.get(languageContext)
  const [manufacturer, { account }] = await Promise.all([calls.call(getManufacturer, {}), calls.call(getMe, {})])
  const { pathname, search } = new URL(request.url)
  const here = pathname.replace(/\.data$/, '') + search
  if (!account) throw redirect(`${pathIn(language, '/sign-in')}?next=${encodeURIComponent(here)}`)
  if (account.kind !== 'staff') throw redirect(pathIn(language, '/account'))
  const { unread } = await calls.call(countMyNotices, {})
  return {
    unread,
    brand: manufacturer.name,
    look: manufacturer.brand,
    account: { id: account.id, name: account.name, email: account.email, roles: account.roles },
    narrow: narrowFromCookie(request.headers.get('cookie')),
  }
}

type Frame = Awaited<ReturnType<typeof loader>>

export default function ConsolePages() {
  return (
    <ConsoleFrame {...useLoaderData<Frame>()}>
      <Outlet />
    </ConsoleFrame>
  )
}

export function ErrorBoundary() {
  const error = useRouteError()
  const frame = useRouteLoaderData<Frame>('console')
  const t = useTexts('platform')
  const language = useLanguage()
  const problem = problemOf(error) ?? undefined
  const state = (
    <ErrorState
      page
      problem={problem}
      status={problem?.status ?? (isRouteErrorResponse(error) ? error.status : 500)}
      actions={<ActionLink to={pathIn(language, '/console')}>{t('layout.console')}</ActionLink>}
    />
  )
  if (frame) return <ConsoleFrame {...frame}>{state}</ConsoleFrame>
  return (
    <Container width="narrow">
      <main id="content">{state}</main>
    </Container>
  )
}

/** By what staff do there: path, title, icon, and the permission without which the entry is not shown. */
const places = {
  selling: [
    ['/console/leads', 'console.leads', IconInbox, 'lead.read'],
    ['/console/offers', 'console.offers', IconFileInvoice, 'offer.read'],
    ['/console/companies', 'console.companies', IconBuilding, 'company.read'],
    ['/console/fleet', 'console.fleet', IconActivityHeartbeat, 'device.read'],
    ['/console/devices', 'console.devices', IconBuildingFactory2, 'device.read'],
    ['/console/service', 'console.service', IconTool, 'service.read'],
    ['/console/maintenance', 'console.maintenance', IconCalendarDue, 'device.read'],
    ['/console/alarms', 'console.alarms', IconAlertTriangle, 'device.read'],
    ['/console/reports', 'console.reports', IconReportAnalytics, 'device.read'],
    ['/console/outcomes', 'console.outcomes', IconTargetArrow, 'device.read'],
    ['/console/figures', 'console.figures', IconChartBar, 'figures.read'],
  ],
  offering: [
    ['/console/products', 'console.products', IconBox, 'product.read'],
    ['/console/documents', 'console.documents', IconFiles, 'document.read'],
    ['/console/device-types', 'console.deviceTypes', IconRuler2, 'device-type.manage'],
    ['/console/models', 'console.lifeModels', IconHourglass, 'device-type.manage'],
    ['/console/packages', 'console.packages', IconPackages, 'package.read'],
    ['/console/pages', 'console.pages', IconArticle, 'content.manage'],
    ['/console/menus', 'console.menus', IconMenu2, 'content.manage'],
  ],
  portal: [
    ['/console/settings', 'console.settings', IconId, 'manufacturer.manage'],
    ['/console/answering', 'console.answering', IconClock, 'answering.manage'],
    ['/console/robots', 'console.robots', IconMessageBolt, 'robot.manage'],
    ['/console/webhooks', 'console.webhooks', IconWebhook, 'webhook.manage'],
    ['/console/redirects', 'console.redirects', IconRoute, 'redirect.manage'],
    ['/console/staff', 'console.staff', IconUsers, 'staff.manage'],
    ['/console/roles', 'console.roles', IconKey, 'staff.manage'],
  ],
  watching: [
    ['/console/approvals', 'console.approvals', IconChecks, 'approval.read'],
    ['/console/privacy', 'console.privacy', IconShieldLock, 'privacy.manage'],
    ['/console/audit', 'console.audit', IconHistory, 'audit.read'],
    ['/console/mail', 'console.mail', IconMail, 'mail.read'],
    ['/console/health', 'console.health', IconHeartbeat, 'operations.read'],
    ['/console/dead-letters', 'console.deadLetters', IconMailboxOff, 'operations.read'],
  ],
} as const

function ConsoleFrame({ brand, look, account, unread, narrow, children }: Frame & { children: React.ReactNode }) {
  const t = useTexts('platform')
  const language = useLanguage()
  const sections: ConsoleSection[] = (['selling', 'offering', 'portal', 'watching'] as const).map(section => ({
    title: t(`console.sections.${section}`),
    entries: places[section]
      .filter(([, , , permission]) => rolesWith(permission).some(role => account.roles.includes(role)))
      .map(([path, title, Icon]) => ({
        href: pathIn(language, path),
        title: t(title),
        icon: <Icon size={20} stroke={1.5} aria-hidden />,
      })),
  }))
  const leave = async () => {
    await api.call(signOut, {})
    window.location.assign(pathIn(language, '/'))
  }
  return (
    <ConsoleShell
      brand={brand[language]}
      look={look}
      sections={sections}
      user={account}
      onSignOut={() => void leave()}
      initiallyNarrow={narrow}
      bell={<NoticeBell accountId={account.id} side="staff" unread={unread} />}
    >
      {children}
    </ConsoleShell>
  )
}
