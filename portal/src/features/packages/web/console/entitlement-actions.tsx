import { useState } from 'react'
import { ActionButton, api, ConfirmDialog, useLanguage, useProblem, useTexts } from '#platform/web'
import { endEntitlement, grantEntitlement, type ListedEntitlement, mayEnd } from '../../core/index.ts'
import style from '../packages.module.css'

type Act = 'grant' | 'decline' | 'take'

/** What staff can do with an entitlement, each after a second look. */
export function EntitlementActions({ entitlement, onChange }: { entitlement: ListedEntitlement; onChange(): void }) {
  const t = useTexts('packages')
  const language = useLanguage()
  const [act, setAct] = useState<Act | null>(null)
  const [busy, setBusy] = useState(false)
  const { problem, attempt } = useProblem()
  const { id, status, company, device, price } = entitlement
  const acts: Act[] = status === 'requested' ? ['grant', 'decline'] : mayEnd(status) ? ['take'] : []
  const values = { company: company.name, machine: `${device.model} ${device.serial}`, name: entitlement.package.name[language] }
  const confirm = async () => {
    setBusy(true)
    await attempt(() => api.call(act === 'grant' ? grantEntitlement : endEntitlement, { params: { entitlementId: id } }))
    setBusy(false)
    setAct(null)
    onChange()
  }
  return (
    <div className={style.row}>
      {acts.map(one => (
        <ActionButton key={one} size="small" strength={one === 'grant' ? 'secondary' : 'quiet'} onClick={() => setAct(one)}>
          {t(`desk.${one}`)}
        </ActionButton>
      ))}
      {problem ? <span role="alert">{problem.detail}</span> : null}
      <ConfirmDialog
        open={act !== null}
        title={act ? t(`desk.${act}Title`, values) : ''}
        action={act ? t(`desk.${act}`) : ''}
        danger={act !== null && act !== 'grant'}
        busy={busy}
        onConfirm={() => void confirm()}
        onClose={() => setAct(null)}
      >
        <p>{act === 'grant' ? t('desk.grantText', { count: price.months }) : t('desk.endText')}</p>
      </ConfirmDialog>
    </div>
  )
}
