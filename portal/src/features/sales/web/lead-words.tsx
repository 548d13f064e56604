import { StatusBadge, type Tone, useLanguage, useTexts } from '#platform/web'
import { type LeadStatus, type Source, sourceWords } from '../core/index.ts'

const tones: Record<LeadStatus, Tone> = {
  new: 'waiting',
  contacted: 'active',
  qualified: 'active',
  offered: 'active',
  won: 'good',
  lost: 'neutral',
}

export function LeadStatusBadge({ status }: { status: LeadStatus }) {
  const t = useTexts('sales')
  return <StatusBadge tone={tones[status]}>{t(`status.${status}`)}</StatusBadge>
}

/** Where a lead came from, in a few words. */
export function SourceWords({ source }: { source: Source }) {
  return <>{sourceWords(source, useLanguage())}</>
}
