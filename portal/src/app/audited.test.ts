import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { auditedActions } from '#features/audit/core'
import { features } from './features.ts'

const endpoints = features.flatMap(feature => feature.routes ?? []).map(({ endpoint }) => endpoint)
const unsafe = endpoints.filter(({ method }) => method !== 'GET')

test('every operation that changes something says what it leaves in the audit log, or why nothing', () => {
  expect(unsafe.length).toBeGreaterThan(30)
  expect(unsafe.filter(({ audit }) => audit === undefined).map(({ id }) => id)).toEqual([])
  for (const { audit } of unsafe) if (typeof audit === 'object' && 'none' in audit) expect(audit.none.length).toBeGreaterThan(10)
})

test('every action that is written or promised has words in the log', () => {
  const sources = join(import.meta.dirname, '..')
  const written = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter(path => /server[\\/].*\.ts$/.test(path) && !path.includes('test'))
    .flatMap(path =>
      [...readFileSync(join(sources, path), 'utf8').matchAll(/\baction: '([a-z-]+\.[a-z-]+)'/g)].map(match => match[1]!),
    )
  const promised = endpoints.flatMap(({ audit }) =>
    typeof audit === 'string' ? [audit] : audit && 'sometimes' in audit ? [audit.sometimes] : [],
  )
  const actions = [...new Set([...written, ...promised])].sort()
  expect(actions.filter(action => !auditedActions.includes(action))).toEqual([])
})
