import { useState } from 'react'
import { ProblemNotice } from '#features/accounts/web'
import { ActionButton, api, useProblem, useTexts } from '#platform/web'
import { requestMyService, type ServiceRequest } from '../../core/index.ts'
import { Sent } from './request-form.tsx'

interface RequestTaskProps {
  deviceId: string
  subject: 'maintenance' | 'advice'
  /** key of the task or of the advice, and what it is called */
  about: string
  name: string
}

/** Asks with one tap that the manufacturer does a task of the plan, or what is advised. */
export function RequestTask({ deviceId, subject, about, name }: RequestTaskProps) {
  const t = useTexts('advisory')
  const { problem, attempt } = useProblem()
  const [sent, setSent] = useState<ServiceRequest | null>(null)
  const [busy, setBusy] = useState(false)
  if (sent) return <Sent request={sent} />
  const ask = async () => {
    setBusy(true)
    const body = { subject, about }
    const request = await attempt(() => api.call(requestMyService, { params: { deviceId }, body }))
    setBusy(false)
    if (request) setSent(request)
  }
  return (
    <>
      <ActionButton
        size="small"
        strength={subject === 'advice' ? 'primary' : 'secondary'}
        disabled={busy}
        aria-label={subject === 'advice' ? t('advice.requestOf', { what: name }) : t('service.requestTask', { task: name })}
        onClick={() => void ask()}
      >
        {t(subject === 'advice' ? 'advice.request' : 'service.request')}
      </ActionButton>
      <ProblemNotice problem={problem} />
    </>
  )
}
