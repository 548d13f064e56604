import sharp from 'sharp'
import { expect, test } from 'vitest'
import { saveMailServer } from '#features/mailbox/core'
import {
  getBrand,
  getManufacturer,
  getProfile,
  getSite,
  saveBrand,
  saveProfile,
  saveSite,
  uploadBrandPicture,
} from '#features/manufacturer/core'
import { getNoticeDraft, saveNoticeDraft } from '#features/privacy/core'
import { getPreset, getPricing, savePreset, savePricing } from '#features/products/core'
import { importRedirects } from '#features/redirects/core'
import { addRobot, listRobots } from '#features/robots/core'
import { getAnswering, saveAnswering } from '#features/sales/core'
import { exportConfiguration, type Failure, importConfiguration, planConfiguration } from '#platform/server'
import { confirmingApi } from '../../test/confirming.ts'
import { testPortal } from '../../test/test-portal.ts'
import { features } from './features.ts'

const filled = await testPortal({ config: { catchMail: false } })
const empty = await testPortal({ config: { catchMail: false } })
const admin = await filled.api('admin')

const { etag } = await admin.callWithEtag(getProfile, {})
const said = (zh: string, en: string) => ({ 'zh-CN': zh, en })
const profile = {
  name: said('华东包装机械', 'Huadong Packaging'),
  legalName: said('华东包装机械有限公司', ''),
  about: said('灌装与封口', ''),
  address: said('苏州', 'Suzhou'),
  phone: '+86 512 5550 0118',
  email: 'info@example.com',
  hours: said('周一至周五', ''),
  timeZone: 'Asia/Shanghai',
  legalLines: [said('苏ICP备12345678号', '')],
  facts: [{ value: '26', unit: said('年', 'years'), label: said('经验', 'of work') }],
  priceTerms: said('含税', 'tax included'),
}
await admin.call(saveProfile, { body: profile, ifMatch: etag })
await admin.call(saveBrand, { body: { signal: '#005bac' }, ifMatch: (await admin.callWithEtag(getBrand, {})).etag })
const noise = sharp({
  create: { width: 900, height: 300, channels: 4, background: '#005bac80', noise: { type: 'gaussian', mean: 90, sigma: 60 } },
})
const png = new Uint8Array(await noise.png().toBuffer())
for (const picture of ['logo', 'mark'] as const)
  await admin.call(uploadBrandPicture, { params: { picture }, body: { name: 'logo.png', content: new Blob([png]) } })
await admin.call(savePricing, { body: { visibility: 'signed-in' }, ifMatch: (await admin.callWithEtag(getPricing, {})).etag })
await admin.call(saveAnswering, {
  body: { within: 8, days: [1, 2, 3], from: 540, to: 1020 },
  ifMatch: (await admin.callWithEtag(getAnswering, {})).etag,
})
await admin.call(importRedirects, {
  body: { text: '/alt/mit%20raum.asp?id=2&x=%20a /products\n/旧页 https://example.com/x\n/a%2Cb /c' },
})
await confirmingApi(filled, 'admin').call(addRobot, {
  body: { kind: 'dingtalk', name: '销售群', address: 'https://oapi.dingtalk.com/robot/send?access_token=hidden', secret: 'hush' },
})
const mailServer = {
  ...{ host: 'smtp.example.com', port: 465, security: 'tls' as const, user: 'portal@example.com', password: 'very-secret' },
  ...{ senderName: '华东包装机械', senderAddress: 'portal@example.com', replyTo: '' },
}
await confirmingApi(filled, 'admin').call(saveMailServer, { body: mailServer, ifMatch: '0' })

await admin.call(saveSite, { body: { languages: ['zh-CN'] }, ifMatch: (await admin.callWithEtag(getSite, {})).etag! })
await admin.call(savePreset, {
  body: { currency: 'EUR', tax: { name: said('增值税', 'VAT'), percent: 19 } },
  ifMatch: (await admin.callWithEtag(getPreset, {})).etag!,
})
await admin.call(saveNoticeDraft, {
  body: { text: said('# 隐私', '# Privacy') },
  ifMatch: (await admin.callWithEtag(getNoticeDraft, {})).etag!,
})

const exported = await exportConfiguration(filled.platform, features)
const failure = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('It was expected to fail')
    },
    error => error as Failure,
  )
const changed = (change: (parts: Record<string, unknown>) => unknown) => {
  const file = JSON.parse(exported)
  change(file.parts)
  return JSON.stringify(file)
}

test('no secret is in the file', () => {
  for (const secret of ['very-secret', 'hidden', 'hush']) expect(exported).not.toContain(secret)
  expect(Object.keys(JSON.parse(exported).parts)).toEqual(
    expect.arrayContaining(['profile', 'brand', 'prices', 'answering', 'robots', 'redirects', 'mail-server']),
  )
})

test('an empty portal has an empty file', async () => {
  expect(JSON.parse(await exportConfiguration(empty.platform, features)).parts).toEqual({})
})

test('a wrong value is named by its path with what to do, and nothing is written', async () => {
  const wrong = changed(parts => {
    Object.assign(parts.profile as object, { phone: 'call us', motto: 'x' })
    Object.assign(parts.brand as object, { signal: '#ffff00', logo: Buffer.from('no picture').toString('base64') })
    parts.prices = { visibility: 'nobody' }
    parts.redirects = [
      { old: '/ok', target: '/fine' },
      { old: '/x', target: 'ftp://nowhere' },
    ]
    parts.weather = {}
  })
  const { type, errors } = await failure(importConfiguration(empty.platform, features, wrong))
  expect(type).toBe('configuration-invalid')
  expect(errors?.map(({ field }) => field).sort()).toEqual([
    '/parts/brand/logo',
    '/parts/brand/signal',
    '/parts/prices/visibility',
    '/parts/profile/phone',
    '/parts/redirects/1',
    '/parts/weather',
  ])
  expect(errors?.every(({ remedy }) => remedy)).toBe(true)
  const slip = await failure(
    importConfiguration(
      empty.platform,
      features,
      changed(parts => Object.assign(parts.profile as object, { motto: 'x' })),
    ),
  )
  expect(slip.errors).toMatchObject([{ field: '/parts/profile/motto' }])
  expect(JSON.parse(await exportConfiguration(empty.platform, features)).parts).toEqual({})
})

test.each([
  ['not JSON', '', 'profile: x'],
  ['of something else', '/format', '{"format":"other"}'],
  ['of a later version', '/version', '{"format":"fettle-configuration","version":99,"parts":{}}'],
])('a file %s is refused', async (_, field, text) => {
  expect((await failure(planConfiguration(empty.platform, features, text))).errors).toMatchObject([{ field }])
})

test('a check says what would change and writes nothing; an import does it; another export is the same but for what is done by hand', async () => {
  const plan = await planConfiguration(empty.platform, features, exported)
  expect(plan.parts.map(({ name }) => name).sort()).toEqual([
    'answering',
    'brand',
    'mail-server',
    'prices',
    'privacy-notice',
    'product-preset',
    'profile',
    'redirects',
    'site',
  ])
  expect(plan.parts.find(({ name }) => name === 'profile')!.changes).toContainEqual({
    path: '/name/en',
    before: null,
    after: 'Huadong Packaging',
  })
  expect(plan.parts.find(({ name }) => name === 'brand')!.changes).toContainEqual({
    path: '/logo',
    before: null,
    after: expect.stringMatching(/^\d+ kB$/),
  })
  expect(plan.byHand.map(({ en }) => en)).toEqual(
    expect.arrayContaining([expect.stringContaining('销售群'), expect.stringContaining('smtp.example.com')]),
  )
  expect(JSON.parse(await exportConfiguration(empty.platform, features)).parts).toEqual({})

  expect(await importConfiguration(empty.platform, features, exported)).toEqual(plan)
  const { robots: _, ...parts } = JSON.parse(exported).parts
  expect(JSON.parse(await exportConfiguration(empty.platform, features)).parts).toEqual(parts)
  const visitor = await empty.api()
  const shown = await visitor.call(getManufacturer, {})
  expect(shown.name.en).toBe('Huadong Packaging')
  expect(shown.brand.logo).not.toBeNull()
  expect((await (await empty.api('admin')).call(listRobots, {})).items).toEqual([])

  const again = await planConfiguration(empty.platform, features, exported)
  expect(again.parts).toEqual([])
  expect(again.same.length).toBe(9)
})

test('what the file does not speak of stays, and a list becomes the one of the file', async () => {
  const text = changed(parts => {
    for (const name of Object.keys(parts)) if (name !== 'redirects') delete parts[name]
    parts.redirects = [{ old: '/new', target: '/products' }]
  })
  expect((await importConfiguration(empty.platform, features, text)).parts.map(({ name }) => name)).toEqual(['redirects'])
  const { parts } = JSON.parse(await exportConfiguration(empty.platform, features))
  expect(parts.redirects).toEqual([{ old: '/new', target: '/products' }])
  expect(parts.profile.name.en).toBe('Huadong Packaging')
})

test('a mail server that came without its password lets mails wait for it', async () => {
  const { rows } = await empty.database.pool.query('select password from mail_server')
  expect(rows).toEqual([{ password: null }])
  await empty.database.transaction(() => empty.platform.mail.send({ to: 'wang@example.com', subject: 'waits', text: 'x' }))
  const waiting = () => empty.database.pool.query('select from caught_mail where waiting').then(({ rows }) => rows.length)
  await expect.poll(waiting).toBe(1)
})
