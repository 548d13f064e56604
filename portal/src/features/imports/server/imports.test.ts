import { writeXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import { getCompanyRecord, listCompanies } from '#features/accounts/core'
import { findCompanyByContact } from '#features/accounts/server'
import { listDevicesOf, listMyDevices } from '#features/devices/core'
import type { ProblemError } from '#platform/core'
import { emailDigest } from '#platform/server'
import { confirmingApi } from '../../../../test/confirming.ts'
import { readWorkbook } from '../../../../test/read-workbook.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { zip } from '../../../../test/zip.ts'
import { decideDuplicates, getImport, listImportRows, removeImport, type Verdict, writeImport } from '../core/index.ts'
import { forgetOldImports } from './remove-import.ts'
import { check, customerWorkbook, write } from './test-customers.ts'

const portal = await testPortal()
const { api, request, platform, database } = portal
const sales = await api('sales')
await sales.call(listCompanies, {}) // the demo’s accounts come with the first who signs in

const refused = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('The call was expected to be refused')
    },
    error => (error as ProblemError).problem,
  )
const rowsOf = async (importId: string, verdict?: Verdict) =>
  (await sales.call(listImportRows, { params: { importId }, query: { limit: 100, ...(verdict ? { verdict } : {}) } })).items
const companies = async (q: string) => (await sales.call(listCompanies, { query: { q } })).items
const count = async (table: string) => Number((await database.pool.query(`select count(*) from ${table}`)).rows[0].count)
const counts = async () => ({
  companies: await count('company'),
  contacts: await count('company_contact'),
  machines: await count('device'),
})

const file = customerWorkbook({
  companies: [
    ['常州磊鑫机械有限公司', '91350100M000100Y43', '常武中路 18 号', '0519-88881234', 'info@leixin.example', '老客户'],
    ['常州市磊鑫机械有限公司', '', '', '', '', ''],
    ['Changzhou Leixin Machinery Co., Ltd', '', '', '', 'sales@leixin.example', ''],
    ['苏州恒锐精密机械有限公司', '', '工业园区', '', '', ''],
  ],
  contacts: [
    ['常州磊鑫机械有限公司', '王磊', '生产经理', '13800138111', 'wang.lei@leixin.example', ''],
    ['无锡新客户有限公司', '陈新', '', '13900139222', '', ''],
    ['常州磊鑫机械有限公司', '', '', '', 'nobody@leixin.example', ''],
  ],
  machines: [
    ['00120815', 'VMC-850', '常州磊鑫机械有限公司', '2021/3/5', '2023-03-04', 'VMC850-12K', '二号车间'],
    ['00120816', 'VMC-850', '无锡新客户有限公司', '2022年1月2日', '', '', ''],
  ],
})

test('a file is checked without anything being written, decided, written once, and found again', async () => {
  const before = await counts()
  const checked = await check(sales, await file)
  expect(await counts()).toEqual(before)
  expect(checked).toMatchObject({ status: 'checked', declaredBy: { name: '李销售' }, findings: [] })
  expect(checked.counts).toEqual({
    company: { new: 2, duplicate: 2, update: 1 },
    contact: { new: 2, error: 1 },
    machine: { new: 2 },
  })
  const importId = checked.id
  const open = await rowsOf(importId, 'duplicate')
  expect(open.map(({ values, candidates }) => [values.name, candidates[0]!.name, candidates[0]!.reasons])).toEqual([
    ['常州市磊鑫机械有限公司', '常州磊鑫机械有限公司', ['similar-name']],
    ['Changzhou Leixin Machinery Co., Ltd', '常州磊鑫机械有限公司', ['domain']],
  ])
  const [error] = await rowsOf(importId, 'error')
  expect(error).toMatchObject({ sheet: '联系人', row: 4, findings: [{ code: 'missing', column: 'B 姓名 Name' }] })

  const early = await refused(sales.call(writeImport, { params: { importId }, ifMatch: `"${checked.revision}"` }))
  expect(early.type).toBe('/problems/import-undecided')
  const [first, second] = open.map(({ place, candidates }) => ({ place, against: candidates.map(({ target }) => target) }))
  const one = await sales.call(decideDuplicates, {
    params: { importId },
    body: { rows: [{ ...first!, choice: 'same' }] },
    ifMatch: `"${checked.revision}"`,
  })
  expect(one.counts.company).toEqual({ new: 2, duplicate: 1, update: 1, known: 1 })
  const stale = await refused(
    sales.call(decideDuplicates, { params: { importId }, body: { all: 'same' }, ifMatch: `"${checked.revision}"` }),
  )
  expect(stale.status).toBe(412)
  const all = await sales.call(decideDuplicates, {
    params: { importId },
    body: { rows: [{ ...second!, choice: 'same' }] },
    ifMatch: `"${one.revision}"`,
  })
  expect(all.counts.company).toEqual({ new: 2, update: 1, known: 2 })
  expect(await counts()).toEqual(before)

  expect((await write(sales, all)).status).toBe('done')
  expect(await counts()).toEqual({
    companies: before.companies + 2,
    contacts: before.contacts + 2,
    machines: before.machines + 2,
  })
  const [leixin] = await companies('wang.lei@leixin.example') // found by its contact
  expect(await companies('磊鑫')).toHaveLength(1)
  expect(await sales.call(getCompanyRecord, { params: { companyId: leixin!.id } })).toMatchObject({
    creditCode: '91350100M000100Y43',
    address: '常武中路 18 号',
    phone: '+8651988881234',
    email: 'info@leixin.example', // the first row's: the English one says another, which is shown and not written
    contacts: [{ name: '王磊', post: '生产经理', phone: '+8613800138111', accountId: null }],
  })
  expect((await sales.call(listDevicesOf, { params: { companyId: leixin!.id } })).items).toMatchObject([
    { serial: '00120815', model: 'VMC-850', deliveredOn: '2021-03-05', warrantyUntil: '2023-03-04', site: '二号车间' },
  ])
  expect(await findCompanyByContact(platform, { phone: '139 0013 9222' })).toMatchObject({
    companyName: '无锡新客户有限公司',
    accountId: null,
    via: 'phone',
  })

  const again = await check(sales, await file)
  expect(again.counts).toEqual({ company: { known: 3, duplicate: 2 }, contact: { known: 2, error: 1 }, machine: { known: 2 } })
  const decided = await sales.call(decideDuplicates, {
    params: { importId: again.id },
    body: { all: 'same' },
    ifMatch: `"${again.revision}"`,
  })
  expect(decided.counts.company).toEqual({ known: 5 })
  const nothing = await refused(sales.call(writeImport, { params: { importId: again.id }, ifMatch: `"${decided.revision}"` }))
  expect(nothing.type).toBe('/problems/import-empty')
})

test('blanks of what is known are filled; what differs is shown and stays', async () => {
  const changed = await customerWorkbook({
    companies: [['常州磊鑫机械有限公司', '', '另一条路', '', '', '']],
    contacts: [['常州磊鑫机械有限公司', '王磊', '厂长', '', '', '懂英语']],
    machines: [['0012 0815', 'vmc850', '苏州恒锐精密机械有限公司', '', '', '', '']],
  })
  const checked = await check(sales, changed)
  expect(checked.counts).toEqual({ company: { known: 2 }, contact: { update: 1 }, machine: { known: 1 } })
  const rows = await rowsOf(checked.id)
  expect(rows[0]!.differs).toEqual([{ field: 'address', known: '常武中路 18 号', given: '另一条路' }])
  expect(rows[2]).toMatchObject({ fills: ['notes'], differs: [{ field: 'post', known: '生产经理', given: '厂长' }] })
  expect(rows[3]!.findings).toMatchObject([{ code: 'other-owner' }])
  await write(sales, checked)
  const [leixin] = await companies('常州磊鑫')
  const { address, contacts } = await sales.call(getCompanyRecord, { params: { companyId: leixin!.id } })
  expect({ address, contacts }).toMatchObject({
    address: '常武中路 18 号',
    contacts: [{ post: '生产经理', notes: '懂英语' }],
  })
})

test('of two imports of one company at once the second finds what the first has written', async () => {
  const book = await customerWorkbook({
    companies: [['宁波同时机械有限公司', '', '', '', '', '']],
    machines: [['T-1', 'VMC', '宁波同时机械有限公司', '', '', '', '']],
  })
  const likely = await customerWorkbook({ companies: [['宁波市同时机械有限责任公司', '', '', '', '', '']] })
  const [one, two, three] = [await check(sales, book), await check(sales, book), await check(sales, likely)]
  expect(three.counts.company).toEqual({ new: 1 })
  expect((await Promise.all([write(sales, one), write(sales, two)])).map(({ status }) => status)).toEqual(['done', 'done'])
  expect(await companies('同时机械')).toHaveLength(1)
  const waits = await write(sales, three) // it has become something to decide, so nothing was written
  expect(waits).toMatchObject({ status: 'checked', counts: { company: { duplicate: 1 } } })
  expect(await companies('同时机械')).toHaveLength(1)
  await sales.call(removeImport, { params: { importId: three.id } })
  expect((await refused(sales.call(getImport, { params: { importId: three.id } }))).status).toBe(404)
})

test('an import is taken back as a whole with second confirmation, unless something depends on it', async () => {
  const before = await counts()
  const book = await customerWorkbook({
    companies: [['南通撤回机械有限公司', '', '', '', '', '']],
    contacts: [['南通撤回机械有限公司', '张三', '', '', 'zhang@chehui.example', '']],
    machines: [['N-1', 'VMC', '南通撤回机械有限公司', '', '', '', '']],
  })
  const { id: importId } = await write(sales, await check(sales, book))
  expect((await refused(sales.call(removeImport, { params: { importId } }))).type).toBe('/problems/confirmation-needed')
  const [company] = await companies('撤回')
  await database.pool.query('update company set revision = 2 where id = $1', [company!.id]) // somebody has worked on it
  const confirming = confirmingApi(portal, 'sales')
  const kept = await refused(confirming.call(removeImport, { params: { importId } }))
  expect(kept).toMatchObject({ type: '/problems/import-in-use', detail: expect.stringContaining('南通撤回机械有限公司') })
  await database.pool.query('update company set revision = 1 where id = $1', [company!.id])
  await confirming.call(removeImport, { params: { importId } })
  expect(await counts()).toEqual(before)
  expect((await sales.call(getImport, { params: { importId } })).status).toBe('taken-back')
})

test('files that are no honest workbook are refused before anything is read', async () => {
  const macros = zip([
    { name: '[Content_Types].xml', content: 'application/vnd.ms-excel.sheet.macroEnabled.main+xml' },
    { name: 'xl/vbaProject.bin', content: 'x' },
  ])
  const bomb = zip([
    { name: '[Content_Types].xml', content: 'spreadsheetml.sheet.main+xml' },
    { name: 'xl/worksheets/sheet1.xml', content: 'x', claimed: 400_000_000 },
  ])
  const hollow = zip([{ name: '[Content_Types].xml', content: 'spreadsheetml.sheet.main+xml' }])
  for (const [content, reason] of [
    [macros, 'macros'],
    [bomb, 'archive-bomb'],
    [hollow, 'workbook-broken'],
    [Buffer.from('公司,姓名\n'), 'no-workbook'],
    [Buffer.from('PK\x03\x04 not really'), 'archive-broken'],
    [Buffer.alloc(0), 'empty'],
  ] as const)
    expect(await refused(check(sales, content))).toMatchObject({ status: 422, type: '/problems/file-refused', reason })
  expect((await refused(check(sales, Buffer.alloc(10_000_001)))).status).toBe(413)
})

test('formulas count by their results, dates and numbers are read as Excel keeps them', async () => {
  const cells = new Map([
    ['1,0', { value: null, type: 'formula' as const, formula: '"公式"&"机械"', formulaResult: '公式机械厂' }],
  ])
  const bytes = await writeXlsx({
    sheets: [
      {
        name: 'Companies',
        rows: [
          ['Company name', 'Phone'],
          [null, 13800138777],
        ],
        cells,
      },
      {
        name: 'Machines',
        rows: [
          ['Serial number', 'Model', 'Company', 'Delivered on'],
          ['F-1', 'VMC', '公式机械厂', new Date(Date.UTC(2021, 2, 5))],
        ],
      },
    ],
  })
  const rows = await rowsOf((await check(sales, Buffer.from(bytes))).id)
  expect(rows.map(({ values }) => values)).toMatchObject([
    { name: '公式机械厂', phone: '+8613800138777' },
    { serial: 'F-1', deliveredOn: '2021-03-05' },
  ])
})

test('the template can be read by the importer, and holds nothing but examples', async () => {
  const answer = await request('/api/v1/customer-imports/template', {}, 'sales')
  const content = Buffer.from(await answer.arrayBuffer())
  expect((await readWorkbook(content)).sheetNames).toEqual(['说明 Guide', '公司 Companies', '联系人 Contacts', '机器 Machines'])
  const { findings } = await check(sales, content)
  expect(findings.map(({ code }) => code)).toEqual(['no-rows'])
})

test('what became of every row can be downloaded', async () => {
  const book = await customerWorkbook({ companies: [['泰州报告机械有限公司', '', '', '123', '', '']] })
  const { id } = await check(sales, book)
  const answer = await request(`/api/v1/customer-imports/${id}/report?language=en`, {}, 'sales')
  const { rows } = await readWorkbook(Buffer.from(await answer.arrayBuffer()))
  expect(rows[1]!.map(cell => cell?.value ?? '')).toEqual([
    'New',
    'Companies',
    '公司',
    '2',
    '泰州报告机械有限公司',
    '',
    '',
    '',
    '',
    expect.stringContaining('not a whole phone number'),
  ])
})

test('people of a file are sealed, shown to themselves, erased everywhere, and not in the audit log', async () => {
  const book = await customerWorkbook({
    companies: [['镇江隐私机械有限公司', '', '', '', '', '']],
    contacts: [
      ['镇江隐私机械有限公司', '赵隐私', '', '13700137555', 'zhao@yinsi.example', '左撇子'],
      ['镇江隐私机械有限公司', '钱留下', '', '', 'qian@yinsi.example', ''],
    ],
  })
  await write(sales, await check(sales, book))
  const found = await check(
    sales,
    await customerWorkbook({ contacts: [['扬州另一家', '赵隐私', '', '', 'zhao@yinsi.example', '']] }),
  )
  const waiting = await sales.call(decideDuplicates, {
    params: { importId: found.id },
    body: { all: 'different' },
    ifMatch: `"${found.revision}"`,
  })
  for (const table of ['company_contact', 'customer_import_row', 'audit_entry', 'event']) {
    const { rows } = await database.pool.query(`select t::text as row from ${table} t`)
    for (const { row } of rows) for (const personal of ['zhao@', '1370013', '左撇子']) expect(row).not.toContain(personal)
  }
  const subject = { accountId: null, emailDigest: emailDigest(platform.vault, 'zhao@yinsi.example'), phoneDigest: null }
  expect(JSON.stringify(await platform.people.collect(platform, subject))).toMatch(/左撇子.*赵隐私/)
  await platform.people.erase(platform, subject)
  expect(await platform.people.collect(platform, subject)).toEqual([])
  const [company] = await companies('隐私机械')
  const { contacts } = await sales.call(getCompanyRecord, { params: { companyId: company!.id } })
  expect(contacts.map(({ name }) => name)).toEqual(['钱留下'])
  const done = await write(sales, waiting) // he is not written either by what waited
  expect(done.status).toBe('done')
  expect(await platform.people.collect(platform, subject)).toEqual([])
})

test('who may not import sees nothing of it, and a customer only the machines of his own company', async () => {
  const { id: importId } = await check(sales, await file)
  const paths = ['', `/${importId}`, `/${importId}/rows`, `/${importId}/report`, '/template'].map(
    end => `/api/v1/customer-imports${end}`,
  )
  for (const path of paths) {
    for (const as of ['service', 'product', 'customer'] as const) expect((await request(path, {}, as)).status).toBe(403)
    expect((await request(path)).status).toBe(401)
  }
  const customer = await api('customer')
  expect((await customer.call(listMyDevices, {})).items).toEqual([])
  const [leixin] = await companies('常州磊鑫')
  for (const end of ['record', 'devices'])
    expect((await request(`/api/v1/companies/${leixin!.id}/${end}`, {}, 'customer')).status).toBe(403)
  const own = await customerWorkbook({ machines: [['HR-7', 'VMC-850', '苏州恒锐精密机械有限公司', '', '', '', '']] })
  await write(sales, await check(sales, own))
  expect((await customer.call(listMyDevices, {})).items).toMatchObject([{ serial: 'HR-7' }])
})

test('a file that nobody goes on with is forgotten after a week, rows of a written one after a month', async () => {
  await database.pool.query(`update customer_import set declared_at = declared_at - interval '8 days' where status = 'checked'`)
  await database.pool.query(`update customer_import set written_at = written_at - interval '31 days' where status = 'done'`)
  await forgetOldImports(platform)
  expect(await count('customer_import_row')).toBe(0)
  expect(await count(`customer_import where status = 'checked'`)).toBe(0)
  expect(await count(`customer_import where status = 'done'`)).toBeGreaterThan(3)
})
