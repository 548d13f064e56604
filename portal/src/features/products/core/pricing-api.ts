import { z } from 'zod'
import { endpoint } from '#platform/core'
import { priceVisibilities } from './price-visibility.ts'

const pricing = z.object({
  /** to whom prices are shown, where a product does not say otherwise */
  visibility: z.enum(priceVisibilities),
})

export const getPricing = endpoint({
  id: 'products.getPricing',
  method: 'GET',
  path: '/pricing',
  summary: 'To whom prices are shown',
  access: { staff: 'manufacturer.manage' },
  concurrency: 'etag',
  result: pricing,
})

export const savePricing = endpoint({
  id: 'products.savePricing',
  method: 'PUT',
  path: '/pricing',
  summary: 'Say to whom prices are shown. Where they are not, no price leaves the server',
  access: { staff: 'manufacturer.manage' },
  concurrency: 'if-match',
  audit: 'pricing.changed',
  body: pricing,
  result: pricing,
})

export const getShownPrices = endpoint({
  id: 'products.getShownPrices',
  method: 'GET',
  path: '/pricing/shown',
  summary: 'Whether whoever asks sees the prices of any product',
  access: 'public',
  result: z.object({ shown: z.boolean() }),
})
