import type { ReactNode } from 'react'
import {
  isRouteErrorResponse,
  type LoaderFunctionArgs,
  Outlet,
  type ShouldRevalidateFunctionArgs,
  useLoaderData,
  useRouteError,
  useRouteLoaderData,
} from 'react-router'
import { getMe } from '#features/accounts/core'
import { type ShownMenu, showMenus } from '#features/content/core'
import { getDiscoveryHead } from '#features/discovery/core'
import { DiscoveryHead } from '#features/discovery/web'
import { hasDocuments } from '#features/documents/core'
import { getManufacturer, icpRegister, policingRegister } from '#features/manufacturer/core'
import { countMyNotices } from '#features/notices/core'
import { NoticeBell } from '#features/notices/web'
import { getShownPrices } from '#features/products/core'
import { type Language, pathIn } from '#platform/core'
import { ActionLink, apiContext, Container, ErrorState, PublicLayout, problemOf, useLanguage, useTexts } from '#platform/web'

/** Who runs the portal and who visits it: header and footer of all public pages. */
export async function loader({ context }: LoaderFunctionArgs) {
  const api = context.get(apiContext)
  const [manufacturer, menus, { account }, discovery, { any }, prices] = await Promise.all([
    api.call(getManufacturer, {}),
    api.call(showMenus, {}),
    api.call(getMe, {}),
    api.call(getDiscoveryHead, {}),
    api.call(hasDocuments, {}),
    api.call(getShownPrices, {}),
  ])
  const bell = account?.kind === 'customer' ? (await api.call(countMyNotices, {})).unread : null
  return {
    manufacturer,
    menus,
    discovery,
    account: account && { id: account.id, name: account.name, kind: account.kind },
    unread: bell,
    downloads: any,
    prices: prices.shown,
  }
}

/** The search of an address follows a configuration at every click: that changes nothing here, and must go on without a network. */
export const shouldRevalidate = ({ currentUrl, nextUrl, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) =>
  currentUrl.pathname !== nextUrl.pathname && defaultShouldRevalidate

type Frame = Awaited<ReturnType<typeof loader>>

export default function PublicPages() {
  return (
    <PublicFrame {...useLoaderData<Frame>()}>
      <Outlet />
    </PublicFrame>
  )
}

/** A page that failed keeps its frame, as long as the frame itself could be loaded. */
export function ErrorBoundary() {
  const error = useRouteError()
  const frame = useRouteLoaderData<Frame>('public')
  const t = useTexts('platform')
  const language = useLanguage()
  const problem = problemOf(error) ?? undefined
  const state = (
    <Container>
      <ErrorState
        page
        problem={problem}
        status={problem?.status ?? (isRouteErrorResponse(error) ? error.status : 500)}
        actions={
          <>
            <ActionLink to={pathIn(language, '/')}>{t('layout.home')}</ActionLink>
            <ActionLink to={pathIn(language, '/products')}>{t('layout.products')}</ActionLink>
          </>
        }
      />
    </Container>
  )
  return frame ? <PublicFrame {...frame}>{state}</PublicFrame> : <main id="content">{state}</main>
}

function PublicFrame({
  manufacturer,
  menus,
  discovery,
  account,
  unread,
  downloads,
  prices,
  children,
}: Frame & { children: ReactNode }) {
  const t = useTexts('platform')
  const language = useLanguage()
  const to = (path: string) => pathIn(language, path)
  const linkIn = ({ title, href }: Pick<ShownMenu[number], 'title' | 'href'>) => ({
    title: title[language],
    href: href?.startsWith('/') && !href.startsWith('/api/') ? to(href) : href,
  })
  const { name, legalName, address, phone, email, hours, hasImprint } = manufacturer
  const own =
    account?.kind === 'staff'
      ? { href: to('/console'), title: t('layout.console') }
      : { href: to('/account'), title: account?.name ?? '' }
  const contact = [
    ...present(phone).map(number => (
      <a href={`tel:${number.replace(/[^+\d]/g, '')}`} key="phone">
        {number}
      </a>
    )),
    ...present(email).map(mail => (
      <a href={`mailto:${mail}`} key="mail">
        {mail}
      </a>
    )),
    ...present(hours[language]),
  ]
  return (
    <PublicLayout
      brand={name[language]}
      look={manufacturer.brand}
      navigation={
        menus.header?.map(({ children: below, ...link }) => ({
          ...linkIn(link),
          children: below.map(linkIn).map(child => ({ ...child, href: child.href! })),
        })) ?? [
          { href: to('/products'), title: t('layout.products'), children: [] },
          ...(downloads ? [{ href: to('/downloads'), title: t('layout.downloads'), children: [] }] : []),
        ]
      }
      bell={account && unread !== null ? <NoticeBell accountId={account.id} side="customer" unread={unread} /> : null}
      account={account ? own : { href: to('/sign-in'), title: t('layout.signIn') }}
      footer={[
        { title: legalName[language], lines: present(address[language]) },
        ...(contact.length > 0 ? [{ title: t('layout.contact'), lines: contact }] : []),
        {
          title: t('layout.portal'),
          lines: [
            ...(menus.footer?.map(linkIn) ?? [
              { href: to('/products'), title: t('layout.products') },
              { href: to('/privacy'), title: t('layout.privacy') },
              { href: '/api/docs', title: t('layout.api') },
            ]),
            // what the law wants to be found, whatever the menu says
            ...(hasImprint ? [{ href: to('/imprint'), title: t('layout.imprint') }] : []),
          ].map(({ href, title }) => (
            <a href={href!} key={href}>
              {title}
            </a>
          )),
        },
      ]}
      legal={[...filings(manufacturer, language), ...(prices ? [t('layout.pricesNet')] : []), t('layout.poweredBy')]}
    >
      <DiscoveryHead {...discovery} />
      {children}
    </PublicLayout>
  )
}

/** The numbers lead to the registers where they can be looked up, as Chinese law wants it. */
const filings = ({ icpFiling, policingFiling, legalLines }: Frame['manufacturer'], language: Language): ReactNode[] => [
  ...present(icpFiling).map(number => (
    <a href={icpRegister} target="_blank" rel="noopener" lang="zh-CN" key="icp">
      {number}
    </a>
  )),
  ...present(policingFiling).map(number => (
    <a href={policingRegister(number)} target="_blank" rel="noopener" lang="zh-CN" key="policing">
      {number}
    </a>
  )),
  ...legalLines.map(line => line[language]),
]

const present = (text: string): string[] => (text ? [text] : [])
