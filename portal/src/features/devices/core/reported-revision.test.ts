import { expect, test } from 'vitest'
import { readNameplate, revisionFor, revisionsAmong } from './reported-revision.ts'

test('a nameplate is read in the words of OPC 40001-1, within bounds, and other words are passed over', () => {
  expect(readNameplate('{"hardwareRevision":" C ","softwareRevision":"4.2.1","serialNumber":7}')).toEqual({
    hardwareRevision: 'C',
    softwareRevision: '4.2.1',
  })
  expect(readNameplate('{"softwareRevision":"版本 4"}')).toEqual({ softwareRevision: '版本 4' })
  const wrong = ['', '[]', '7', '{"softwareRevision":7}', '{"softwareRevision":" "}', '{"softwareRevision":"a\\u0000b"}']
  for (const text of [...wrong, '{"softwareRevision":"a\\nb"}', `{"softwareRevision":"${'x'.repeat(61)}"}`])
    expect(readNameplate(text), text).toBeNull()
})

test('an edge node says its revisions by the properties of its birth', () => {
  const said = new Map<string, unknown>([
    ['properties_fw', 'Linux'],
    ['properties_fw_version', '1.4.2'],
    ['properties_hw_version', 'PFC_1.1'],
    ['spindle_speed', 8000],
  ])
  expect(revisionsAmong(said)).toEqual({ softwareRevision: '1.4.2', hardwareRevision: 'PFC_1.1' })
  expect(revisionsAmong(new Map([['properties_fw_version', 7]]))).toEqual({})
})

test('what runs on a machine is told to whoever may see it now, and since when only within his time', () => {
  const day = (date: number) => new Date(Date.UTC(2026, 0, date))
  const changes = [
    { revision: '1', at: day(1) },
    { revision: '2', at: day(5) },
  ]
  const now = day(20)
  expect(revisionFor(changes, [{ from: null, until: null }], now)).toEqual({ revision: '2', since: day(5) })
  expect(revisionFor(changes, [{ from: day(10), until: null }], now)).toEqual({ revision: '2', since: null })
  // an owner who keeps what his machine reports to himself since then
  expect(revisionFor(changes, [{ from: null, until: day(4) }], now)).toEqual({ revision: '1', since: day(1) })
  expect(revisionFor(changes, [], now)).toBeNull()
  expect(revisionFor([], [{ from: null, until: null }], now)).toBeNull()
})
