import type { Tone } from '#platform/web'
import type { OfferStatus } from '../core/index.ts'

export const offerTones: Record<OfferStatus, Tone> = {
  draft: 'neutral',
  sent: 'active',
  countered: 'waiting',
  accepted: 'good',
  declined: 'bad',
  expired: 'warn',
  withdrawn: 'neutral',
  superseded: 'neutral',
}
