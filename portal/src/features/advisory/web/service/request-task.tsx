import { useState } from 'react'
import { ProblemNotice } from '#features/accounts/web'
import { ActionButton, api, useLanguage, useProblem, useTexts } from '#platform/web'
import { type DueTask, requestMyService, type ServiceRequest } from '../../core/index.ts'
import { Sent } from './request-form.tsx'

/** Asks with one tap that the manufacturer does a task of the plan. */
export function RequestTask({ deviceId, task }: { deviceId: string; task: DueTask }) {
  const t = useTexts('advisory')
  const language = useLanguage()
  const { problem, attempt } = useProblem()
  const [sent, setSent] = useState<ServiceRequest | null>(null)
  const [busy, setBusy] = useState(false)
  if (sent) return <Sent request={sent} />
  const ask = async () => {
    setBusy(true)
    const body = { subject: 'maintenance' as const, about: task.key }
    const request = await attempt(() => api.call(requestMyService, { params: { deviceId }, body }))
    setBusy(false)
    if (request) setSent(request)
  }
  return (
    <>
      <ActionButton
        size="small"
        disabled={busy}
        aria-label={t('service.requestTask', { task: task.name[language] })}
        onClick={() => void ask()}
      >
        {t('service.request')}
      </ActionButton>
      <ProblemNotice problem={problem} />
    </>
  )
}
