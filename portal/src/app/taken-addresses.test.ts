import type { RouteConfigEntry } from '@react-router/dev/routes'
import { expect, test } from 'vitest'
import { takenSlugs } from '#features/content/core'
import { testPortal } from '../../test/test-portal.ts'
import routes from './web/routes.ts'

const { portal } = await testPortal()

const pathsOf = (entries: RouteConfigEntry[]): string[] =>
  entries.flatMap(({ path, children = [] }) => [path ?? '', ...pathsOf(children)])

test('no page of the manufacturer can stand where the portal has an address of its own', () => {
  const mounted = portal.http.app.routes.map(({ path }) => path.replace(/^\/(en(?=\/))?\/?/, ''))
  const firsts = [...pathsOf(routes), ...mounted]
    .map(path => path.replace(/^(en\?\/?)/, '').split('/')[0]!)
    .filter(first => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(first))
  expect(firsts.length).toBeGreaterThan(25)
  expect([...new Set(firsts)].filter(first => !takenSlugs.has(first))).toEqual([])
})
