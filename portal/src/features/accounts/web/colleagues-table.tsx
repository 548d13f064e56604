import { ActionButton, api, type Column, DataTable, StatusBadge, useLanguage, useProblem, useTexts } from '#platform/web'
import { type AccountView, type CompanyView, changeCompanyRole, reachOf, removeFromCompany } from '../core/index.ts'
import { Deactivation } from './deactivation.tsx'
import { ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { roleWords } from './role-words.ts'
import { useConfirmed } from './use-confirmed.tsx'

type Person = CompanyView['people'][number]

interface Colleagues {
  company: CompanyView
  me: AccountView
  manages: boolean
  onDone(message: string): void
}

/** The people of a company, with what whoever reads this may do about each. */
export function ColleaguesTable({ company, me, manages, onDone }: Colleagues) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const { problem, attempt } = useProblem()
  const { confirmed, dialog } = useConfirmed()
  /** Each of them is confirmed, and answers nothing. */
  const act = (call: (token: { confirmation?: string }) => Promise<unknown>, message: string) =>
    attempt(async () => {
      const done = await confirmed(token => call(token).then(() => true))
      if (done) onDone(message)
    })
  const turn = ({ id, name, role }: Person) => {
    const other = role === 'company-admin' ? 'company-member' : 'company-admin'
    const call = { params: { accountId: id }, body: { role: other } } as const
    return act(token => api.call(changeCompanyRole, { ...call, ...token }), t('company.roleChanged', { name }))
  }
  const remove = ({ id, name }: Person) =>
    act(token => api.call(removeFromCompany, { params: { accountId: id }, ...token }), t('company.removed', { name }))
  const mayAct = (person: Person) =>
    manages && !['himself', 'never'].includes(reachOf(me, { id: person.id, roles: [person.role] }))
  const columns: Column<Person>[] = [
    {
      id: 'name',
      title: t('company.person'),
      cell: ({ id, name, email }) => (
        <div className={style.who}>
          {id === me.id ? `${name} (${t('company.you')})` : name}
          <small className={style.below}>{email}</small>
        </div>
      ),
    },
    { id: 'role', title: t('company.role'), cell: ({ role }) => roleWords([role], language), narrow: true },
    {
      id: 'state',
      title: t('company.state'),
      narrow: true,
      optional: true,
      cell: ({ deactivatedAt }) => (
        <StatusBadge tone={deactivatedAt ? 'bad' : 'good'}>{t(deactivatedAt ? 'people.off' : 'company.active')}</StatusBadge>
      ),
    },
    {
      id: 'act',
      title: '',
      cell: person =>
        mayAct(person) ? (
          <div className={style.rowActions}>
            {company.sole ? null : (
              <>
                <ActionButton size="small" strength="quiet" onClick={() => turn(person)}>
                  {t(person.role === 'company-admin' ? 'company.makeMember' : 'company.makeAdmin')}
                </ActionButton>
                <ActionButton size="small" strength="quiet" onClick={() => remove(person)}>
                  {t('company.remove')}
                </ActionButton>
              </>
            )}
            <Deactivation person={person} onDone={onDone} />
          </div>
        ) : null,
    },
  ]
  return (
    <>
      <ProblemNotice problem={problem} />
      <DataTable
        label={t('company.people')}
        columns={manages ? columns : columns.slice(0, -1)}
        rows={company.people}
        rowId={({ id }) => id}
        empty={null}
      />
      {dialog}
    </>
  )
}
