import { randomBytes } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { endRole, grantRole, listDevices, plainKey } from '#features/devices/core'
import { writeDevices } from '#features/devices/server'
import { getDiscovery, saveDiscovery } from '#features/discovery/core'
import { type Api, fillPath, ProblemError } from '#platform/core'
import { eicar, startClamd } from '../../../../test/clamd-server.ts'
import { startS3Server } from '../../../../test/s3-server.ts'
import { testPortal, type Visitor } from '../../../../test/test-portal.ts'
import { newCustomer, twoCompanies } from '../../../../test/two-companies.ts'
import {
  type Audience,
  addVersion,
  audiences,
  changeDocument,
  createDocument,
  deleteDocument,
  downloadDocument,
  getDocument,
  getManagedDocument,
  hasDocuments,
  listDocuments,
  listDownloads,
  listManagedDocuments,
  listMyDocuments,
  listNameplates,
  offerAgain,
  restoreVersion,
  saveNameplates,
  uploadDocumentFile,
  withdrawDocument,
} from '../core/index.ts'

const s3 = await startS3Server('files')
const clamd = await startClamd()
afterAll(async () => {
  await s3.close()
  await clamd.close()
})
const portal = await testPortal({ config: { filesUrl: s3.url, scannerUrl: clamd.url } })
const world = await twoCompanies(portal)
const { own, other, productId } = world
const [product, service, stranger] = [await portal.api('product'), await portal.api('service'), await portal.api()]
await saveMachines()

/** Machines of the drill stand and of another maker, at the one company alone. */
async function saveMachines() {
  const machine = (serial: string, model: string) => ({
    ...{ id: portal.platform.newId(), serial, model, serialKey: plainKey(serial), modelKey: plainKey(model) },
    ...{ typeCode: null, deliveredOn: '2025-01-01', warrantyUntil: null, site: null, companyId: own.id },
  })
  await portal.database.transaction(() =>
    writeDevices(portal.platform, [machine('DS-001', 'DS 40'), machine('X-9', 'Lathe 3')], portal.platform.newId()),
  )
  await product.call(saveNameplates, { params: { productId }, body: { patterns: ['DS-*'] } })
}

const pdf = (size = 1000) => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size)])
const upload = (content: Buffer | string = pdf(), name = '操作手册 A3.pdf', as: Api = product) =>
  as.call(uploadDocumentFile, { body: { name, content: new Blob([content as Buffer<ArrayBuffer>]) } })
const fields = {
  title: { 'zh-CN': '操作手册', en: 'Manual' },
  kind: 'manual' as const,
  language: 'both' as const,
  audience: 'everybody' as Audience,
  products: [productId],
}
async function publish(change: Partial<typeof fields> & Record<string, unknown> = {}, content?: Buffer, as: Api = product) {
  const { token } = await upload(content, undefined, as)
  return as.call(createDocument, { body: { ...fields, ...change, token } })
}
const seen = async (documentId: string) => {
  const { value, etag } = await product.callWithEtag(getManagedDocument, { params: { documentId } })
  return { document: value, params: { documentId }, ifMatch: etag }
}
const fileOf = (documentId: string, query = '') => `/api/v1${fillPath(downloadDocument.path, { documentId })}${query}`
const browser = { 'user-agent': 'Mozilla/5.0 Firefox/140.0' }
const fetchFile = (documentId: string, as?: Visitor, headers: Record<string, string> = {}, query = '') =>
  portal.request(fileOf(documentId, query), { headers: { ...browser, ...headers } }, as)

const refused = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => null,
    thrown => thrown,
  )
  if (!(error instanceof ProblemError)) throw error ?? new Error('The call was expected to be refused')
  return error.problem
}
const statusOf = (call: Promise<unknown>) =>
  call.then(
    () => 200,
    error => (error as ProblemError).problem.status,
  )

describe('who may have it', () => {
  /** what each may: have it, know of it and be led to sign in, or not even know */
  const table: Record<Audience, { nobody: string; other: string; own: string }> = {
    everybody: { nobody: 'has', other: 'has', own: 'has' },
    'signed-in': { nobody: 'locked', other: 'has', own: 'has' },
    owners: { nobody: 'none', other: 'none', own: 'has' },
    holders: { nobody: 'none', other: 'none', own: 'has' },
    companies: { nobody: 'none', other: 'none', own: 'has' },
    staff: { nobody: 'none', other: 'none', own: 'none' },
  }

  test.each(audiences)('a document for %s is shown, opened and fetched by these alone', async audience => {
    const { id } = await publish({ audience, ...(audience === 'companies' ? { companies: [own.id] } : {}) }, undefined, service)
    for (const [who, as] of [
      ['nobody', undefined],
      ['other', other.member.visitor],
      ['own', own.member.visitor],
      ['staff', 'marketing'],
    ] as const) {
      const api = await portal.api(as)
      const { items } = await api.call(listDocuments, { query: { product: 'drill-stand', limit: 100 } })
      const listed = items.find(item => item.id === id)
      const page = await statusOf(api.call(getDocument, { params: { documentId: id } }))
      const file = (await fetchFile(id, as)).status
      const way = who === 'staff' ? 'has' : table[audience][who]
      expect([who, listed?.locked, page, file]).toEqual(
        { has: [who, false, 200, 200], locked: [who, true, 200, 401], none: [who, undefined, 404, 404] }[way]!,
      )
    }
  })

  test('a document of one machine is for its owner, and for nobody who owns another of the same kind', async () => {
    const { id } = await publish({ audience: 'owners', products: [], devices: ['x 9'] })
    expect((await fetchFile(id, own.admin.visitor)).status).toBe(200)
    expect((await fetchFile(id, other.admin.visitor)).status).toBe(404)
    const { groups } = await own.member.api.call(listMyDocuments, {})
    expect(groups.find(group => group.product === null)).toMatchObject({
      machines: [{ serial: 'X-9', model: 'Lathe 3' }],
      documents: [{ id, serials: ['X-9'] }],
    })
  })

  test.each(['operator', 'service-partner'] as const)(
    'a machine’s %s has what is for all with a role, not what is for owners alone, as long as he is',
    async role => {
      const machine = { products: [], devices: ['DS-001'] }
      const [ofMachine, ofProduct] = [await publish({ audience: 'holders', ...machine }), await publish({ audience: 'holders' })]
      const owners = await publish({ audience: 'owners', ...machine })
      const statuses = () =>
        Promise.all([ofMachine, ofProduct, owners].map(async ({ id }) => (await fetchFile(id, other.member.visitor)).status))
      const listed = async () => {
        const { groups } = await other.member.api.call(listMyDocuments, {})
        return groups.flatMap(({ documents }) => documents).map(({ id }) => id)
      }
      expect(await statuses()).toEqual([404, 404, 404])
      const { items } = await service.call(listDevices, { query: { q: 'DS-001' } })
      const params = { deviceId: items[0]!.id }
      const { holdings } = await service.call(grantRole, { params, body: { companyId: other.id, role } })
      expect(await statuses()).toEqual([200, 200, 404])
      expect(await listed()).toEqual(expect.arrayContaining([ofMachine.id, ofProduct.id]))
      const { id: roleId } = holdings.find(holding => holding.company.id === other.id && holding.until === null)!
      await service.call(endRole, { params: { ...params, roleId } })
      expect(await statuses()).toEqual([404, 404, 404])
      expect(await listed()).toEqual([])
    },
  )

  test('a machine that is sold on takes its documents along', async () => {
    const { id } = await publish({ audience: 'owners' })
    const move = (companyId: string) =>
      portal.database.pool.query(
        `update device_ownership set company_id = $1 where device_id = (select id from device where serial = 'DS-001')`,
        [companyId],
      )
    await move(other.id)
    expect([(await fetchFile(id, own.member.visitor)).status, (await fetchFile(id, other.member.visitor)).status]).toEqual([
      404, 200,
    ])
    await move(own.id)
    expect([(await fetchFile(id, own.member.visitor)).status, (await fetchFile(id, other.member.visitor)).status]).toEqual([
      200, 404,
    ])
  })

  test('one that is offered from tomorrow on is not there today, and a customer alone sees what is for him', async () => {
    const { id, upcoming } = await publish({ validFrom: '2999-01-01' })
    expect(upcoming).toBe(true)
    expect(await statusOf(stranger.call(getDocument, { params: { documentId: id } }))).toBe(404)
    const lonely = await newCustomer(portal, { email: 'lonely@nobody.example' })
    expect((await lonely.api.call(listMyDocuments, {})).groups).toEqual([])
  })

  test('whoever does not see companies cannot name them, and leaves those named before', async () => {
    expect((await refused(publish({ audience: 'companies', companies: [own.id] }))).status).toBe(403)
    const { id } = await publish({ audience: 'companies', companies: [own.id] }, undefined, service)
    const { params, ifMatch } = await seen(id)
    await product.call(changeDocument, { params, ifMatch, body: { ...fields, audience: 'companies' } })
    expect((await fetchFile(id, own.member.visitor)).status).toBe(200)
    expect((await fetchFile(id, other.member.visitor)).status).toBe(404)
  })
})

describe('versions', () => {
  test('a new file takes the place of the one before, which stays to be read where that is wished, and can be restored', async () => {
    const [first, second] = [pdf(), pdf()]
    const { id } = await publish({ openHistory: true }, first)
    const body = { token: (await upload(second)).token, note: '新增冷却液一章' }
    await product.call(addVersion, { ...(await seen(id)), body })
    const bytes = async (query = '') => Buffer.from(await (await fetchFile(id, undefined, {}, query)).arrayBuffer())
    expect((await bytes()).equals(second)).toBe(true)
    expect((await bytes('?version=1')).equals(first)).toBe(true)
    const shown = await stranger.call(getDocument, { params: { documentId: id } })
    expect(shown).toMatchObject({ version: 2, note: '新增冷却液一章', earlier: [{ version: 1 }] })

    const restored = await product.call(restoreVersion, {
      ...(await seen(id)),
      params: { documentId: id, version: '1' as never },
      body: { note: '' },
    })
    expect(restored.versions.map(({ version, again }) => [version, again])).toEqual([
      [3, 1],
      [2, null],
      [1, null],
    ])
    expect((await bytes()).equals(first)).toBe(true)

    await product.call(changeDocument, { ...(await seen(id)), body: { ...fields, openHistory: false } })
    expect((await fetchFile(id, undefined, {}, '?version=1')).status).toBe(404)
    expect((await stranger.call(getDocument, { params: { documentId: id } })).earlier).toEqual([])
    expect((await fetchFile(id, undefined, {}, '?version=9')).status).toBe(404)
  })

  test('a version that the virus scanner refused meanwhile is not offered again', async () => {
    const { id } = await publish()
    await product.call(addVersion, { ...(await seen(id)), body: { token: (await upload()).token } })
    await portal.database.pool.query(
      `update stored_file set state = 'refused' where id = (select file_id from document_version where document_id = $1 and version = 1)`,
      [id],
    )
    const params = { documentId: id, version: '1' as never }
    expect((await refused(product.call(restoreVersion, { ...(await seen(id)), params, body: { note: '' } }))).status).toBe(404)
    expect((await fetchFile(id)).status).toBe(200)
  })

  test('the same file again is recognised by its content and said kindly', async () => {
    const content = pdf()
    const { id } = await publish({}, content)
    const { token } = await upload(content)
    expect(await refused(product.call(addVersion, { ...(await seen(id)), body: { token } }))).toMatchObject({
      type: '/problems/document-known',
      own: true,
      version: 1,
      remedy: expect.any(String),
    })
    const again = { ...fields, title: { 'zh-CN': '另一份', en: 'Another' }, token }
    expect(await refused(product.call(createDocument, { body: again }))).toMatchObject({ documentId: id, own: false })
    expect((await product.call(createDocument, { body: { ...again, sameFile: true } })).version).toBe(1)
  })

  test('of two editors at once the second is told, and nothing of his is kept', async () => {
    const { id } = await publish()
    const both = await seen(id)
    const body = { ...fields, title: { 'zh-CN': '甲', en: 'A' } }
    await product.call(changeDocument, { ...both, body })
    expect(
      (await refused(service.call(changeDocument, { ...both, body: { ...body, title: { 'zh-CN': '乙', en: 'B' } } }))).status,
    ).toBe(412)
    expect((await refused(service.call(addVersion, { ...both, body: { token: (await upload()).token } }))).status).toBe(412)
    expect((await seen(id)).document).toMatchObject({ title: { en: 'A' }, version: 1 })
  })

  test('withdrawn it is gone for customers, staff see why, and it can come back', async () => {
    const { id } = await publish()
    await product.call(withdrawDocument, { ...(await seen(id)), body: { reason: '第 12 页扭矩有误' } })
    expect([(await fetchFile(id)).status, await statusOf(stranger.call(getDocument, { params: { documentId: id } }))]).toEqual([
      404, 404,
    ])
    expect((await seen(id)).document).toMatchObject({ withdrawn: true, withdrawnReason: '第 12 页扭矩有误' })
    const { items } = await product.call(listManagedDocuments, { query: { status: 'withdrawn' } })
    expect(items.map(item => item.id)).toContain(id)
    await product.call(offerAgain, await seen(id))
    expect((await fetchFile(id)).status).toBe(200)
  })

  test('it is deleted with its files as long as nobody has it, and only withdrawn afterwards', async () => {
    const [fresh, fetched] = [await publish(), await publish()]
    await (await fetchFile(fetched.id, own.member.visitor)).arrayBuffer()
    const before = s3.objects.size
    await product.call(deleteDocument, await seen(fresh.id))
    await expect.poll(() => s3.objects.size).toBe(before - 1)
    expect((await refused(product.call(deleteDocument, await seen(fetched.id)))).type).toBe('/problems/document-fetched')
  })
})

describe('downloads', () => {
  const counts = async (id: string) => (await seen(id)).document.versions.map(({ downloads, lately }) => [downloads, lately])

  test('each is counted once, of whom is signed in with his company, and of the house and of programs none', async () => {
    const { id } = await publish()
    const get = async (as?: Visitor, headers = {}) => void (await (await fetchFile(id, as, headers)).arrayBuffer())
    await get()
    await get(own.member.visitor)
    await get('sales')
    await get(undefined, { 'user-agent': 'Googlebot/2.1' })
    await get(undefined, { range: 'bytes=500-' })
    await portal.request(fileOf(id), { method: 'HEAD', headers: browser }, own.member.visitor)
    expect(await counts(id)).toEqual([[2, 2]])
    const { items } = await service.call(listDownloads, { params: { documentId: id } })
    expect(items).toMatchObject([{ version: 1, person: expect.stringContaining('member@alpha'), company: { name: own.name } }])
    const { rows } = await portal.database.pool.query(
      `select data from event where name = 'document.downloaded' and data->>'documentId' = $1 order by id`,
      [id],
    )
    expect(rows.map(({ data }) => data.companyId)).toEqual([null, own.id])
  })

  test('a broken download goes on where it broke off, as long as it is the same file', async () => {
    const content = pdf(5000)
    const { id } = await publish({}, content)
    const whole = await fetchFile(id)
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'content-type': 'application/pdf',
      'content-disposition':
        `attachment; filename="_____A3.pdf"; filename*=UTF-8''${encodeURIComponent('操作手册 A3.pdf')}`.replace(
          '_____A3',
          '____ A3',
        ),
      'content-security-policy': "default-src 'none'; sandbox",
    })
    const etag = whole.headers.get('etag')!
    const rest = await fetchFile(id, undefined, { range: 'bytes=2000-', 'if-range': etag })
    expect([rest.status, rest.headers.get('content-range'), rest.headers.get('content-length')]).toEqual([
      206,
      'bytes 2000-5008/5009',
      '3009',
    ])
    expect(Buffer.from(await rest.arrayBuffer()).equals(content.subarray(2000))).toBe(true)
    await product.call(addVersion, { ...(await seen(id)), body: { token: (await upload()).token } })
    expect((await fetchFile(id, undefined, { range: 'bytes=2000-', 'if-range': etag })).status).toBe(200)
    const behind = await fetchFile(id, undefined, { range: 'bytes=9999999-' })
    expect([behind.status, behind.headers.get('content-range')]).toEqual([416, 'bytes */1009'])
  })

  test('a customer sees what is new, what he has, and what was renewed since', async () => {
    const { id } = await publish({ audience: 'owners' })
    const standing = async () => {
      const { groups } = await own.admin.api.call(listMyDocuments, {})
      return groups.flatMap(group => group.documents).find(document => document.id === id)?.standing
    }
    expect(await standing()).toBe('new')
    await (await fetchFile(id, own.member.visitor)).arrayBuffer()
    expect(await standing()).toBe('had')
    await product.call(addVersion, { ...(await seen(id)), body: { token: (await upload()).token } })
    expect(await standing()).toBe('renewed')
  })

  test('whoever is erased leaves the counts, and nothing of himself', async () => {
    const { id } = await publish()
    const gone = await newCustomer(portal, { email: 'gone@beta.example' })
    await (await fetchFile(id, gone.visitor)).arrayBuffer()
    const subject = { accountId: gone.id, emailDigest: null, phoneDigest: null }
    expect(await portal.platform.people.collect(portal.platform, subject)).toContainEqual(
      expect.objectContaining({ about: expect.objectContaining({ en: 'Documents fetched while signed in' }) }),
    )
    await portal.database.transaction(() => portal.platform.people.erase(portal.platform, subject))
    expect((await service.call(listDownloads, { params: { documentId: id } })).items).toEqual([])
    expect(await counts(id)).toEqual([[1, 1]])
  })
})

describe('what is wrong is named', () => {
  test.each([
    ['', 'leer.pdf', 'empty'],
    ['MZ\x90\0\x03\0\0\0', 'manual.pdf', 'unknown'],
    ['<svg><script>1</script></svg>', 'drawing.svg', 'markup'],
    [`%PDF-1.7\n${eicar}`, 'manual.pdf', 'infected'],
  ])('a file like %j is refused', async (content, name, reason) => {
    expect(await refused(upload(content, name))).toMatchObject({ status: 422, reason, remedy: expect.any(String) })
  })

  test('missing titles, unknown products and machines, and an audience of nobody', async () => {
    const { token } = await upload()
    const nobody = crypto.randomUUID()
    const errorsOf = async (change: object) =>
      ((await refused(product.call(createDocument, { body: { ...fields, ...change, token } }))).errors ?? []).map(
        ({ field, message, remedy }) => (message && remedy ? field : ''),
      )
    expect(await errorsOf({ title: { 'zh-CN': ' ', en: '' } })).toEqual(['/title/zh-CN', '/title/en'])
    expect(await errorsOf({ products: [nobody], devices: ['none'] })).toEqual(['/products/0', '/devices/0'])
    expect(await errorsOf({ audience: 'owners', products: [] })).toEqual(['/audience'])
    expect(await errorsOf({ audience: 'companies' })).toEqual(['/companies'])
    const gone = await refused(product.call(createDocument, { body: { ...fields, token: 'gone' } }))
    expect(gone.errors?.[0]).toMatchObject({ field: '/token/0', code: 'upload-gone' })
    expect((await product.call(createDocument, { body: { ...fields, token } })).version).toBe(1)
  })
})

test('products know their machines by nameplate, and machines without one are shown', async () => {
  const { products, homeless } = await product.call(listNameplates, {})
  expect(products.find(one => one.productId === productId)).toMatchObject({ patterns: ['DS-*'], machines: 1 })
  expect(homeless).toEqual([{ model: 'Lathe 3', machines: 1 }])
  const problem = await refused(product.call(saveNameplates, { params: { productId }, body: { patterns: ['*'] } }))
  expect(problem.errors?.[0]?.field).toBe('/patterns/0')
})

test('lists are searched and turned page by page, and the menu knows whether there is anything', async () => {
  expect(await stranger.call(hasDocuments, {})).toEqual({ any: true })
  const marks = ['一', '二', '三'].map(mark => ({ 'zh-CN': `主轴 ${mark}`, en: `Spindle ${mark}` }))
  for (const title of marks) await publish({ title })
  const found = async (api: Api, cursor?: string) => api.call(listDocuments, { query: { q: 'spindle', limit: 2, cursor } })
  const first = await found(stranger)
  const second = await found(stranger, first.nextCursor!)
  expect([...first.items, ...second.items].map(({ title }) => title.en)).toEqual(['Spindle 三', 'Spindle 二', 'Spindle 一'])
  expect(second.nextCursor).toBeNull()
  const managed = await product.call(listManagedDocuments, { query: { q: '主轴', limit: 2 } })
  const more = await product.call(listManagedDocuments, { query: { q: '主轴', limit: 2, cursor: managed.nextCursor! } })
  expect([managed.items.length, more.items.length]).toEqual([2, 1])
})

test('search engines are told of what is for everybody, and of nothing else', async () => {
  const admin = await portal.api('admin')
  const { etag } = await admin.callWithEtag(getDiscovery, {})
  await admin.call(saveDiscovery, { body: { indexNow: { on: true } }, ifMatch: etag })
  const told = async () => {
    const { rows } = await portal.database.pool.query('delete from page_to_push returning path')
    return rows.map(({ path }) => path).toSorted()
  }
  const { id } = await publish({ audience: 'owners' })
  expect(await told()).toEqual([])
  const its = ['/downloads', `/downloads/${id}`, '/en/downloads', `/en/downloads/${id}`]
  await product.call(changeDocument, { ...(await seen(id)), body: fields })
  expect(await told()).toEqual(its)
  await product.call(withdrawDocument, { ...(await seen(id)), body: { reason: 'x' } })
  expect(await told()).toEqual(its)
})
