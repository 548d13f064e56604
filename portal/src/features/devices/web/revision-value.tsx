import { formatTime } from '#platform/core'
import { useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { ReportedRevisions } from '../core/index.ts'
import style from './machines.module.css'

interface RevisionValueProps {
  /** as it was delivered; null: nobody entered it */
  delivered: string | null
  /** null: the machine says nothing of it */
  reported: ReportedRevisions['softwareRevision']
}

/** What the machine says of a revision, with what was delivered beside it where that was another. Where both are the same, that alone. */
export function RevisionValue({ delivered, reported }: RevisionValueProps) {
  const t = useTexts('devices')
  const language = useLanguage()
  const zone = useTimeZone()
  if (!reported || reported.value === delivered) return delivered
  const said = reported.since ? t('reportedAt', { at: formatTime(reported.since, language, zone) }) : t('reported')
  return (
    <>
      {reported.value}
      <small className={style.besides}>
        {[said, ...(delivered === null ? [] : [t('asDelivered', { revision: delivered })])].join(' · ')}
      </small>
    </>
  )
}
