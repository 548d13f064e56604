import { StatusBadge, type Tone, useTexts } from '#platform/web'
import type { LeadStatus, Source } from '../core/index.ts'

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

/** Where a lead came from, in a few words: campaign first, then the page that linked here. */
export function SourceWords({ source }: { source: Source }) {
  const t = useTexts('sales')
  const { utm_source, utm_medium, utm_campaign, referrer, qr } = source
  const campaign = [utm_source, utm_medium, utm_campaign].filter(Boolean).join(' / ')
  return <>{campaign || (qr && t('lead.sourceQr', { code: qr })) || referrer || t('lead.sourceDirect')}</>
}
