import { ActionButton, api, useProblem, useTexts } from '#platform/web'
import {
  type AccountView,
  reachOf,
  resendStaffInvitation,
  resetSecondFactor,
  type StaffMember,
  withdrawStaffInvitation,
} from '../core/index.ts'
import { Deactivation } from './deactivation.tsx'
import { ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { useConfirmed } from './use-confirmed.tsx'

interface Acts {
  member: StaffMember
  me: AccountView
  onEdit(): void
  onDevices(): void
  onKeys(): void
  onDone(message: string): void
}

/** What may be done about a colleague; nothing where he ranks too high. Who has not set a password yet can be invited again. */
export function StaffActions({ member, me, onEdit, onDevices, onKeys, onDone }: Acts) {
  const t = useTexts('accounts')
  const { problem, attempt } = useProblem()
  const { confirmed, dialog } = useConfirmed()
  const { name, email } = member
  const call = { params: { accountId: member.id } }
  const act = (work: (token: { confirmation?: string }) => Promise<unknown>, message: string) =>
    attempt(async () => {
      const done = await confirmed(token => work(token).then(() => true))
      if (done) onDone(message)
    })
  const reach = reachOf(me, member)
  if (reach === 'never') return null
  const button = (text: string, onClick: () => unknown) => (
    <ActionButton size="small" strength="quiet" onClick={() => void onClick()}>
      {t(text)}
    </ActionButton>
  )
  const reset = () => act(token => api.call(resetSecondFactor, { ...call, ...token }), t('staff.resetDone', { name }))
  const invited = !member.active && !member.deactivatedAt
  return (
    <div className={style.rowActions}>
      {button('staff.edit', onEdit)}
      {member.secondFactor ? button('staff.reset', reset) : null}
      {reach === 'himself' ? null : invited ? (
        <>
          {button('staff.resend', () => act(() => api.call(resendStaffInvitation, call), t('staff.resent', { email })))}
          {button('staff.withdraw', () =>
            act(token => api.call(withdrawStaffInvitation, { ...call, ...token }), t('staff.withdrawn', { name })),
          )}
        </>
      ) : (
        <>
          {button('staff.devices', onDevices)}
          {reach === 'freely' && member.apiKeys > 0 ? button('apiKeys.look', onKeys) : null}
          <Deactivation person={member} onDone={onDone} />
        </>
      )}
      <ProblemNotice problem={problem} />
      {dialog}
    </div>
  )
}
