import { expect, test } from 'vitest'
import { readLives } from './life-list.ts'

const head = ['机器序列号 Serial number', '装上日期 Installed on', '结束日期 Ended on', '结果 Ending']

test('rows are read below their headings, wherever these stand, in either language and with dates as people write them', () => {
  const rows = [
    ['Our failures'],
    undefined,
    ['ending', 'ended on', 'serial number', 'installed on'],
    ['failed', new Date('2025-03-01T00:00Z'), 119042, '2024-1-5'],
    [],
    ['未故障更换', '2025年6月30日', ' A-7 ', '2024/02/29'],
  ]
  expect(readLives(rows, '2026-01-01')).toEqual([
    { row: 4, serial: '119042', beganOn: '2024-01-05', endedOn: '2025-03-01', ending: 'failed', faults: [] },
    { row: 6, serial: 'A-7', beganOn: '2024-02-29', endedOn: '2025-06-30', ending: 'censored', faults: [] },
  ])
})

test('each wrong cell of a row is named with what is wrong, and a list without headings is none', () => {
  const faultsOf = (...cells: (string | null)[]) =>
    readLives([head, cells], '2026-01-01')![0]!.faults.map(({ column, fault }) => `${column} ${fault}`)
  expect(faultsOf('', '2024-02-30', 'soon', 'broken')).toEqual([
    'serial no-serial',
    'began no-date',
    'ended no-date',
    'ending no-ending',
  ])
  expect(faultsOf('A', '2025-01-01', '2025-01-01', '故障')).toEqual(['ended not-after'])
  expect(faultsOf('A', '2025-01-01', '2026-01-02', '故障')).toEqual(['ended to-come'])
  expect(readLives([['A', '2025-01-01']], '2026-01-01')).toBeNull()
})
