import { type ReactNode, useState } from 'react'
import { useRevalidator } from 'react-router'
import { ActionButton, BottomSheet, EmptyState, Notice, PageHeader, useTexts } from '#platform/web'
import type { AccountView, CompanyView, InvitationView } from '../core/index.ts'
import { ColleaguesTable } from './colleagues-table.tsx'
import { CompanyNameForm } from './company-name-form.tsx'
import style from './form-page.module.css'
import { InvitationsTable } from './invitations-table.tsx'
import { InviteColleagueForm } from './invite-colleague-form.tsx'

interface Board {
  company: CompanyView
  /** null: whoever reads this may look, but not manage */
  invitations: readonly InvitationView[] | null
  me: AccountView
  /** above the title: where this stands */
  above?: ReactNode
}

/** A company with its people and open invitations, for its own administrators and for staff alike. */
export function CompanyBoard({ company, invitations, me, above }: Board) {
  const t = useTexts('accounts')
  const { revalidate } = useRevalidator()
  const [sheet, setSheet] = useState<'invite' | 'rename' | null>(null)
  const [done, setDone] = useState('')
  const manages = invitations !== null
  const onlyMe = company.people.every(({ id }) => id === me.id)
  const finish = (message: string) => {
    setDone(message)
    setSheet(null)
    void revalidate()
  }
  const name = (
    <ActionButton onClick={() => setSheet('rename')} {...(company.sole ? { strength: 'primary' } : {})}>
      {t(company.sole ? 'company.nameIt' : 'company.rename')}
    </ActionButton>
  )
  const invite = (
    <ActionButton strength="primary" onClick={() => setSheet('invite')}>
      {t('company.invite')}
    </ActionButton>
  )
  return (
    <>
      {above}
      <PageHeader
        title={company.name}
        actions={
          manages && !company.sole ? (
            <>
              {name}
              {invite}
            </>
          ) : null
        }
      >
        {t(company.sole ? 'company.sole' : 'company.lead')}
      </PageHeader>
      <div className={style.stack}>
        {done ? <Notice tone="good" live title={done} /> : null}
        {company.sole && manages ? (
          <EmptyState title={t('company.nameIt')} action={name}>
            {t('company.soleHelp')}
          </EmptyState>
        ) : null}
        {company.sole && onlyMe ? null : (
          <section className={style.section}>
            <h2>{t('company.people')}</h2>
            <ColleaguesTable company={company} me={me} manages={manages} onDone={finish} />
            {manages && onlyMe ? <p>{t(company.people.length > 0 ? 'company.nobodyElse' : 'company.nobody')}</p> : null}
          </section>
        )}
        {manages && !company.sole ? (
          <section className={style.section}>
            <h2>{t('company.pending')}</h2>
            <InvitationsTable invitations={invitations} onDone={finish} />
          </section>
        ) : null}
      </div>
      <BottomSheet open={sheet === 'invite'} title={t('company.invite')} onClose={() => setSheet(null)}>
        {sheet === 'invite' ? (
          <InviteColleagueForm companyId={company.id} onDone={email => finish(t('company.invited', { email }))} />
        ) : null}
      </BottomSheet>
      <BottomSheet
        open={sheet === 'rename'}
        title={t(company.sole ? 'company.nameIt' : 'company.rename')}
        onClose={() => setSheet(null)}
      >
        {sheet === 'rename' ? <CompanyNameForm company={company} onDone={() => finish(t('company.renamed'))} /> : null}
      </BottomSheet>
    </>
  )
}
