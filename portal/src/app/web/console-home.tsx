import { type LoaderFunctionArgs, redirect } from 'react-router'
import { getMe, rolesWith } from '#features/accounts/core'
import { pathIn } from '#platform/core'
import { apiContext, EmptyState, languageContext, useTexts } from '#platform/web'

/** The console opens where this person works. */
const firstPlaces = [
  ['/console/leads', 'lead.read'],
  ['/console/products', 'product.read'],
  ['/console/companies', 'company.read'],
  ['/console/staff', 'staff.manage'],
] as const

export async function loader({ context }: LoaderFunctionArgs) {
  const { account } = await context.get(apiContext).call(getMe, {})
  const place = firstPlaces.find(([, permission]) => rolesWith(permission).some(role => account?.roles.includes(role)))
  if (place) throw redirect(pathIn(context.get(languageContext), place[0]))
  return null
}

export default function ConsoleHome() {
  const t = useTexts('platform')
  return <EmptyState title={t('console.nothing')}>{t('console.nothingHelp')}</EmptyState>
}
