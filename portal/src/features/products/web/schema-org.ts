import type { ManufacturerProfile } from '#features/manufacturer/core'
import { type Language, minorDigits, pathIn } from '#platform/core'
import type { ProductSummary } from '../core/index.ts'

/** Structured data for search engines (schema.org). `origin` is the portal's own: 'https://portal.example.com'. */
export function organization(maker: Omit<ManufacturerProfile, 'imprint'>, language: Language, origin: string): object {
  return {
    '@type': 'Organization',
    '@id': `${origin}/#organization`,
    name: maker.name[language],
    legalName: maker.legalName[language],
    url: `${origin}${pathIn(language, '/')}`,
    ...(maker.about[language] ? { description: maker.about[language] } : {}),
    ...(maker.address[language] ? { address: maker.address[language] } : {}),
    ...(maker.phone ? { telephone: maker.phone } : {}),
    ...(maker.email ? { email: maker.email } : {}),
  }
}

export function productOffer(product: ProductSummary, brand: string, language: Language, origin: string): object {
  const url = `${origin}${pathIn(language, `/products/${product.slug}`)}`
  const { startingPrice } = product
  return {
    '@type': 'Product',
    name: product.name[language],
    ...(product.description ? { description: product.description[language] } : {}),
    url,
    brand: { '@type': 'Brand', name: brand },
    manufacturer: { '@id': `${origin}/#organization` },
    additionalProperty: product.headline.map(field => ({
      '@type': 'PropertyValue',
      name: field.name[language],
      value: typeof field.value === 'number' ? field.value : field.value[language],
      ...(field.unit ? { unitText: field.unit } : {}),
    })),
    ...(startingPrice
      ? {
          offers: {
            '@type': 'Offer',
            url,
            price: (startingPrice.net / 10 ** minorDigits(startingPrice.currency)).toFixed(minorDigits(startingPrice.currency)),
            priceCurrency: startingPrice.currency,
            availability: 'https://schema.org/MadeToOrder',
            seller: { '@id': `${origin}/#organization` },
          },
        }
      : {}),
  }
}

export function breadcrumbs(crumbs: readonly { title: string; path: string }[], language: Language, origin: string): object {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: crumbs.map(({ title, path }, at) => ({
      '@type': 'ListItem',
      position: at + 1,
      name: title,
      item: `${origin}${pathIn(language, path)}`,
    })),
  }
}

export function questionPage(questions: readonly { question: string; answer: string }[]): object[] {
  if (questions.length === 0) return []
  return [
    {
      '@type': 'FAQPage',
      mainEntity: questions.map(({ question, answer }) => ({
        '@type': 'Question',
        name: question,
        acceptedAnswer: { '@type': 'Answer', text: answer },
      })),
    },
  ]
}
