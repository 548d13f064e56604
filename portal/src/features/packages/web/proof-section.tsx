import { fewestVerdicts } from '#features/outcomes/core'
import { OutcomeFigures } from '#features/outcomes/web'
import { formatDate } from '#platform/core'
import { useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { Proof } from '../core/index.ts'
import style from './packages.module.css'

/** On what a package is sold: what came of warnings at all machines of its types, or that there is too little to tell by. proof absent: not shown */
export function ProofSection({ proof }: { proof: Proof | undefined }) {
  const t = useTexts('packages')
  const language = useLanguage()
  const zone = useTimeZone()
  if (!proof) return null
  const { from, until, machines, outcome } = proof
  const told = outcome.precision !== null
  const basis = {
    ...{ from: formatDate(from, language, zone), until: formatDate(until, language, zone) },
    ...{ count: machines, judged: outcome.confirmed + outcome.noFault, least: fewestVerdicts },
  }
  return (
    <section className={style.proof}>
      <h3>{t('proof')}</h3>
      <p className={style.muted}>{t(told ? 'proofOf' : 'noProof', basis)}</p>
      {told ? <OutcomeFigures outcome={outcome} /> : null}
    </section>
  )
}
