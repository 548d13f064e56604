// A portal whose every text is naughty: manufacturer, product, customers, inquiries, notes, answers. Says in one line of JSON where it
// runs and what it holds, and stays until it is told to stop. Argument: how many of the strings, spread evenly over all of them.
import type { Model } from '@fettle/engine'
import { changeMe } from '#features/accounts/core'
import { unnamedManufacturer } from '#features/manufacturer/core'
import { saveManufacturer } from '#features/manufacturer/server'
import { getProduct } from '#features/products/core'
import { publishModel } from '#features/products/server'
import { addLeadNote, answerLead, contactConsent, listLeads, submitInquiry } from '#features/sales/core'
import { type Api, createApi } from '#platform/core'
import { createLog, readConfig } from '#platform/server'
import { loadDemo } from '../src/app/demo.ts'
import { features } from '../src/app/features.ts'
import { builtPages } from '../src/app/pages.ts'
import { type Portal, startPortal } from '../src/app/portal.ts'
import { cut, naughtyStrings, packed } from './naughty-strings.ts'
import { drillStand, standardDraft } from './small-product.ts'

export interface NaughtyPortal {
  address: string
  /** paths below the origin, without language */
  leads: string[]
  inquiries: string[]
  sheets: string[]
  product: string
  configurator: string
  /** names of the product's options */
  extras: string[]
}

const all = naughtyStrings()!
const wanted = Math.min(Number(process.argv[2]), all.length)
const texts = Array.from({ length: wanted }, (_, n) => all[Math.floor((n * all.length) / wanted)]!)
const origin = 'http://localhost'

const portal = await startPortal(readConfig(process.env), {
  features,
  pages: async () => ({ pages: await builtPages() }),
  http: { rateLimits: null },
  log: createLog('error'),
})
process.on('SIGTERM', () => void portal.stop().then(() => process.exit(0)))
await loadDemo(portal.platform)
const held = await fill(portal)
const address = await portal.listen()
console.log(JSON.stringify({ address, ...held } satisfies NaughtyPortal))

async function fill({ platform, settled }: Portal): Promise<Omit<NaughtyPortal, 'address'>> {
  await saveManufacturer(platform, naughtyManufacturer())
  await publishModel(platform, { model: naughtyModel(), sourceFormat: 'json', publish: true, slug: 'naughty' })
  const visitor = clientOf('')
  const sales = clientOf(await signIn('sales@zhizao.example'))
  await sales.call(changeMe, { body: { name: cut(texts[0]!.trim(), 100) } })

  const { modelVersionId } = await visitor.call(getProduct, { params: { slug: 'naughty' } })
  const long = packed(texts, 4900)
  const count = Math.max(Math.ceil(texts.length / 2), long.length)
  const at = (n: number) => cut(texts[n % texts.length]!, 190)
  const inquiries: string[] = []
  for (let n = 0; n < count; n++) {
    const { path } = await visitor.call(submitInquiry, {
      body: {
        configuration: standardDraft(modelVersionId),
        // the few that are answered by mail carry all texts
        contact: {
          name: at(2 * n),
          company: at(2 * n + 1),
          ...(n < long.length ? { email: `n${n}@naughty.example` } : { phone: '13800138000' }),
        },
        message: long[n % long.length]!,
        unlisted: long[(n + 1) % long.length]!,
        consent: { version: contactConsent.version, accepted: true },
        source: { utm_source: at(n), utm_campaign: at(n + 1), referrer: at(n + 2) },
      },
    })
    inquiries.push(path)
  }
  await settled()
  const leads: string[] = []
  const { items } = await sales.call(listLeads, { query: { sort: 'createdAt', limit: 100 } })
  for (const [n, text] of long.entries()) {
    const lead = items[n]
    if (!lead) break
    leads.push(`/console/leads/${lead.id}`)
    await sales.call(addLeadNote, { params: { leadId: lead.id }, body: { text } })
    await sales.call(answerLead, { params: { leadId: lead.id }, body: { subject: at(n).trim() || '-', text } })
  }
  await settled()
  const { rows } = await platform.database.pool.query('select token from configuration order by created_at limit 2')
  return {
    leads,
    inquiries: inquiries.slice(0, long.length),
    sheets: rows.map(({ token }) => `/c/${token}`),
    product: '/products/naughty',
    configurator: '/configure/naughty',
    extras: texts.slice(0, 300).map(text => cut(text, 200)),
  }
}

function naughtyManufacturer() {
  const both = (n: number) => ({ 'zh-CN': cut(texts[n % texts.length]!, 60), en: cut(texts[(n + 1) % texts.length]!, 60) })
  return {
    ...unnamedManufacturer,
    name: both(1),
    legalName: both(3),
    about: both(5),
    address: both(7),
    phone: texts[9 % texts.length]!,
    email: texts[10 % texts.length]!,
    legalLines: [both(11)],
    facts: [{ value: cut(texts[12 % texts.length]!, 30), label: both(13) }],
    priceTerms: both(15),
  }
}

/** The drill stand, and beside it an extra for every text, with the text as its name and its use. */
function naughtyModel(): Model {
  const named = (text: string) => ({ 'zh-CN': cut(text, 200), en: cut(text, 200) })
  return {
    ...drillStand,
    id: 'naughty',
    name: named(texts[2]!),
    groups: [
      ...drillStand.groups,
      {
        id: 'extras',
        kind: 'choose-some',
        name: named(texts[3]!),
        options: texts.slice(0, 300).map((text, n) => ({ id: `extra_${n}`, name: named(text), use: named(text) })),
      },
    ],
  } as Model
}

function clientOf(cookie: string): Api {
  return createApi(async (path, { method, headers, body }) =>
    portal.http.app.request(`${origin}${path}`, {
      method,
      headers: { ...headers, origin, ...(cookie ? { cookie } : {}) },
      ...(body ? { body } : {}),
    }),
  )
}

async function signIn(email: string): Promise<string> {
  const answer = await portal.http.app.request(`${origin}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ email, password: 'fettle-demo-2026' }),
  })
  return answer.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ')
}
