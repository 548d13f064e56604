import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { version } from '#platform/server'
import { testPortal } from '../../../../test/test-portal.ts'
import { readHealth } from '../core/index.ts'
import { advisoryFile, toReport } from './advisories.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'fettle-health-'))
afterAll(() => rmSync(dataDir, { recursive: true }))
const { api, request } = await testPortal({ config: { dataDir } })
const admin = await api('admin')
const checkOf = async (id: string) => (await admin.call(readHealth, {})).checks.find(check => check.id === id)!

test('a demo that runs is in order, in words of the language asked for', async () => {
  const { state, checks } = await admin.call(readHealth, {})
  expect(checks.filter(check => check.state === 'warning' || check.state === 'failing')).toEqual([])
  expect(state).toBe('fine')
  expect(checks.map(({ id }) => id)).toContain('deadLetters')
  expect(checks.find(({ id }) => id === 'listeners')!.parts.map(({ name }) => name)).toContain('sales.open-lead')
  expect(checks.find(({ id }) => id === 'database')).toMatchObject({ title: '数据库', state: 'fine', says: '数据库正常响应。' })
  const english = await request('/api/v1/operations/health?lang=en', {}, 'admin')
  expect(await english.text()).toContain('The database answers.')
  expect(JSON.stringify(checks)).not.toMatch(/"(fact|health|place)\.|operations:/)
})

test('the report of advisories is read from its file, and one that makes no sense counts as none', async () => {
  expect(await checkOf('advisories')).toMatchObject({ state: 'unknown' })
  const answer = {
    vulnerabilities: {
      'some-parser': { severity: 'high', via: [{ title: 'Takes forever on nested brackets', url: 'https://example.com' }] },
      'some-server': { severity: 'high', via: ['some-parser'] },
    },
  }
  writeFileSync(advisoryFile(dataDir), JSON.stringify(toReport(answer, new Date())))
  expect(await checkOf('advisories')).toMatchObject({
    state: 'failing',
    says: '所用组件有 2 个已知漏洞。',
    parts: [
      { name: 'some-parser', facts: [{ value: 'high' }, { value: 'Takes forever on nested brackets' }] },
      { name: 'some-server' },
    ],
  })
  writeFileSync(
    advisoryFile(dataDir),
    JSON.stringify({ ...toReport({ vulnerabilities: {} }, new Date()), fettle: `${version}-before` }),
  )
  expect(await checkOf('advisories')).toMatchObject({ state: 'warning', says: expect.stringContaining('before') })
  for (const text of ['', '{"at":"yesterday"}', '[']) {
    writeFileSync(advisoryFile(dataDir), text)
    expect(await checkOf('advisories')).toMatchObject({ state: 'unknown' })
  }
})
