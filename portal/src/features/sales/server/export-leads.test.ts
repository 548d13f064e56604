import { parseCsv } from 'hucre/csv'
import { expect, test } from 'vitest'
import { type ConfirmationNeeded, confirm, decideApproval, listApprovals } from '#features/accounts/core'
import { listAuditEntries } from '#features/audit/core'
import { getProduct } from '#features/products/core'
import { confirmingApi, requestConfirmed } from '../../../../test/confirming.ts'
import { eventually } from '../../../../test/eventually.ts'
import { fillWithLeads } from '../../../../test/many-leads.ts'
import { cut, naughtyStrings } from '../../../../test/naughty-strings.ts'
import { readWorkbook } from '../../../../test/read-workbook.ts'
import { standardDraft } from '../../../../test/small-product.ts'
import { testPortal, type Visitor } from '../../../../test/test-portal.ts'
import { contactConsent, exportAlone, submitInquiry } from '../core/index.ts'

const testing = await testPortal()
const { api, request, portal, database } = testing
const many = 2_500
await fillWithLeads(testing, many, 'someone@firm4711.example')
const admin = await api('admin')
await testing.newSession('admin') // so that the demo's people are there
// what one person exports in a day counts together: tests of the bound have people of their own
await database.pool.query(
  `insert into staff_role (person_id, role, granted_at) select person_id, 'sales', granted_at from staff_role where role in ('product', 'service')`,
)

interface Wish {
  format: 'xlsx' | 'csv'
  search?: string
  status?: string[]
  sort?: string
  timeZone?: string
}
const path = '/api/v1/leads/export'
const asking = (wish: Wish, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
  body: JSON.stringify(wish),
})
const ask = (as: Visitor, wish: Wish, confirmation?: string) =>
  request(path, asking(wish, confirmation ? { confirmation } : {}), as)
/** confirmed by password, where one person is enough */
const exported = (as: Visitor, wish: Wish, language = 'en') =>
  requestConfirmed(testing, path, asking(wish, { 'accept-language': language }), as)
const bytesOf = async (answer: Response) => {
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}
const neededFor = async (answer: Response): Promise<ConfirmationNeeded> => {
  const problem = await answer.json()
  expect(problem.type).toBe('/problems/confirmation-needed')
  return problem.confirmation
}
const prove = async (as: Visitor, needed: ConfirmationNeeded) =>
  (await api(as)).call(confirm, {
    body: { request: needed.request, proof: { method: 'password', password: 'fettle-demo-2026' }, reason: 'for the fair' },
  })

test('a workbook has the filtered leads in their order, each value as what it is', async () => {
  const answer = await exported(
    'sales',
    { format: 'xlsx', search: '公司42', status: ['new', 'lost'], sort: 'net', timeZone: 'UTC' },
    'zh-CN',
  )
  expect(answer.headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  expect(decodeURIComponent(answer.headers.get('content-disposition')!)).toMatch(/^attachment; .*''线索-\d{4}-\d\d-\d\d\.xlsx$/)
  const { rows, sheetNames, frozenRows, widths } = await readWorkbook(await bytesOf(answer))
  expect([sheetNames, frozenRows, widths.length]).toEqual([['销售线索'], 1, 14])
  expect(rows[0]!.map(cell => cell!.value).slice(0, 5)).toEqual(['编号', '状态', '姓名', '公司', '邮箱'])
  const expected = Array.from({ length: many }, (_, n) => n + 1).filter(n => /^42/.test(String(n)) && [0, 5].includes(n % 6))
  expect(rows.slice(1).map(row => row[2]!.value)).toEqual(expected.map(n => `客户${n}`))
  expect(answer.headers.get('x-export-rows')).toBe(String(expected.length))
  const [first] = expected
  expect(rows[1]).toMatchObject([
    { type: 'number' },
    { type: 'text', value: '新线索' },
    { type: 'text', value: `客户${first}` },
    { type: 'text', value: `公司${first}` },
    { type: 'text', value: 'someone@firm4711.example', format: '@' },
    { value: '' },
    { type: 'text', value: '中文' },
    { type: 'text', value: '钻台' },
    { type: 'number', value: String(first), format: '#,##0.00' },
    { type: 'text', value: 'CNY' },
    { type: 'text', value: '直接访问' },
    { value: '' },
    { type: 'number', format: 'yyyy-mm-dd hh:mm' },
    { type: 'number', format: 'yyyy-mm-dd hh:mm' },
  ])
})

test('CSV has the same, in the language of who asks', async () => {
  const answer = await exported('sales', { format: 'csv', search: '客户77' })
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const bytes = await bytesOf(answer)
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  const [titles, ...rows] = parseCsv(bytes.toString())
  expect(titles!.slice(0, 4)).toEqual(['Number', 'Status', 'Name', 'Company'])
  expect(rows).toHaveLength(11)
  expect(rows[0]!.slice(2, 5)).toEqual(['客户77', '公司77', 'someone@firm4711.example'])
})

test('the log knows the filter, the number of people and the reason; what was searched for only under a key', async () => {
  await bytesOf(
    await exported('sales', { format: 'csv', search: '客户1234', status: ['new', 'won', 'lost', 'contacted', 'offered'] }),
  )
  const { items } = await admin.call(listAuditEntries, { query: { action: 'lead.exported', limit: 200 } })
  const entry = items.find(({ personal }) => personal.some(({ values }) => values?.search === '客户1234'))
  expect(entry).toMatchObject({
    actor: { name: '李销售' },
    outcome: 'done',
    changes: { facts: { rows: 1, format: 'csv', filters: { status: expect.arrayContaining(['new']), sort: '-createdAt' } } },
  })
  expect(entry!.personal).toContainEqual(
    expect.objectContaining({ values: expect.objectContaining({ reason: 'because the test wants it' }) }),
  )
  const { rows } = await database.pool.query(`select changes::text || personal::text as stored from audit_entry`)
  expect(rows.filter(({ stored }) => stored.includes('客户1234'))).toEqual([])
})

test('an export is asked for again before it is done, and nobody has it who may only read leads', async () => {
  expect(await neededFor(await ask('sales', { format: 'xlsx', search: '客户9', status: ['new'] }))).toMatchObject({
    what: expect.stringMatching(/^Export \d+ leads \(“客户9” · New\) with contact data as Excel$/),
    secondPerson: 'not-needed',
  })
  expect((await ask('marketing', { format: 'csv' })).status).toBe(403)
  expect((await request(path, asking({ format: 'csv' }))).status).toBe(401)
  expect((await ask('sales', { format: 'csv', timeZone: 'Mars/Olympus' })).status).toBe(422)
})

test('more than a thousand people need a second person', async () => {
  const wish: Wish = { format: 'csv' }
  const needed = await neededFor(await ask('admin', wish))
  expect(needed.secondPerson).toBe('needed')
  const { id, token, status } = await prove('admin', needed)
  expect(status).toBe('waiting')
  await neededFor(await ask('admin', wish, token))
  const sales = await api('sales')
  expect((await sales.call(listApprovals, {})).items.map(item => item.id)).toContain(id)
  await confirmingApi(testing, 'sales').call(decideApproval, { params: { approvalId: id }, body: { decision: 'approve' } })
  const bytes = await bytesOf(await ask('admin', wish, token))
  expect(parseCsv(bytes.toString()).length).toBeGreaterThan(many)
})

/** some 740 */
const most = { search: '客户1', status: ['new', 'contacted', 'qualified', 'offered'] }

test('many small exports are no way around: a day counts together', async () => {
  const { length } = parseCsv((await bytesOf(await exported('product', { format: 'csv', ...most }))).toString())
  expect(length).toBeGreaterThan(exportAlone / 2)
  expect(await neededFor(await ask('product', { format: 'xlsx', ...most }))).toMatchObject({ secondPerson: 'needed' })
  expect(await neededFor(await ask('product', { format: 'csv', search: '客户77' }))).toMatchObject({ secondPerson: 'not-needed' })
})

test('nor are several that were confirmed before any of them was made', async () => {
  const wishes: Wish[] = [
    { format: 'csv', ...most },
    { format: 'xlsx', ...most },
  ]
  const confirmed = []
  for (const wish of wishes) confirmed.push({ wish, ...(await prove('service', await neededFor(await ask('service', wish)))) })
  const answers = await Promise.all(confirmed.map(({ wish, token }) => ask('service', wish, token)))
  const refused = answers.find(answer => answer.status !== 200)!
  expect(answers.filter(answer => answer.status === 200)).toHaveLength(1)
  // the second is refused as grown, or asked to be confirmed by two, as it came after or before the first was done
  expect(['/problems/export-grown', '/problems/confirmation-needed']).toContain((await refused.json()).type)
  await answers.find(answer => answer.status === 200)!.arrayBuffer()
})

test('a reader who leaves frees what his export held', async () => {
  const held = async () => {
    const { rows } = await database.pool.query(
      `select count(*)::int as held from pg_stat_activity where datname = current_database() and query like '%exported%' and state like 'idle in transaction%'`,
    )
    return rows[0].held
  }
  for (let time = 0; time < 4; time++) {
    const answer = await exported('sales', { format: 'csv', search: '客户20' })
    expect(answer.status).toBe(200)
    await answer.body!.cancel()
  }
  await eventually(async () => (await held()) === 0)
})

test.skipIf(naughtyStrings() === null)(
  'naughty names come back from a workbook as they were written, and none is a formula',
  async () => {
    const visitor = await api()
    const { modelVersionId } = await visitor.call(getProduct, { params: { slug: 'drill-stand' } })
    const names = [...new Set(naughtyStrings()!.map(text => cut(text, 190).trim()))]
    const step = Math.ceil(names.length / 60)
    const some = names.filter((_, n) => n % step === 0 || /^[=+\-@]/.test(names[n]!)).slice(0, 150)
    for (const name of some)
      await visitor.call(submitInquiry, {
        body: {
          configuration: standardDraft(modelVersionId),
          contact: { name, company: `naughty ${name}`.slice(0, 190).toWellFormed(), phone: '13900139000' },
          consent: { version: contactConsent.version, accepted: true },
          source: { utm_source: name },
        },
      })
    await portal.settled()
    const { rows } = await readWorkbook(
      await bytesOf(await exported('sales', { format: 'xlsx', search: '13900139000', sort: 'createdAt' })),
    )
    expect(rows.flat().filter(cell => cell?.formula)).toEqual([])
    expect(rows.slice(1).map(row => row[2]!.value)).toEqual(some)
  },
)
