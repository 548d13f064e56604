import { readConfiguration } from '#features/configurator/server'
import { formatNumber, formatUnit, type Language, type LocalizedText } from '#platform/core'
import type { Database } from '#platform/server'
import type { OfferLine } from '../core/index.ts'

interface Listed {
  name: LocalizedText
  typeCode: string
  /** its headline figures in a line */
  spec: LocalizedText
  /** minor units; null: on request */
  net: number | null
  currency: string
  /** null: the product names no tax */
  taxPercent: number | null
}

/** A saved configuration as a line of an offer tells of it; 404 for an unknown token. */
export async function readListed(database: Database, token: string): Promise<Listed> {
  const { productName, typeCode, spec, price } = await readConfiguration(database, token, 'staff')
  const headline = (language: Language) =>
    spec
      .filter(line => line.headline)
      .map(({ name, value, unit, decimals }) => {
        const said = typeof value === 'number' ? formatNumber(value, language, decimals) : value[language]
        return `${name[language]} ${said}${unit ? ` ${formatUnit(unit, language)}` : ''}`
      })
      .join(language === 'en' ? '; ' : '；')
  return {
    name: productName,
    typeCode: (typeCode ?? '').slice(0, 120),
    spec: { 'zh-CN': headline('zh-CN'), en: headline('en') },
    net: price.status === 'priced' ? price.net : null,
    currency: price.currency,
    taxPercent: price.tax?.percent ?? null,
  }
}

/**
 * The lines with list prices as the portal knows them: of a configuration that of its saved selection, of anything else none. What
 * whoever edits says of list prices is not believed, since discounts are measured by them.
 */
export const withListPrices = (database: Database, lines: readonly OfferLine[]): Promise<OfferLine[]> =>
  Promise.all(
    lines.map(async line => {
      const token = line.kind === 'configuration' ? line.configurationToken : null
      return { ...line, configurationToken: token, listPrice: token ? (await readListed(database, token)).net : null }
    }),
  )
