import { useEffect, useState } from 'react'
import { pathIn } from '#platform/core'
import { ActionButton, ActionLink, Notice, useLanguage, useTexts } from '#platform/web'
import { forgetClaim, keptClaim } from './kept-claim.ts'
import style from './machines.module.css'

/** Leads whoever came by a label and had to sign up first back to his machine. */
export function PendingClaim() {
  const t = useTexts('devices')
  const language = useLanguage()
  const [code, setCode] = useState<string | null>(null)
  useEffect(() => setCode(keptClaim()), [])
  if (!code) return null
  return (
    <Notice title={t('claim.pending')} live>
      <div className={style.actions}>
        <ActionLink size="small" strength="primary" to={pathIn(language, `/claim/${code}`)}>
          {t('claim.resume')}
        </ActionLink>
        <ActionButton
          size="small"
          strength="quiet"
          onClick={() => {
            forgetClaim()
            setCode(null)
          }}
        >
          {t('claim.forget')}
        </ActionButton>
      </div>
    </Notice>
  )
}
