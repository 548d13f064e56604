import type { Model } from '@fettle/engine'

/** To whom prices are shown: to everybody, to customers who are signed in, to nobody but staff. */
export const priceVisibilities = ['public', 'signed-in', 'on-request'] as const
export type PriceVisibility = (typeof priceVisibilities)[number]

/** Until somebody says otherwise. */
export const usualPriceVisibility: PriceVisibility = 'public'

/** Who would read a price. Whoever comes by an API key reads as the person it acts for. */
export type PriceReader = 'stranger' | 'customer' | 'staff'

/** What a reader is told of prices: the prices, that they show after signing in, or that they are given on request. */
export const pricesTold = ['shown', 'signed-in', 'on-request'] as const
export type PricesTold = (typeof pricesTold)[number]

/** The rule, and the only place where it is decided whether a price may leave the server for somebody. */
export function priceVisibleTo(reader: PriceReader, visibility: PriceVisibility): boolean {
  switch (visibility) {
    case 'public':
      return true
    case 'signed-in':
      return reader !== 'stranger'
    case 'on-request':
      return reader === 'staff'
  }
}

/** Where prices are not visible to the reader, what he is told instead. */
export function pricesToldTo(reader: PriceReader, visibility: PriceVisibility): PricesTold {
  if (visibility === 'public' || priceVisibleTo(reader, visibility)) return 'shown'
  return visibility
}

/** The model with nothing in it that tells an amount: to the engine its price is on request. */
export function withoutPrices({ prices: _, tax: __, ...model }: Model): Model {
  return model
}

/** Where the model is fetched from by somebody who is told this of prices: its two forms have addresses of their own, since both are kept by browsers. */
export const modelPath = (modelVersionId: string, prices: PricesTold): string =>
  `/models/${modelVersionId}${prices === 'shown' ? '' : unpriced}.json`

export const unpriced = '.unpriced'

/** Where what counts the variants of a model is fetched from: nothing in it tells of prices. */
export const counterPath = (modelVersionId: string): string => `/models/${modelVersionId}.counter`
