import { useState } from 'react'
import { type LoaderFunctionArgs, useLoaderData, useRevalidator } from 'react-router'
import { formatTime, inLanguage } from '#platform/core'
import {
  ActionButton,
  api,
  apiContext,
  type Column,
  DataTable,
  EmptyState,
  Notice,
  PageHeader,
  StatusBadge,
  type Tone,
  useLanguage,
  useLive,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { type Approval, decideApproval, listApprovals } from '../core/index.ts'
import style from './approvals-page.module.css'
import { ProblemNotice } from './fields.tsx'
import { accountPageMeta, pageFacts } from './page-facts.ts'
import { useConfirmed } from './use-confirmed.tsx'

/** /console/approvals: what waits for a second person. */
export async function loader({ context }: LoaderFunctionArgs) {
  return { ...pageFacts(context), ...(await context.get(apiContext).call(listApprovals, {})) }
}

export const meta = accountPageMeta('/console/approvals', 'approvals.title')

export default function Approvals() {
  const t = useTexts('accounts')
  const { items } = useLoaderData<typeof loader>()
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const { confirmed, dialog } = useConfirmed()
  const [done, setDone] = useState('')
  useLive('approvals', () => void revalidate())
  const decide = (approval: Approval, decision: 'approve' | 'decline') =>
    attempt(async () => {
      const call = { params: { approvalId: approval.id }, body: { decision } }
      const decided = await confirmed(token => api.call(decideApproval, { ...call, ...token }))
      if (!decided) return
      setDone(t(`approvals.done.${decision}`))
      await revalidate()
    })
  return (
    <>
      <PageHeader title={t('approvals.title')}>{t('approvals.lead')}</PageHeader>
      <div className={style.stack}>
        <ProblemNotice problem={problem} />
        {done ? <Notice tone="good" live title={done} /> : null}
        <DataTable
          label={t('approvals.title')}
          columns={useColumns(decide)}
          rows={items}
          rowId={({ id }) => id}
          empty={<EmptyState title={t('approvals.empty')}>{t('approvals.emptyHelp')}</EmptyState>}
        />
      </div>
      {dialog}
    </>
  )
}

const tones: Record<Approval['status'], Tone> = {
  ready: 'good',
  waiting: 'waiting',
  approved: 'good',
  declined: 'bad',
  used: 'good',
}

function useColumns(decide: (approval: Approval, decision: 'approve' | 'decline') => unknown): Column<Approval>[] {
  const t = useTexts('accounts')
  const language = useLanguage()
  const zone = useTimeZone()
  return [
    {
      id: 'what',
      title: t('approvals.what'),
      cell: ({ what, reason }) => (
        <div className={style.what}>
          <strong>{inLanguage(what, language)}</strong>
          <span>{t('approvals.reason', { reason })}</span>
        </div>
      ),
    },
    { id: 'askedBy', title: t('approvals.askedBy'), cell: ({ askedBy, mine }) => (mine ? t('approvals.me') : askedBy.name) },
    {
      id: 'askedAt',
      title: t('approvals.askedAt'),
      narrow: true,
      optional: true,
      cell: ({ askedAt }) => <time dateTime={askedAt}>{formatTime(askedAt, language, zone)}</time>,
    },
    {
      id: 'status',
      title: t('approvals.state'),
      narrow: true,
      cell: ({ status, decidedBy }) => (
        <StatusBadge tone={tones[status]}>{t(`approvals.status.${status}`, { name: decidedBy?.name ?? '' })}</StatusBadge>
      ),
    },
    {
      id: 'decide',
      title: '',
      cell: approval =>
        approval.mine || approval.status !== 'waiting' ? null : (
          <div className={style.actions}>
            <ActionButton size="small" onClick={() => decide(approval, 'approve')}>
              {t('approvals.approve')}
            </ActionButton>
            <ActionButton size="small" strength="quiet" onClick={() => decide(approval, 'decline')}>
              {t('approvals.decline')}
            </ActionButton>
          </div>
        ),
    },
  ]
}
