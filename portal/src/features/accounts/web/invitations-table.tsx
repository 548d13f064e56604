import { formatTime } from '#platform/core'
import {
  ActionButton,
  api,
  type Column,
  DataTable,
  StatusBadge,
  useLanguage,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { type InvitationView, resendInvitation, withdrawInvitation } from '../core/index.ts'
import { ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { roleWords } from './role-words.ts'

interface Pending {
  invitations: readonly InvitationView[]
  onDone(message: string): void
}

/** Invitations nobody has accepted yet; each can be sent again or withdrawn. */
export function InvitationsTable({ invitations, onDone }: Pending) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const zone = useTimeZone()
  const { problem, attempt } = useProblem()
  const act = (call: () => Promise<unknown>, message: string) =>
    attempt(async () => {
      await call()
      onDone(message)
    })
  const columns: Column<InvitationView>[] = [
    { id: 'email', title: t('company.email'), cell: ({ email, name }) => (name ? `${name} · ${email}` : email) },
    { id: 'role', title: t('company.role'), cell: ({ role }) => roleWords([role], language), narrow: true, optional: true },
    { id: 'invitedBy', title: t('company.invitedBy'), cell: ({ invitedBy }) => invitedBy.name, optional: true },
    {
      id: 'until',
      title: t('company.validUntil'),
      narrow: true,
      cell: ({ expired, expiresAt }) =>
        expired ? (
          <StatusBadge tone="bad">{t('company.expired')}</StatusBadge>
        ) : (
          <time dateTime={expiresAt}>{formatTime(expiresAt, language, zone)}</time>
        ),
    },
    {
      id: 'act',
      title: '',
      cell: ({ id, email }) => (
        <div className={style.rowActions}>
          <ActionButton
            size="small"
            strength="quiet"
            onClick={() =>
              act(() => api.call(resendInvitation, { params: { invitationId: id } }), t('company.resent', { email }))
            }
          >
            {t('company.resend')}
          </ActionButton>
          <ActionButton
            size="small"
            strength="quiet"
            onClick={() =>
              act(() => api.call(withdrawInvitation, { params: { invitationId: id } }), t('company.withdrawn', { email }))
            }
          >
            {t('company.withdraw')}
          </ActionButton>
        </div>
      ),
    },
  ]
  return (
    <>
      <ProblemNotice problem={problem} />
      <DataTable
        label={t('company.pending')}
        columns={columns}
        rows={invitations}
        rowId={({ id }) => id}
        empty={<p>{t('company.noPending')}</p>}
      />
    </>
  )
}
