import { formatTime } from '#platform/core'
import { StatusBadge, type TimelineEntry, type Tone, useLanguage, useTexts } from '#platform/web'
import type { ServiceMessage, ServiceStatus, ServiceSummary } from '../../core/index.ts'
import style from '../maintenance.module.css'

const tones: Record<ServiceStatus, Tone> = {
  submitted: 'waiting',
  received: 'active',
  scheduled: 'active',
  'in-progress': 'active',
  done: 'good',
  declined: 'bad',
  withdrawn: 'neutral',
}

export function ServiceBadge({ status }: { status: ServiceStatus }) {
  const t = useTexts('advisory')
  return <StatusBadge tone={tones[status]}>{t(`service.status.${status}`)}</StatusBadge>
}

/** What a request is about. */
export function useSubject() {
  const t = useTexts('advisory')
  const language = useLanguage()
  return ({ subject, about }: Pick<ServiceSummary, 'subject' | 'about'>): string =>
    t(`service.subject.${subject}`, { about: about?.[language] ?? '' })
}

/** When somebody comes. */
export function VisitTime({ at, zone }: { at: string | null; zone: string }) {
  const t = useTexts('advisory')
  const language = useLanguage()
  if (!at) return t('service.notAgreed')
  return (
    <time dateTime={at} suppressHydrationWarning>
      {formatTime(at, language, zone)}
    </time>
  )
}

/** What was written, as entries of a timeline. */
export const messageEntries = (messages: readonly ServiceMessage[]): TimelineEntry[] =>
  messages.map(({ id, at, name, by, text }) => ({
    id,
    at,
    title: name,
    body: <p className={style.words}>{text}</p>,
    strong: by === 'customer',
  }))
