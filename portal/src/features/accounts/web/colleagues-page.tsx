import { type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { pathIn } from '#platform/core'
import { apiContext, Breadcrumbs, Container, useLanguage, useTexts } from '#platform/web'
import { getMe, getMyCompany, listInvitations, permissionsOf } from '../core/index.ts'
import { CompanyBoard } from './company-board.tsx'
import { accountPageMeta, pageFacts } from './page-facts.ts'

/** /account/company: the own company; its administrators look after its people here. */
export async function loader({ context }: LoaderFunctionArgs) {
  const [api, facts] = [context.get(apiContext), pageFacts(context)]
  const { account } = await api.call(getMe, {})
  const here = pathIn(facts.language, '/account/company')
  if (!account) throw redirect(`${pathIn(facts.language, '/sign-in')}?next=${encodeURIComponent(here)}`)
  if (!account.companyId) throw redirect(pathIn(facts.language, '/account'))
  const manages = permissionsOf(account.roles).includes('company.manage-own')
  const [company, invitations] = await Promise.all([
    api.call(getMyCompany, {}),
    manages ? api.call(listInvitations, { params: { companyId: account.companyId } }) : null,
  ])
  return { ...facts, me: account, company, invitations: invitations?.items ?? null }
}

export const meta = accountPageMeta('/account/company', 'company.title')

export default function Colleagues() {
  const t = useTexts('accounts')
  const language = useLanguage()
  const { me, company, invitations } = useLoaderData<typeof loader>()
  const crumbs = [{ title: t('account.title'), href: pathIn(language, '/account') }, { title: t('company.title') }]
  return (
    <Container>
      <CompanyBoard company={company} invitations={invitations} me={me} above={<Breadcrumbs crumbs={crumbs} />} />
    </Container>
  )
}
