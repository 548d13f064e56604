import { type ReactNode, useState } from 'react'
import { ProblemError } from '#platform/core'
import { api, BottomSheet, type FieldMessages, Notice, TextAreaField, useLive, useTexts } from '#platform/web'
import { type ConfirmationNeeded, confirm, listApprovals, reasonLength } from '../core/index.ts'
import style from './form-page.module.css'
import { ProofForm } from './proof-form.tsx'

/** What a confirmed call adds to its input: nothing at first, the token once there is one. */
type Token = { confirmation?: string }

interface Confirming {
  /**
   * Does a call that may need a second confirmation: asks for proof and reason where the portal wants them, and repeats it.
   * `await confirmed(token => api.call(changeStaff, { params, body, ...token }))`. Undefined where the person thought better of it.
   */
  confirmed<Value>(call: (token: Token) => Promise<Value>): Promise<Value | undefined>
  /** to be rendered once on the page */
  dialog: ReactNode
}

interface Pending {
  needed: ConfirmationNeeded
  /** asked of a second person: the id of the request and the token that waits with it */
  waiting: { id: string; token: string } | null
  call(token: Token): Promise<unknown>
  resolve(value: unknown): void
  reject(error: unknown): void
}

export function useConfirmed(): Confirming {
  const [pending, setPending] = useState<Pending | null>(null)

  async function confirmed<Value>(call: (token: Token) => Promise<Value>): Promise<Value | undefined> {
    try {
      return await call({})
    } catch (error) {
      const needed = neededBy(error)
      if (!needed) throw error
      return new Promise<Value | undefined>((resolve, reject) => {
        setPending({ needed, waiting: null, call, resolve: resolve as Pending['resolve'], reject })
      })
    }
  }

  /** Repeats the call. A confirmation that no longer holds is asked for again, in the same dialog; any other problem is the page's. */
  async function repeat({ call, resolve, reject, ...rest }: Pending, token: Token) {
    try {
      resolve(await call(token))
      setPending(null)
    } catch (error) {
      const needed = neededBy(error)
      if (needed) return setPending({ ...rest, call, resolve, reject, needed, waiting: null })
      setPending(null)
      reject(error)
    }
  }

  const close = () => {
    pending?.resolve(undefined)
    setPending(null)
  }
  const dialog = (
    <ConfirmationDialog
      pending={pending}
      onClose={close}
      onToken={token => pending && repeat(pending, { confirmation: token })}
      onOutdated={() => pending && repeat(pending, {})}
      onWaiting={waiting => pending && setPending({ ...pending, waiting })}
    />
  )
  return { confirmed, dialog }
}

interface DialogProps {
  pending: Pending | null
  onClose(): void
  onToken(token: string): unknown
  onOutdated(): unknown
  onWaiting(waiting: Pending['waiting']): unknown
}

function ConfirmationDialog({ pending, onClose, ...on }: DialogProps) {
  const t = useTexts('accounts')
  return (
    <BottomSheet open={pending !== null} title={t('confirm.title')} onClose={onClose}>
      {pending ? (
        <div className={style.stack}>
          <p>
            <strong>{pending.needed.what}</strong>
          </p>
          {pending.waiting ? <Waiting {...pending.waiting} onToken={on.onToken} /> : <Asking needed={pending.needed} {...on} />}
        </div>
      ) : null}
    </BottomSheet>
  )
}

function Asking({
  needed,
  onToken,
  onOutdated,
  onWaiting,
}: { needed: ConfirmationNeeded } & Omit<DialogProps, 'pending' | 'onClose'>) {
  const t = useTexts('accounts')
  return (
    <>
      {needed.secondPerson === 'not-needed' && !needed.earlier ? null : (
        <Notice tone="warn">
          <p>{t(needed.earlier ? `confirm.earlier.${needed.earlier}` : `confirm.second.${needed.secondPerson}`)}</p>
        </Notice>
      )}
      <ProofForm
        methods={needed.methods}
        action={t('confirm.submit')}
        check={(typed): FieldMessages =>
          typed.text('reason').length >= reasonLength.min ? {} : { reason: t('confirm.reasonMissing') }
        }
        onProof={async (proof, typed) => {
          try {
            const body = { request: needed.request, proof, reason: typed.text('reason') }
            const { id, token, status } = await api.call(confirm, { body })
            await (status === 'waiting' ? onWaiting({ id, token }) : onToken(token))
          } catch (error) {
            if (!(error instanceof ProblemError) || !error.problem.type.endsWith('/confirmation-outdated')) throw error
            await onOutdated()
          }
        }}
      >
        {errors => (
          <TextAreaField
            label={t('confirm.reason')}
            name="reason"
            rows={2}
            required
            maxLength={reasonLength.max}
            help={t('confirm.reasonHelp')}
            error={errors.reason}
          />
        )}
      </ProofForm>
    </>
  )
}

/** Until the second person has answered; closing the dialog loses nothing. */
function Waiting({ id, token, onToken }: { id: string; token: string; onToken(token: string): unknown }) {
  const t = useTexts('accounts')
  const [declinedBy, setDeclinedBy] = useState<string | null>(null)
  useLive('approvals', async () => {
    const { items } = await api.call(listApprovals, {})
    const now = items.find(item => item.id === id)
    if (now?.status === 'approved') await onToken(token)
    if (now?.status === 'declined') setDeclinedBy(now.decidedBy?.name ?? '')
  })
  if (declinedBy !== null) return <Notice tone="bad" live title={t('confirm.declined', { name: declinedBy })} />
  return (
    <Notice tone="info" live title={t('confirm.waiting')}>
      <p>{t('confirm.waitingHelp')}</p>
    </Notice>
  )
}

function neededBy(error: unknown): ConfirmationNeeded | null {
  if (!(error instanceof ProblemError) || !error.problem.type.endsWith('/confirmation-needed')) return null
  return error.problem.confirmation as ConfirmationNeeded
}
