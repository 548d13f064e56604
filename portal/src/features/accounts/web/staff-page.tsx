import { useState } from 'react'
import { type LoaderFunctionArgs, useLoaderData, useRevalidator } from 'react-router'
import { formatDate, formatTime } from '#platform/core'
import {
  ActionButton,
  api,
  apiContext,
  BottomSheet,
  type Column,
  DataTable,
  EmptyState,
  Notice,
  newIdempotencyKey,
  PageHeader,
  StatusBadge,
  useLanguage,
  usePages,
  useTexts,
  useTimeZone,
} from '#platform/web'
import {
  type AccountView,
  changeStaff,
  getMe,
  inviteStaff,
  isStaffRole,
  listStaff,
  reachOf,
  type StaffMember,
} from '../core/index.ts'
import { ApiKeysOf } from './api-keys-of.tsx'
import { checkFields } from './checks.ts'
import { DevicesOf } from './devices-of.tsx'
import { EmailField, NameField, ProblemNotice, RolesField } from './fields.tsx'
import style from './form-page.module.css'
import { accountPageMeta, pageFacts } from './page-facts.ts'
import { roleWords } from './role-words.ts'
import { StaffActions } from './staff-actions.tsx'
import { useConfirmed } from './use-confirmed.tsx'
import { type Typed, useEntry } from './use-entry.ts'

export async function loader({ context }: LoaderFunctionArgs) {
  const api = context.get(apiContext)
  const [staff, { account }] = await Promise.all([api.call(listStaff, { query: { limit: 100 } }), api.call(getMe, {})])
  return { ...pageFacts(context), page: staff, me: account! }
}

export const meta = accountPageMeta('/console/staff', 'staff.title')

type Dialog = { kind: 'invite' } | { kind: 'roles' | 'devices' | 'keys'; member: StaffMember } | null

export default function Staff() {
  const t = useTexts('accounts')
  const { page, me } = useLoaderData<typeof loader>()
  const pages = usePages(page, cursor => api.call(listStaff, { query: { limit: 100, cursor } }))
  const { revalidate } = useRevalidator()
  const [dialog, setDialog] = useState<Dialog>(null)
  const [done, setDone] = useState('')
  const finish = (message: string) => {
    setDone(message)
    setDialog(null)
    void revalidate()
  }
  const invite = <ActionButton onClick={() => setDialog({ kind: 'invite' })}>{t('staff.invite')}</ActionButton>
  return (
    <>
      <PageHeader
        title={t('staff.title')}
        actions={
          <ActionButton strength="primary" onClick={() => setDialog({ kind: 'invite' })}>
            {t('staff.invite')}
          </ActionButton>
        }
      >
        {t('staff.lead')}
      </PageHeader>
      <div className={style.stack}>
        {done ? <Notice tone="good" live title={done} /> : null}
        <DataTable
          label={t('staff.title')}
          columns={useColumns({
            me,
            onDone: finish,
            onEdit: member => setDialog({ kind: 'roles', member }),
            onDevices: member => setDialog({ kind: 'devices', member }),
            onKeys: member => setDialog({ kind: 'keys', member }),
          })}
          {...pages}
          rowId={member => member.id}
          empty={<EmptyState title={t('staff.empty')} action={invite} />}
        />
      </div>
      <BottomSheet open={dialog?.kind === 'invite'} title={t('staff.invite')} onClose={() => setDialog(null)}>
        {dialog?.kind === 'invite' ? <InviteForm onDone={email => finish(t('staff.invited', { email }))} /> : null}
      </BottomSheet>
      <BottomSheet
        open={dialog?.kind === 'roles'}
        title={dialog?.kind === 'roles' ? t('staff.editTitle', { name: dialog.member.name }) : ''}
        onClose={() => setDialog(null)}
      >
        {dialog?.kind === 'roles' ? (
          <RolesForm member={dialog.member} onDone={() => finish(t('staff.saved', { name: dialog.member.name }))} />
        ) : null}
      </BottomSheet>
      <BottomSheet
        open={dialog?.kind === 'devices'}
        title={dialog?.kind === 'devices' ? t('staff.devicesOf', { name: dialog.member.name }) : ''}
        onClose={() => setDialog(null)}
      >
        {dialog?.kind === 'devices' ? <DevicesOf accountId={dialog.member.id} /> : null}
      </BottomSheet>
      <BottomSheet
        open={dialog?.kind === 'keys'}
        title={dialog?.kind === 'keys' ? t('apiKeys.of', { name: dialog.member.name }) : ''}
        onClose={() => setDialog(null)}
      >
        {dialog?.kind === 'keys' ? <ApiKeysOf person={dialog.member} onChange={() => void revalidate()} /> : null}
      </BottomSheet>
    </>
  )
}

interface Acts {
  me: AccountView
  onDone(message: string): void
  onEdit(member: StaffMember): void
  onDevices(member: StaffMember): void
  onKeys(member: StaffMember): void
}

function useColumns({ me, onDone, onEdit, onDevices, onKeys }: Acts): Column<StaffMember>[] {
  const t = useTexts('accounts')
  const language = useLanguage()
  const zone = useTimeZone()
  return [
    {
      id: 'name',
      title: t('staff.name'),
      cell: ({ name, email }) => (
        <div className={style.who}>
          {name}
          <small className={style.below}>{email}</small>
        </div>
      ),
    },
    { id: 'roles', title: t('staff.roles'), cell: member => roleWords(member.roles, language) },
    {
      id: 'state',
      title: t('staff.state'),
      narrow: true,
      cell: ({ deactivatedAt, active, invitedUntil, createdAt }) => (
        <>
          <StatusBadge tone={deactivatedAt ? 'bad' : active ? 'good' : 'waiting'}>
            {t(deactivatedAt ? 'people.off' : active ? 'staff.active' : 'staff.pending')}
          </StatusBadge>
          <small className={style.below}>
            {active || deactivatedAt
              ? t('staff.createdOn', { date: formatDate(createdAt, language, zone) })
              : invitedUntil
                ? t('staff.invitedUntil', { at: formatTime(invitedUntil, language, zone) })
                : t('staff.invitationEnded')}
          </small>
        </>
      ),
    },
    {
      id: 'second-factor',
      title: t('staff.secondFactor'),
      narrow: true,
      optional: true,
      cell: member => t(member.secondFactor ? 'staff.secondFactorOn' : 'staff.secondFactorOff'),
    },
    {
      id: 'reach',
      title: t('staff.reach'),
      narrow: true,
      optional: true,
      cell: member => t(`staff.reachOf.${reachOf(me, member)}`),
    },
    {
      id: 'edit',
      title: '',
      cell: member => (
        <StaffActions
          member={member}
          me={me}
          onEdit={() => onEdit(member)}
          onDevices={() => onDevices(member)}
          onKeys={() => onKeys(member)}
          onDone={onDone}
        />
      ),
    },
  ]
}

function InviteForm({ onDone }: { onDone(email: string): void }) {
  const t = useTexts('accounts')
  const { confirmed, dialog } = useConfirmed()
  const language = useLanguage()
  const entry = useEntry(
    typed => checkFields(['name', 'email', 'roles'], typed, t, language),
    async typed => {
      const body = { name: typed.text('name'), email: typed.text('email'), roles: rolesIn(typed), language }
      const idempotencyKey = newIdempotencyKey()
      const invited = await confirmed(token => api.call(inviteStaff, { body, idempotencyKey, ...token }))
      if (invited) onDone(invited.email)
    },
  )
  return (
    <>
      <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
        <p>{t('staff.inviteLead')}</p>
        <ProblemNotice problem={entry.problem} />
        <NameField error={entry.errors.name} />
        <EmailField error={entry.errors.email} />
        <RolesField error={entry.errors.roles} />
        <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
          {t('staff.send')}
        </ActionButton>
      </form>
      {dialog}
    </>
  )
}

function RolesForm({ member, onDone }: { member: StaffMember; onDone(): void }) {
  const t = useTexts('accounts')
  const { confirmed, dialog } = useConfirmed()
  const language = useLanguage()
  const entry = useEntry(
    typed => checkFields(['roles'], typed, t, language),
    async typed => {
      const call = { params: { accountId: member.id }, body: { roles: rolesIn(typed) }, ifMatch: member.revision }
      if (await confirmed(token => api.call(changeStaff, { ...call, ...token }))) onDone()
    },
  )
  return (
    <>
      <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
        <p>{t('staff.editLead')}</p>
        <ProblemNotice problem={entry.problem} />
        <RolesField error={entry.errors.roles} value={member.roles} />
        <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
          {t('staff.save')}
        </ActionButton>
      </form>
      {dialog}
    </>
  )
}

const rolesIn = (typed: Typed) => typed.all('roles').filter(isStaffRole)
