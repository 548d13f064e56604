import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { getProduct } from '#features/products/core'
import { type Api, fillPath, ProblemError } from '#platform/core'
import { createLog, type Platform, removeFiles } from '#platform/server'
import { eicar, startClamd } from '../../../../test/clamd-server.ts'
import { startS3Server } from '../../../../test/s3-server.ts'
import { publishDrillStand, standardDraft } from '../../../../test/small-product.ts'
import { type TestPortal, testPortal } from '../../../../test/test-portal.ts'
import { zip } from '../../../../test/zip.ts'
import { scanFiles, sweepFiles } from '../../../platform/server/file-jobs.ts'
import {
  contactConsent,
  discardAttachment,
  getAttachment,
  getInquiry,
  getInquiryAttachment,
  getLead,
  listLeads,
  submitInquiry,
  uploadAttachment,
} from '../core/index.ts'

const s3 = await startS3Server('files')
const clamd = await startClamd()
afterAll(async () => {
  await s3.close()
  await clamd.close()
})

const onDisk = await testPortal({ config: { port: 0, publicUrl: 'http://localhost:0' } })
const onS3 = await testPortal({ config: { filesUrl: s3.url, scannerUrl: clamd.url }, log: createLog('silent') })
const drafts = new Map<TestPortal, ReturnType<typeof standardDraft>>()
for (const one of [onDisk, onS3]) {
  await publishDrillStand(one.platform)
  const product = await (await one.api()).call(getProduct, { params: { slug: 'drill-stand' } })
  drafts.set(one, standardDraft(product.modelVersionId))
}

const pdf = '%PDF-1.7\n1 0 obj\n'
const photo = () => sharp({ create: { width: 800, height: 600, channels: 3, background: '#246' } })

const upload = async (api: Api, content: string | Buffer | Blob, name = 'drawing.pdf') =>
  api.call(uploadAttachment, {
    body: { name, content: content instanceof Blob ? content : new Blob([content as Buffer<ArrayBuffer>]) },
  })

async function send(portal: TestPortal, attachments: string[], email = `${crypto.randomUUID()}@example.com`, as?: Api) {
  const inquiry = {
    configuration: drafts.get(portal)!,
    contact: { email },
    consent: { version: contactConsent.version, accepted: true as const },
    attachments,
  }
  return (as ?? (await portal.api())).call(submitInquiry, { body: inquiry })
}

async function leadOf(portal: TestPortal, email: string) {
  await portal.portal.settled()
  const sales = await portal.api('sales')
  const { items } = await sales.call(listLeads, { query: { search: email } })
  return sales.call(getLead, { params: { leadId: items[0]!.id } })
}

const refused = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => null,
    thrown => thrown,
  )
  if (!(error instanceof ProblemError)) throw error ?? new Error('The call was expected to be refused')
  return error.problem
}

async function keysOf({ files }: Platform): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of files.list()) keys.push(key)
  return keys.sort()
}
const spooled = ({ config }: Platform) => {
  try {
    return readdirSync(join(config.dataDir, 'files/incoming'))
  } catch {
    return []
  }
}
const rowsOf = async ({ database }: Platform) =>
  (await database.pool.query<{ id: string; state: string; attached_at: Date | null }>('select * from stored_file order by id'))
    .rows
const setAge = ({ database }: Platform, hours: number) =>
  database.pool.query(`update stored_file set created_at = created_at - make_interval(hours => $1)`, [hours])

const fileLink = (fileId: string, query = '') => `/api/v1${fillPath(getAttachment.path, { fileId })}${query}`
const inquiryLink = (token: string, fileId: string, query = '') =>
  `/api/v1${fillPath(getInquiryAttachment.path, { token, fileId })}${query}`

describe.each([
  ['disk', onDisk],
  ['S3', onS3],
])('with the files on %s', (_, portal) => {
  test('what a visitor uploads and sends is there for sales and for him, byte for byte', async () => {
    const visitor = await portal.api()
    const email = `${crypto.randomUUID()}@example.com`
    const content = Buffer.concat([Buffer.from(pdf), randomBytes(700_000)])
    const first = await upload(visitor, content, '图纸 A3.pdf')
    const second = await upload(visitor, 'ISO-10303-21;\nHEADER;', 'bracket.stp')
    const { token } = await send(portal, [first.token, second.token], email)
    const lead = await leadOf(portal, email)
    expect(lead.attachments).toMatchObject([
      { name: '图纸 A3.pdf', kind: 'pdf', bytes: content.length, preview: false },
      { name: 'bracket.stp', kind: 'step' },
    ])
    const { attachments } = await visitor.call(getInquiry, { params: { token } })
    expect(attachments).toEqual(lead.attachments)
    for (const [path, as] of [
      [fileLink(lead.attachments[0]!.id), 'sales'],
      [inquiryLink(token, attachments[0]!.id), undefined],
    ] as const) {
      const answer = await portal.request(path, {}, as)
      expect(answer.status).toBe(200)
      expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true)
    }
  })

  test('a photo is kept without what the camera noted, and has a small picture', async () => {
    const visitor = await portal.api()
    const given = await photo()
      .withExif({ IFD0: { Copyright: 'Wang Lei' } })
      .jpeg()
      .toBuffer()
    const receipt = await upload(visitor, given, 'IMG_0001.JPG')
    expect(receipt).toMatchObject({ name: 'IMG_0001.JPG', kind: 'jpeg', preview: true })
    const { token } = await send(portal, [receipt.token])
    const [file] = (await visitor.call(getInquiry, { params: { token } })).attachments
    const whole = await portal.request(inquiryLink(token, file!.id))
    const kept = Buffer.from(await whole.arrayBuffer())
    expect(given.includes('Wang Lei')).toBe(true)
    expect(kept.includes('Wang Lei')).toBe(false)
    expect(kept.subarray(0, 3).toString('hex')).toBe('ffd8ff')
    expect(whole.headers.get('content-disposition')).toMatch(/^attachment; /)
    const small = await portal.request(inquiryLink(token, file!.id, '?preview=true'))
    expect(small.headers.get('content-type')).toBe('image/webp')
    expect(small.headers.get('content-disposition')).toMatch(/^inline; /)
    expect(Buffer.from(await small.arrayBuffer()).toString('latin1', 8, 12)).toBe('WEBP')
  })

  test('an upload that is taken back is gone from store and database', async () => {
    const visitor = await portal.api()
    const before = await keysOf(portal.platform)
    const { token } = await upload(visitor, await photo().png().toBuffer(), 'photo.png')
    expect(await keysOf(portal.platform)).toHaveLength(before.length + 2)
    await visitor.call(discardAttachment, { params: { token } })
    expect(await keysOf(portal.platform)).toEqual(before)
    expect((await refused(send(portal, [token]))).errors).toMatchObject([{ field: '/attachments/0', code: 'upload-gone' }])
    expect((await refused(visitor.call(discardAttachment, { params: { token } }))).status).toBe(404)
  })

  test('what was never sent is gone after a day, what was sent stays', async () => {
    const visitor = await portal.api()
    const [lost, kept] = [await upload(visitor, pdf), await upload(visitor, pdf)]
    const { token } = await send(portal, [kept.token])
    const [file] = (await visitor.call(getInquiry, { params: { token } })).attachments
    await sweepFiles(portal.platform)
    expect((await rowsOf(portal.platform)).filter(row => !row.attached_at)).not.toEqual([])
    await setAge(portal.platform, 25)
    await sweepFiles(portal.platform)
    const rows = await rowsOf(portal.platform)
    expect(rows.filter(row => !row.attached_at)).toEqual([])
    expect(rows.map(({ id }) => id)).toContain(file!.id)
    expect((await keysOf(portal.platform)).map(key => key.slice(0, 36)).every(id => rows.some(row => row.id === id))).toBe(true)
    expect((await refused(send(portal, [lost.token]))).status).toBe(422)
  })

  test('a file that is removed leaves with the transaction, and stays where that is rolled back', async () => {
    const { platform } = portal
    const { token } = await send(portal, [(await upload(await portal.api(), pdf)).token])
    const visitor = await portal.api()
    const [file] = (await visitor.call(getInquiry, { params: { token } })).attachments
    const undone = platform.database.transaction(async () => {
      await removeFiles(platform, [file!.id])
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect((await portal.request(inquiryLink(token, file!.id))).status).toBe(200)
    await platform.database.transaction(() => removeFiles(platform, [file!.id]))
    expect((await visitor.call(getInquiry, { params: { token } })).attachments).toEqual([])
    await sweepFiles(platform)
    expect(await keysOf(platform)).not.toContain(file!.id)
    expect((await rowsOf(platform)).map(({ id }) => id)).not.toContain(file!.id)
  })

  test('ten people upload at once, and each gets his own file', async () => {
    const visitor = await portal.api()
    const contents = Array.from({ length: 10 }, (_, at) => `%PDF-1.7\n${at}\n${randomBytes(20_000).toString('hex')}`)
    const receipts = await Promise.all(contents.map(content => upload(visitor, content)))
    for (const [at, receipt] of receipts.entries()) {
      const { token } = await send(portal, [receipt.token])
      const [file] = (await visitor.call(getInquiry, { params: { token } })).attachments
      expect(await (await portal.request(inquiryLink(token, file!.id))).text()).toBe(contents[at])
    }
    expect(spooled(portal.platform)).toEqual([])
  })

  test.each([
    ['a page called drawing.pdf', '<html><script>alert(1)</script>', 'markup'],
    ['a program called photo.png', 'MZ\x90\0', 'unknown'],
    ['a picture cut off', '\x89PNG\r\n\x1a\nIHDR', 'picture-broken'],
    ['an archive with a program', zip([{ name: 'a.exe' }]).toString('latin1'), 'archive-program'],
    ['nothing', '', 'empty'],
  ])('%s is refused with its reason, and leaves nothing', async (_, content, reason) => {
    const before = [await keysOf(portal.platform), await rowsOf(portal.platform)]
    const problem = await refused(upload(await portal.api(), Buffer.from(content, 'latin1')))
    expect(problem).toMatchObject({ type: '/problems/file-refused', status: 422, reason, remedy: expect.any(String) })
    expect([await keysOf(portal.platform), await rowsOf(portal.platform)]).toEqual(before)
    expect(spooled(portal.platform)).toEqual([])
  })
})

describe('what can be sent with an inquiry', () => {
  test('an upload belongs to one inquiry only', async () => {
    const { token } = await upload(await onDisk.api(), pdf)
    await send(onDisk, [token])
    expect((await refused(send(onDisk, [token]))).errors?.[0]?.field).toBe('/attachments/0')
    const other = await upload(await onDisk.api(), pdf)
    expect((await refused(send(onDisk, [other.token, other.token]))).errors?.[0]?.field).toBe('/attachments/1')
    await send(onDisk, [other.token]) // what was refused is not used up
  })

  test('more than five files, or a token that is none, are refused at their field', async () => {
    expect((await refused(send(onDisk, Array(6).fill('x')))).errors?.[0]?.field).toBe('/attachments')
    expect((await refused(send(onDisk, ['not-a-token']))).errors?.[0]).toMatchObject({ field: '/attachments/0' })
  })

  test('an inquiry that is refused leaves its uploads to be sent again', async () => {
    const { token } = await upload(await onDisk.api(), pdf)
    const draft = drafts.get(onDisk)!
    drafts.set(onDisk, { ...draft, net: 5 })
    expect((await refused(send(onDisk, [token]))).type).toBe('/problems/price-differs')
    drafts.set(onDisk, draft)
    await send(onDisk, [token])
  })

  test('the mail names the files and does not carry them', async () => {
    const email = `${crypto.randomUUID()}@example.com`
    await send(onDisk, [(await upload(await onDisk.api(), pdf, '图纸.pdf')).token], email)
    const mail = (await onDisk.mails()).find(({ to }) => to === email)!
    expect(mail.text).toContain('图纸.pdf')
    expect(mail.attachments).toHaveLength(1) // the specification sheet
  })

  test.each([
    ['../../../etc/passwd', 'passwd.pdf'],
    ['a\u202egnp.exe', 'agnp.exe.pdf'],
    ['x\r\nset-cookie: a=1.pdf', 'xset-cookie_ a=1.pdf'],
    [`${'很'.repeat(110)}.pdf`, `${'很'.repeat(110)}.pdf`],
    ['"; filename="evil.html', '_; filename=_evil.html.pdf'],
  ])('the name %j is kept as %j, and harms no header', async (given, kept) => {
    const receipt = await upload(await onDisk.api(), pdf, given)
    expect(receipt.name).toBe(kept)
    const { token } = await send(onDisk, [receipt.token])
    const [file] = (await (await onDisk.api()).call(getInquiry, { params: { token } })).attachments
    const { headers } = await onDisk.request(inquiryLink(token, file!.id))
    expect(decodeURIComponent(headers.get('content-disposition')!.split("UTF-8''")[1]!)).toBe(kept)
    expect(headers.get('set-cookie')).toBeNull()
  })

  test.each([
    ['加工要求：表面 Ra 1.6\n', 'notes.txt', 'text/plain; charset=utf-8'],
    [`编号;数量\n${'7;1\n'.repeat(40_000)}`, 'list.csv', 'text/csv; charset=utf-8'],
    ['\xbc\xd3\xb9\xa4\xd2\xaa\xc7\xf3\n', 'notes.txt', 'text/plain; charset=gb18030'],
  ])('a text says in what it is written: %#', async (text, name, type) => {
    const bytes = Buffer.from(text, type.endsWith('utf-8') ? 'utf8' : 'latin1')
    const { token } = await send(onDisk, [(await upload(await onDisk.api(), bytes, name)).token])
    const [file] = (await (await onDisk.api()).call(getInquiry, { params: { token } })).attachments
    const head = await onDisk.request(inquiryLink(token, file!.id), { method: 'HEAD' })
    const answer = await onDisk.request(inquiryLink(token, file!.id))
    for (const { headers } of [head, answer]) expect(headers.get('content-type')).toBe(type)
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
  })

  test('nobody alone fills the room for files that wait for an inquiry', async () => {
    const visitor = await onDisk.api()
    const { token } = await upload(visitor, pdf)
    await onDisk.database.pool.query(`update stored_file set bytes = 300000001 where token_hash is not null`)
    expect(await refused(upload(visitor, pdf))).toMatchObject({ status: 429, retryAfter: 3600 })
    await upload(await onDisk.api('customer'), pdf) // an account has its own
    await send(onDisk, [token]) // what is sent waits no more
    await onDisk.database.pool.query(`update stored_file set bytes = 9 where attached_at is null`)
    await upload(visitor, pdf)
  })

  test('a name is needed, and one that can be decoded', async () => {
    const post = (headers: Record<string, string>) =>
      onDisk.request('/api/v1/inquiry-attachments', { method: 'POST', headers, body: pdf })
    for (const headers of [{}, { 'x-file-name': '%E5%9B' }, { 'x-file-name': 'a'.repeat(1001) }]) {
      const answer = await post(headers as Record<string, string>)
      expect(answer.status).toBe(422)
      expect(await answer.json()).toMatchObject({ errors: [{ field: 'header/x-file-name' }] })
    }
  })
})

describe('who may have a file', () => {
  const sent = async (as?: Api) => {
    const { token } = await send(onDisk, [(await upload(await onDisk.api(), pdf)).token], undefined, as)
    const [file] = (await (await onDisk.api()).call(getInquiry, { params: { token } })).attachments
    return { token, fileId: file!.id }
  }

  test('staff who read leads get it; other staff may not ask, other customers get 404, nobody is asked to sign in', async () => {
    const { fileId } = await sent()
    expect((await onDisk.request(fileLink(fileId), {}, 'sales')).status).toBe(200)
    expect((await onDisk.request(fileLink(fileId), {}, 'product')).status).toBe(403)
    expect((await onDisk.request(fileLink(fileId), {}, 'customer')).status).toBe(404)
    expect((await onDisk.request(fileLink(fileId))).status).toBe(401)
    expect((await onDisk.request(fileLink(crypto.randomUUID()), {}, 'sales')).status).toBe(404)
  })

  test('the people of the company that sent it get it', async () => {
    const { fileId } = await sent(await onDisk.api('customer'))
    expect((await onDisk.request(fileLink(fileId), {}, 'customer')).status).toBe(200)
    expect((await onDisk.request(fileLink(fileId), {}, 'service')).status).toBe(403)
  })

  test('the link of one inquiry opens no file of another', async () => {
    const [mine, other] = [await sent(), await sent()]
    expect((await onDisk.request(inquiryLink(mine.token, other.fileId))).status).toBe(404)
    expect((await onDisk.request(inquiryLink('', other.fileId))).status).toBe(404)
    expect((await onDisk.request(inquiryLink(mine.token, mine.fileId))).status).toBe(200)
  })

  test('a download by staff leaves a trace with who and what, a small picture does not', async () => {
    const { fileId } = await sent()
    const traces = async () =>
      (
        await onDisk.database.pool.query(
          `select actor_kind, target_kind from audit_entry where action = 'attachment.downloaded' and changes::text like $1`,
          [`%${fileId}%`],
        )
      ).rows
    await onDisk.request(fileLink(fileId, '?preview=true'), {}, 'sales')
    expect(await traces()).toEqual([])
    await onDisk.request(fileLink(fileId), {}, 'sales')
    expect(await traces()).toEqual([{ actor_kind: 'account', target_kind: 'inquiry' }])
  })

  test('nothing is shown in the browser that could run there', async () => {
    const { token, fileId } = await sent()
    for (const method of ['GET', 'HEAD']) {
      const { headers } = await onDisk.request(inquiryLink(token, fileId), { method })
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'application/pdf',
        'content-disposition': expect.stringMatching(/^attachment; /),
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cache-control': expect.stringContaining('no-store'),
        'content-length': String(pdf.length),
      })
    }
  })
})

describe('the virus scanner', () => {
  const count = async () => [(await keysOf(onS3.platform)).length, (await rowsOf(onS3.platform)).length]

  test('says clean, and the file can be had', async () => {
    expect((await upload(await onS3.api(), pdf)).state).toBe('clean')
  })

  test('finds a virus, and the file is kept nowhere', async () => {
    const before = await count()
    const problem = await refused(upload(await onS3.api(), `%PDF-1.7\n${eicar}`, 'invoice.pdf'))
    expect(problem).toMatchObject({ reason: 'infected', remedy: expect.any(String) })
    expect(await count()).toEqual(before)
  })

  test('is away: the file waits, cannot be had meanwhile, and is there once it was scanned', async () => {
    clamd.mood = 'away'
    const receipt = await upload(await onS3.api(), pdf)
    expect(receipt.state).toBe('received')
    const { token } = await send(onS3, [receipt.token])
    const visitor = await onS3.api()
    const file = async () => (await visitor.call(getInquiry, { params: { token } })).attachments[0]!
    const { id } = await file()
    const early = await onS3.request(inquiryLink(token, id))
    expect([early.status, ((await early.json()) as { type: string }).type]).toEqual([409, '/problems/file-waiting'])
    await scanFiles(onS3.platform)
    expect((await file()).state).toBe('received')
    await onS3.portal.settled()
    const { rows } = await onS3.platform.database.pool.query<{ id: string }>(
      'select l.id from lead l join inquiry_attachment a using (inquiry_id) where a.file_id = $1',
      [id],
    )
    const shownAgain: (string | null)[] = []
    const stop = onS3.platform.live.subscribe('leads', leadId => shownAgain.push(leadId))
    clamd.mood = 'working'
    await scanFiles(onS3.platform)
    await expect.poll(() => shownAgain).toContain(rows[0]!.id)
    stop()
    expect((await file()).state).toBe('clean')
    expect((await onS3.request(inquiryLink(token, id))).status).toBe(200)
  })

  test('finds later what it could not see before: the file is refused and its bytes are gone', async () => {
    clamd.mood = 'away'
    const receipt = await upload(await onS3.api(), `%PDF-1.7\n${eicar}`)
    const { token } = await send(onS3, [receipt.token])
    const visitor = await onS3.api()
    const file = async () => (await visitor.call(getInquiry, { params: { token } })).attachments[0]!
    const { id } = await file()
    clamd.mood = 'working'
    await scanFiles(onS3.platform)
    expect((await file()).state).toBe('refused')
    expect(await keysOf(onS3.platform)).not.toContain(id)
    expect((await onS3.request(inquiryLink(token, id))).status).toBe(404)
  })

  test('is none: the file can be had, and is marked as not scanned', async () => {
    expect((await upload(await onDisk.api(), `%PDF-1.7\n${eicar}`)).state).toBe('unscanned')
  })
})

describe('when something fails on the way', () => {
  test('a store that is away keeps nothing, says so, and what is left is swept up', async () => {
    const before = await keysOf(onS3.platform)
    s3.trouble.push(...Array(8).fill(503))
    const problem = await refused(upload(await onS3.api(), pdf))
    expect(problem).toMatchObject({ type: '/problems/store-away', status: 503 })
    s3.trouble.length = 0
    await sweepFiles(onS3.platform)
    expect((await rowsOf(onS3.platform)).filter(({ state }) => state === 'leaving')).toEqual([])
    expect(await keysOf(onS3.platform)).toEqual(before)
  })

  test('a file that is too large is refused while it comes, and leaves nothing', async () => {
    const pieces = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from(pdf))
      },
      pull(controller) {
        controller.enqueue(new Uint8Array(1_000_000))
      },
    })
    const endless = await onDisk.request('/api/v1/inquiry-attachments', {
      method: 'POST',
      headers: { 'x-file-name': 'endless.pdf' },
      body: pieces,
      duplex: 'half',
    } as RequestInit)
    expect([endless.status, endless.headers.get('connection')]).toEqual([413, 'close'])
    const announced = await onDisk.request('/api/v1/inquiry-attachments', {
      method: 'POST',
      headers: { 'x-file-name': 'large.pdf', 'content-length': '20000001' },
      body: pdf,
    })
    expect(announced.status).toBe(413)
    expect(spooled(onDisk.platform)).toEqual([])
  })

  test('an upload that is broken off leaves nothing', async () => {
    const address = new URL(await onDisk.portal.listen())
    const before = [await keysOf(onDisk.platform), await rowsOf(onDisk.platform)]
    const socket = connect(Number(address.port), '127.0.0.1')
    await once(socket, 'connect')
    socket.write(
      `POST /api/v1/inquiry-attachments HTTP/1.1\r\nhost: ${address.host}\r\nx-file-name: half.pdf\r\ncontent-length: 1000000\r\n\r\n${pdf}`,
    )
    await expect.poll(() => spooled(onDisk.platform)).toHaveLength(1)
    socket.destroy()
    await expect.poll(() => spooled(onDisk.platform)).toEqual([])
    expect([await keysOf(onDisk.platform), await rowsOf(onDisk.platform)]).toEqual(before)
  })

  test('what a killed process left is swept up: a row without a file, a file on its way', async () => {
    const { platform } = onDisk
    const { token } = await upload(await onDisk.api(), pdf)
    await platform.database.pool.query(`update stored_file set state = 'arriving' where attached_at is null`)
    expect((await refused(send(onDisk, [token]))).status).toBe(422)
    const left = join(platform.config.dataDir, 'files/incoming', crypto.randomUUID())
    mkdirSync(left, { recursive: true })
    writeFileSync(join(left, 'given'), pdf)
    await sweepFiles(platform)
    expect(spooled(platform)).toHaveLength(1) // it may still be coming
    utimesSync(left, new Date(Date.now() - 2 * 3600_000), new Date(Date.now() - 2 * 3600_000))
    await setAge(platform, 25)
    await sweepFiles(platform)
    expect(spooled(platform)).toEqual([])
    expect((await rowsOf(platform)).filter(({ state }) => state === 'arriving')).toEqual([])
  })
})
