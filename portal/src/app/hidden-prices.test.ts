import type { RouteConfigEntry } from '@react-router/dev/routes'
import { describe, expect, test } from 'vitest'
import { listMyConfigurations, type Sheet, saveConfiguration } from '#features/configurator/core'
import {
  changeProduct,
  getModel,
  getPricing,
  getProduct,
  listManagedProducts,
  listProducts,
  type PriceVisibility,
  priceVisibleTo,
  savePricing,
} from '#features/products/core'
import { contactConsent, listLeads, submitInquiry } from '#features/sales/core'
import { ProblemError } from '#platform/core'
import type { Input } from '../../test/endpoint-calls/call.ts'
import { endpointCalls } from '../../test/endpoint-calls.ts'
import { type Caller, performCall } from '../../test/perform-call.ts'
import { standardDraft } from '../../test/small-product.ts'
import { testPortal } from '../../test/test-portal.ts'
import { twoCompanies } from '../../test/two-companies.ts'
import { features } from './features.ts'
import { builtPages } from './pages.ts'
import routes from './web/routes.ts'

/*
 * A model whose amounts are numbers that nothing else is, behind every endpoint and every page: where prices are not for a reader, he must
 * not come across one of them, in whatever spelling.
 */

const amounts = {
  base: 717_171_717,
  motor_1kw: 313_131_313,
  motor_3kw: 838_383_838,
  supply_2kw: 292_929_292,
  supply_5kw: 646_464_646,
}
const net = amounts.base + amounts.motor_1kw + amounts.supply_2kw
const tax = Math.round(net * 0.13)
const sums = [net, net + tax, tax, amounts.motor_3kw - amounts.motor_1kw, amounts.supply_5kw - amounts.supply_2kw]
/** the whole units of every amount: minor units begin with them as well */
const traces = [...Object.values(amounts), ...sums].map(amount => String(Math.trunc(amount / 100)))

/** Prices found in a text, however their digits are grouped. */
const pricesIn = (text: string): string[] => {
  const plain = text.replaceAll(/(?<=\d)[,.\u00a0\u202f\u2009' ](?=\d{3})/g, '')
  return traces.filter(trace => plain.includes(trace))
}

const portal = await testPortal({ pages: async () => ({ pages: await builtPages() }) })
const { api, request, mails } = portal
const admin = await api('admin')
const show = async (visibility: PriceVisibility) => {
  const { etag } = await admin.callWithEtag(getPricing, {})
  await admin.call(savePricing, { body: { visibility }, ifMatch: etag })
}

await show('on-request') // who draws up the world has no price to name
const { base, ...options } = amounts
const world = await twoCompanies(portal, {
  prices: [
    { id: 'base', kind: 'base', amount: base },
    { id: 'parts', kind: 'options', amounts: options },
  ],
})
const { own, modelVersionId } = world
const nobody = await api()

/** Whoever is not staff; the customer is one who may all that customers may. */
const customer: Caller = { as: own.admin.visitor, held: ['company-admin'] }
const readers: [string, Caller][] = [
  ['nobody', { held: [] }],
  ['a customer', customer],
]
/** Each walk asks for more than a hundred addresses, on a machine that is busy with other tests. */
const patience = 120_000

const endpoints = features.flatMap(feature => feature.routes ?? []).map(({ endpoint }) => endpoint)
// what ends sessions has nothing of prices and would end those of the next call
// an offer is made to tell a price, to whom it is addressed
const walk = endpoints.filter(
  ({ id }) => id in endpointCalls && endpointCalls[id]!.endsSession === undefined && !id.startsWith('offers.'),
)

/** Every page of the portal, with what its address needs. */
const paths = pagesBelow(routes, '').map(path =>
  path
    .replace('products/:slug', 'products/drill-stand')
    .replace('configure/:slug', 'configure/drill-stand')
    .replace('c/:token', `c/${own.configurationToken}`)
    .replace('inquiries/:token', `inquiries/${own.inquiryToken}`)
    .replace('leads/:leadId', `leads/${own.leadId}`)
    .replace(':productId', world.productId),
)
const files = [`/models/${modelVersionId}.json`, `/models/${modelVersionId}.unpriced.json`, '/sitemap.xml', '/api/openapi.json']

function pagesBelow(entries: RouteConfigEntry[], above: string): string[] {
  return entries.flatMap(({ path, children = [] }) => {
    const own = path?.replace(/^en\?\/?/, '') // the prefix of the other language, which need not be there
    const here = own ? `${above}/${own}` : above
    return children.length > 0 ? pagesBelow(children, here) : [here === '' ? '/' : here]
  })
}

/** All that `who` can read at these addresses, where a price is in it. */
async function pricesAt(addresses: readonly string[], who: Caller): Promise<string[]> {
  const found: string[] = []
  for (const address of addresses) {
    const answer = await request(address, { headers: { accept: 'text/html' }, redirect: 'manual' }, who.as)
    found.push(...pricesIn(await answer.text()).map(price => `${address}: ${price}`))
  }
  return found
}

/** Where whoever may see prices finds one. */
const withPrices = ['/products', '/products/drill-stand', `/c/${own.configurationToken}`, `/models/${modelVersionId}.json`]

const everywhere = [
  ...paths.flatMap(path => [path, `/en${path === '/' ? '' : path}`, `${path === '/' ? '/_root' : path}.data`]),
  `/en/configure/drill-stand?from=${own.configurationToken}`,
  ...files,
]

describe('where prices are on request', { timeout: patience }, () => {
  test.each(readers)('no page and no file tells %s one', async (_, who) => {
    expect(everywhere.length).toBeGreaterThan(100)
    expect(everywhere).toEqual(expect.arrayContaining(withPrices))
    expect(await pricesAt(everywhere, who)).toEqual([])
  })

  test('no endpoint tells either one', async () => {
    const found: string[] = []
    const answered = readers.map(() => 0)
    for (const endpoint of walk) {
      let unused: Input | undefined
      for (const [at, [name, who]] of readers.entries()) {
        const { status, text, left } = await performCall(world, endpointCalls[endpoint.id]!, endpoint, who, unused)
        unused = left
        if (status < 300) answered[at]!++
        found.push(...pricesIn(text).map(price => `${endpoint.id}, ${name}: ${price}`))
      }
    }
    expect(found).toEqual([])
    for (const times of answered) expect(times).toBeGreaterThan(20)
  })

  test('a price that was guessed is not told to be wrong', async () => {
    for (const guess of [null, 1, net])
      await nobody.call(saveConfiguration, { body: { ...standardDraft(modelVersionId), net: guess } })
  })

  test('no mail says one, and sales still reads them', async () => {
    const text = (await mails()).map(mail => [mail.subject, mail.text, mail.html].join('\n')).join('\n')
    expect(text).toContain('钻台')
    expect(pricesIn(text)).toEqual([])
    const sales = await api('sales')
    expect((await sales.call(listLeads, {})).items.map(lead => lead.net)).toContain(net)
    expect((await sales.call(getModel, { params: { modelVersionId } })).prices).toBe('shown')
    expect(
      await pricesAt([`/c/${own.configurationToken}`, `/models/${modelVersionId}.json`], { as: 'sales', held: [] }),
    ).not.toEqual([])
  })
})

describe('where prices show after signing in', { timeout: patience }, () => {
  test('strangers meet none, customers do', async () => {
    await show('signed-in')
    expect(await pricesAt(everywhere, { held: [] })).toEqual([])
    expect(await nobody.call(getProduct, { params: { slug: 'drill-stand' } })).toMatchObject({
      prices: 'signed-in',
      startingPrice: null,
    })
    const page = await (await request('/en/products/drill-stand')).text()
    expect(page).toContain('Sign in to see prices')
    expect(page).toContain('/en/sign-in?next=%2Fen%2Fproducts%2Fdrill-stand')
    for (const address of withPrices) expect(await pricesAt([address], customer), address).not.toEqual([])
    expect((await own.member.api.call(listMyConfigurations, {})).items[0]).toMatchObject({ net, prices: 'shown' })
  })

  test('whoever signed in since his page came sends what it could not tell, and nobody sends a wrong price', async () => {
    const draft = standardDraft(modelVersionId)
    await own.member.api.call(saveConfiguration, { body: { ...draft, net: null } })
    const wrong = own.member.api.call(saveConfiguration, { body: { ...draft, net: 1 } })
    await expect(wrong).rejects.toThrow(ProblemError)
  })
})

test('hiding prices reaches pages that were kept', async () => {
  await show('public')
  const read = async () => pricesIn(await (await request('/en/products/drill-stand')).text())
  await expect.poll(read).not.toEqual([])
  await show('on-request')
  await expect.poll(read).toEqual([])
})

test('a product may differ from the portal, and the audit log says who let it', async () => {
  await show('on-request')
  const product = (await admin.call(listManagedProducts, {})).items.find(({ slug }) => slug === 'drill-stand')!
  const params = { productId: product.id }
  const changed = await admin.call(changeProduct, {
    params,
    body: { priceVisibility: 'public' },
    ifMatch: String(product.revision),
  })
  expect(changed).toMatchObject({ status: 'published', priceVisibility: 'public' })
  expect((await nobody.call(listProducts, {})).items[0]).toMatchObject({ prices: 'shown', startingPrice: { net } })
  await admin.call(changeProduct, { params, body: { priceVisibility: null }, ifMatch: String(changed.revision) })
  expect((await nobody.call(listProducts, {})).items[0]).toMatchObject({ prices: 'on-request', startingPrice: null })
})

test('an inquiry without a price carries the one the server works out', async () => {
  await show('on-request')
  const email = 'buyer@hidden.example'
  await nobody.call(submitInquiry, {
    body: {
      configuration: { ...standardDraft(modelVersionId), net: null },
      contact: { email },
      consent: { version: contactConsent.version, accepted: true },
    },
  })
  await mails()
  const { items } = await (await api('sales')).call(listLeads, { query: { search: email } })
  expect(items[0]).toMatchObject({ net, currency: 'CNY' })
})

test('the document of a sheet is made of what its reader may see', async () => {
  const sheet = (await (await request(`/api/v1/configurations/${own.configurationToken}`)).json()) as Sheet
  expect(sheet).toMatchObject({ prices: 'on-request', price: { status: 'on-request', net: 0, gross: 0, lines: [], tax: null } })
  expect((await request(`/c/${own.configurationToken}/sheet.pdf`)).status).toBe(200)
})

test('the rule: staff always, customers unless on request, strangers where it is public', () => {
  const visible = (['public', 'signed-in', 'on-request'] as const).map(visibility =>
    (['stranger', 'customer', 'staff'] as const).map(reader => priceVisibleTo(reader, visibility)),
  )
  expect(visible).toEqual([
    [true, true, true],
    [false, true, true],
    [false, false, true],
  ])
})
