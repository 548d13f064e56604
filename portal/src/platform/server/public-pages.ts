import type { PublicPage, ServerFeature } from './feature.ts'
import type { Platform } from './platform.ts'

/** Every page that engines should know, in the order of the features. */
export const publicPagesOf = async (features: readonly ServerFeature[], platform: Platform): Promise<PublicPage[]> =>
  (await Promise.all(features.map(feature => feature.publicPages?.(platform) ?? []))).flat()

/** The latest of these dates; null: there is none. */
export const latest = (dates: readonly (Date | null | undefined)[]): Date | null =>
  dates.reduce<Date | null>((a, b) => (b && (!a || b > a) ? b : a), null)
