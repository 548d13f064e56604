import { type Language, translate } from '#platform/core'
import type { Source } from './inquiry-parts.ts'

/** Where a lead came from, in a few words: campaign first, then the page that linked here. */
export function sourceWords({ utm_source, utm_medium, utm_campaign, referrer, qr }: Source, language: Language): string {
  const campaign = [utm_source, utm_medium, utm_campaign].filter(Boolean).join(' / ')
  return (
    campaign ||
    (qr && translate(language, 'sales:lead.sourceQr', { code: qr })) ||
    referrer ||
    translate(language, 'sales:lead.sourceDirect')
  )
}
