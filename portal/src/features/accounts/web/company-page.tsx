import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { listDevicesOf } from '#features/devices/core'
import { CompanyRecord } from '#features/imports/web'
import { pathIn } from '#platform/core'
import { apiContext, Breadcrumbs, useLanguage, useTexts } from '#platform/web'
import { getCompany, getCompanyRecord, getMe, listInvitations, permissionsOf } from '../core/index.ts'
import { CompanyBoard } from './company-board.tsx'
import { accountPageMeta, pageFacts } from './page-facts.ts'

/** /console/companies/{id}: a customer firm, for staff who look after companies. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const api = context.get(apiContext)
  const call = { params: { companyId: params.companyId ?? '' } }
  const [{ account }, company, { items }, record, devices] = await Promise.all([
    api.call(getMe, {}),
    api.call(getCompany, call),
    api.call(listInvitations, call),
    api.call(getCompanyRecord, call),
    api.call(listDevicesOf, call),
  ])
  const manages = permissionsOf(account!.roles).includes('company.manage')
  return { ...pageFacts(context), me: account!, company, invitations: manages ? items : null, record, devices }
}

export const meta = accountPageMeta('/console/companies', 'companies.title')

export default function Company() {
  const t = useTexts('accounts')
  const language = useLanguage()
  const { me, company, invitations, record, devices } = useLoaderData<typeof loader>()
  const crumbs = [{ title: t('companies.title'), href: pathIn(language, '/console/companies') }, { title: company.name }]
  return (
    <>
      <CompanyBoard company={company} invitations={invitations} me={me} above={<Breadcrumbs crumbs={crumbs} />} />
      <CompanyRecord companyId={company.id} record={record} devices={devices} />
    </>
  )
}
