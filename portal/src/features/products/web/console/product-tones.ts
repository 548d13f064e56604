import type { Tone } from '#platform/web'
import type { ManagedProduct } from '../../core/index.ts'

/** How a product's state looks. */
export const productTones: Record<ManagedProduct['status'], Tone> = { draft: 'neutral', published: 'good', withdrawn: 'warn' }
