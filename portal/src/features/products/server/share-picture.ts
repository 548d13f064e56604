import { brandPalette, readManufacturer } from '#features/manufacturer/server'
import { formatNumber, formatUnit, type Language } from '#platform/core'
import { type Platform, renderPicture, typefaces } from '#platform/server'
import { drawProduct, ogSvg } from '../core/index.ts'
import { getProduct } from './catalogue.ts'

/** The picture shown where a link to the product is shared, as PNG, 1200 × 630. 404 for an unknown product. */
export async function sharePicture(platform: Platform, slug: string, language: Language): Promise<Uint8Array> {
  const [product, maker] = await Promise.all([
    getProduct(platform.database, slug, 'stranger'),
    readManufacturer(platform.database),
  ])
  const colours = await brandPalette(platform.database)
  const facts = product.headline.flatMap(({ name, value, unit, decimals }) =>
    typeof value === 'number'
      ? [{ label: name, value: formatNumber(value, language, decimals), ...(unit ? { unit: formatUnit(unit, language) } : {}) }]
      : [],
  )
  const svg = ogSvg(
    {
      name: product.name,
      maker: maker.name,
      drawing: drawProduct(product.modelId, product.selection),
      facts: facts.slice(0, 3),
      colours,
    },
    language,
    typefaces.family,
  )
  return renderPicture(svg)
}
