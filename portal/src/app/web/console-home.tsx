import { type LoaderFunctionArgs, type MetaFunction, redirect, useLoaderData } from 'react-router'
import { getMe, listCompanies, listStaff, rolesWith } from '#features/accounts/core'
import { getMailServer } from '#features/mailbox/core'
import { getBrand, getProfile, isSaid, type ManufacturerProfile } from '#features/manufacturer/core'
import { getNoticeDraft } from '#features/privacy/core'
import { getPricing, listManagedProducts } from '#features/products/core'
import { listRobots } from '#features/robots/core'
import { type Api, pathIn, translate } from '#platform/core'
import { apiContext, EmptyState, languageContext, useTexts } from '#platform/web'
import { type FirstStep, FirstSteps } from './first-steps.tsx'

/** The console opens where this person works. */
const firstPlaces = [
  ['/console/leads', 'lead.read'],
  ['/console/products', 'product.read'],
  ['/console/companies', 'company.read'],
  ['/console/staff', 'staff.manage'],
] as const

/** Who sets the portal up begins with what it needs before it can sell; from then on, and everybody else, with his work. */
export async function loader({ context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const language = context.get(languageContext)
  const { account } = await calls.call(getMe, {})
  const may = (permission: Parameters<typeof rolesWith>[0]) => rolesWith(permission).some(role => account?.roles.includes(role))
  if (may('manufacturer.manage')) {
    const steps = await firstSteps(calls)
    if (steps.some(({ done, optional }) => !done && !optional)) return { steps, language }
  }
  const place = firstPlaces.find(([, permission]) => may(permission))
  if (place) throw redirect(pathIn(language, place[0]))
  return { steps: [], language }
}

async function firstSteps(calls: Api): Promise<FirstStep[]> {
  const [profile, notice, mail, brand, pricing, products, staff, companies, robots] = await Promise.all([
    calls.call(getProfile, {}),
    calls.call(getNoticeDraft, {}),
    calls.call(getMailServer, {}),
    calls.callWithEtag(getBrand, {}),
    calls.callWithEtag(getPricing, {}),
    calls.call(listManagedProducts, {}),
    calls.call(listStaff, {}),
    calls.call(listCompanies, { query: { limit: 1 } }),
    calls.call(listRobots, {}),
  ])
  return [
    { id: 'profile', path: '/console/settings', done: !profile.unnamed },
    { id: 'legal', path: '/console/settings', done: hasLegal(profile.profile), optional: true },
    { id: 'privacy', path: '/console/settings/privacy', done: notice.current.version > 0, optional: true },
    // the demo can do without: it keeps mail to itself
    {
      id: 'mail',
      path: '/console/settings/mail',
      done: mail.by === 'environment' || mail.by === 'console',
      optional: mail.by === 'demo',
    },
    // These have a preset: they are done once somebody has looked at them and saved.
    { id: 'brand', path: '/console/settings/brand', done: brand.etag !== '0', optional: true },
    { id: 'prices', path: '/console/settings/prices', done: pricing.etag !== '0', optional: true },
    { id: 'product', path: '/console/products', done: products.items.some(({ status }) => status === 'published') },
    { id: 'staff', path: '/console/staff', done: staff.items.length > 1 },
    { id: 'customers', path: '/console/companies/import', done: companies.items.length > 0, optional: true },
    { id: 'robots', path: '/console/robots', done: robots.items.length > 0, optional: true },
  ]
}

const hasLegal = ({ icpFiling, policingFiling, legalLines, imprint }: ManufacturerProfile) =>
  [icpFiling, policingFiling].some(Boolean) || [...legalLines, imprint].some(isSaid)

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'platform:layout.console') }] : []

export default function ConsoleHome() {
  const { steps } = useLoaderData<typeof loader>()
  const t = useTexts('platform')
  if (steps.length > 0) return <FirstSteps steps={steps} />
  return <EmptyState title={t('console.nothing')}>{t('console.nothingHelp')}</EmptyState>
}
