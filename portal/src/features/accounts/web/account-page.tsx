import { useState } from 'react'
import { type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { listMyConfigurations } from '#features/configurator/core'
import { PendingClaim } from '#features/devices/web'
import { isLanguage, pathIn } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  apiContext,
  Container,
  Notice,
  PageHeader,
  TextField,
  useLanguage,
  useTexts,
} from '#platform/web'
import {
  type AccountView,
  type CompanyView,
  changeMe,
  getMe,
  getMyCompany,
  getSecurity,
  listMySessions,
  permissionsOf,
  signOut,
} from '../core/index.ts'
import { ApiKeysSection } from './api-keys-section.tsx'
import { checkFields } from './checks.ts'
import { LanguageField, NameField, ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { accountPageMeta, pageFacts } from './page-facts.ts'
import { roleWords } from './role-words.ts'
import { SavedConfigurations } from './saved-configurations.tsx'
import { SecuritySection } from './security-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import { useEntry } from './use-entry.ts'

export async function loader({ context }: LoaderFunctionArgs) {
  const [api, facts] = [context.get(apiContext), pageFacts(context)]
  const { account } = await api.call(getMe, {})
  const here = pathIn(facts.language, '/account')
  if (!account) throw redirect(`${pathIn(facts.language, '/sign-in')}?next=${encodeURIComponent(here)}`)
  const [security, company, configurations, { items: sessions }] = await Promise.all([
    api.call(getSecurity, {}),
    account.companyId ? api.call(getMyCompany, {}) : null,
    account.kind === 'customer' ? api.call(listMyConfigurations, {}) : null,
    api.call(listMySessions, {}),
  ])
  return { ...facts, account, security, company, configurations, sessions }
}

export const meta = accountPageMeta('/account', 'account.title')

export default function Account() {
  const t = useTexts('accounts')
  const language = useLanguage()
  const ofDevices = useTexts('devices')
  const ofNotices = useTexts('notices')
  const ofRobots = useTexts('robots')
  const ofWebhooks = useTexts('webhooks')
  const { account, company, configurations, security, sessions } = useLoaderData<typeof loader>()
  async function leave() {
    await api.call(signOut, {})
    location.assign(pathIn(language, '/'))
  }
  return (
    <Container width="narrow">
      <PageHeader title={t('account.title')} actions={<ActionButton onClick={leave}>{t('account.signOut')}</ActionButton>}>
        {account.email}
      </PageHeader>
      <div className={style.stack}>
        {account.kind === 'customer' ? <PendingClaim /> : null}
        {account.kind === 'staff' ? (
          <Notice title={t('account.staff', { roles: roleWords(account.roles, language) })}>
            <ActionLink to={pathIn(language, '/console')}>{t('account.toConsole')}</ActionLink>
          </Notice>
        ) : null}
        {configurations ? <SavedConfigurations first={configurations} me={account.id} /> : null}
        {permissionsOf(account.roles).includes('inquiry.read-own') ? (
          <section className={style.section}>
            <h2>{t('account.inquiries')}</h2>
            <p>{t('account.inquiriesText')}</p>
            <div className={style.actions}>
              <ActionLink to={pathIn(language, '/account/inquiries')}>{t('account.toInquiries')}</ActionLink>
              <ActionLink to={pathIn(language, '/account/offers')}>{t('account.toOffers')}</ActionLink>
            </div>
          </section>
        ) : null}
        {account.kind === 'customer' ? (
          <section className={style.section}>
            <h2>{ofDevices('title')}</h2>
            <p>{ofDevices('lead')}</p>
            <div className={style.actions}>
              <ActionLink to={pathIn(language, '/account/machines')}>{ofDevices('see')}</ActionLink>
            </div>
          </section>
        ) : null}
        {account.kind === 'customer' ? (
          <section className={style.section}>
            <h2>{ofNotices('title')}</h2>
            <p>{ofNotices('lead')}</p>
            <div className={style.actions}>
              <ActionLink to={pathIn(language, '/account/notices')}>{ofNotices('see')}</ActionLink>
              <ActionLink to={pathIn(language, '/account/notices/settings')}>{ofNotices('settings')}</ActionLink>
            </div>
          </section>
        ) : null}
        {account.kind === 'customer' ? (
          <section className={style.section}>
            <h2>{t('account.documents')}</h2>
            <p>{t('account.documentsText')}</p>
            <div className={style.actions}>
              <ActionLink to={pathIn(language, '/account/documents')}>{t('account.toDocuments')}</ActionLink>
            </div>
          </section>
        ) : null}
        <Profile account={account} phoneSignsIn={Boolean(security.phone?.since)} />
        {company ? <Company company={company} account={account} /> : null}
        <SecuritySection account={account} security={security} />
        <SessionsSection sessions={sessions} />
        <ApiKeysSection />
        {permissionsOf(account.roles).includes('robot.manage-own') ? (
          <section className={style.section}>
            <h2>{ofRobots('title')}</h2>
            <p>{ofRobots('leadOwn')}</p>
            <div className={style.actions}>
              <ActionLink to={pathIn(language, '/account/robots')}>{ofRobots('seeOwn')}</ActionLink>
            </div>
          </section>
        ) : null}
        {permissionsOf(account.roles).includes('webhook.manage-own') ? (
          <section className={style.section}>
            <h2>{ofWebhooks('title')}</h2>
            <p>{ofWebhooks('lead')}</p>
            <div className={style.actions}>
              <ActionLink to={pathIn(language, '/account/webhooks')}>{ofWebhooks('see')}</ActionLink>
            </div>
          </section>
        ) : null}
        <section className={style.section}>
          <h2>{t('account.privacy')}</h2>
          <p>{t('account.privacyText')}</p>
          <div className={style.actions}>
            <ActionLink to={pathIn(language, '/account/privacy')}>{t('account.toPrivacy')}</ActionLink>
          </div>
        </section>
      </div>
    </Container>
  )
}

/** phoneSignsIn: the number changes under Security alone */
function Profile({ account, phoneSignsIn }: { account: AccountView; phoneSignsIn: boolean }) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const [saved, setSaved] = useState(false)
  const entry = useEntry(
    typed => {
      setSaved(false)
      return checkFields(['name', 'phone'], typed, t, language)
    },
    async typed => {
      const chosen = typed.text('language')
      const body = { name: typed.text('name'), phone: typed.text('phone'), ...(isLanguage(chosen) ? { language: chosen } : {}) }
      await api.call(changeMe, { body })
      setSaved(true)
    },
  )
  return (
    <section className={style.section}>
      <h2>{t('account.profile')}</h2>
      <ProblemNotice problem={entry.problem} />
      <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
        <NameField error={entry.errors.name} value={account.name} />
        <TextField
          label={t('field.phone')}
          name="phone"
          type="tel"
          autoComplete="tel"
          optional
          maxLength={30}
          readOnly={phoneSignsIn}
          help={t(phoneSignsIn ? 'phone.inSecurity' : 'field.phoneHelp')}
          error={entry.errors.phone}
          key={account.phone}
          defaultValue={account.phone ?? ''}
        />
        <LanguageField help={t('field.languageHelp')} value={account.language} />
        <div className={style.actions}>
          <ActionButton type="submit" strength="primary" disabled={entry.busy}>
            {t('account.save')}
          </ActionButton>
          <p role="status">{saved ? t('account.saved') : ''}</p>
        </div>
      </form>
    </section>
  )
}

function Company({ company, account }: { company: CompanyView; account: AccountView }) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const manages = permissionsOf(account.roles).includes('company.manage-own')
  return (
    <section className={style.section}>
      <h2>{t('account.company')}</h2>
      <p>
        {company.sole ? t('company.soleHelp') : `${company.name} · ${t('account.members', { count: company.people.length })}`}
      </p>
      <div className={style.actions}>
        <ActionLink to={pathIn(language, '/account/company')}>
          {t(company.sole ? 'company.nameIt' : manages ? 'company.toPage' : 'company.toPageMember')}
        </ActionLink>
      </div>
    </section>
  )
}
