import { expect, test } from 'vitest'
import type { CellValue, WorkbookSheet } from '#platform/core'
import { readValue } from './cell-values.ts'
import { readForm } from './read-form.ts'

const today = '2026-11-01'
const sheet = (name: string, rows: CellValue[][], more: Partial<WorkbookSheet> = {}): WorkbookSheet => ({
  name,
  rows,
  merges: [],
  unsolved: new Set(),
  ...more,
})
const codes = (sheets: WorkbookSheet[]) => {
  const { rows, findings } = readForm(sheets, today)
  return [...findings, ...rows.flatMap(row => row.findings)].map(({ code, sheet, row, column }) => [code, sheet, row, column])
}

test('headings are read in either language, in any order, below a title, with what writing adds', () => {
  const { rows, findings } = readForm(
    [
      sheet('客户', [['我们的客户'], [], ['税号', ' 公司名称* ', '电话'], ['91350100M000100Y43', '磊鑫', '０519-88881234']]),
      sheet('People', [
        ['Company', 'E-MAIL', 'Name'],
        ['磊鑫', 'Wang@Leixin.CN ', '王磊'],
      ]),
    ],
    today,
  )
  expect(findings).toEqual([])
  expect(rows.map(({ kind, row, values }) => ({ kind, row, values }))).toEqual([
    { kind: 'company', row: 4, values: { creditCode: '91350100M000100Y43', name: '磊鑫', phone: '+8651988881234' } },
    { kind: 'contact', row: 2, values: { company: '磊鑫', email: 'wang@leixin.cn', name: '王磊' } },
  ])
})

test('days are read from dates, serial numbers and texts; what is no day is named', () => {
  const day = (cell: Exclude<CellValue, null>) => readValue('date', cell)
  for (const cell of [new Date(Date.UTC(2021, 2, 5)), 44260, '2021/3/5', '2021-03-05', '2021年3月5日', '20210305', '2021.3.5'])
    expect(day(cell)).toEqual({ value: '2021-03-05' })
  for (const cell of ['3/5/21', '2021-02-30', '去年', 12, 1e12, '2021', true, new Date(Number.NaN)])
    expect(day(cell)).toEqual({ value: null, finding: 'date-unclear' })
})

test('phone numbers are read as numbers and texts; one that Excel has rounded is named', () => {
  const phone = (cell: Exclude<CellValue, null>) => readValue('phone', cell)
  expect(phone(13800138000)).toEqual({ value: '+8613800138000' })
  expect(phone('138 0013 8000')).toEqual({ value: '+8613800138000' })
  expect(phone('手机：13800138000/13900139000')).toEqual({ value: '+8613800138000', finding: 'phone-first' })
  expect(phone('1.38E+10')).toEqual({ value: null, finding: 'digits-lost' })
  expect(phone('88881234')).toEqual({ value: null, finding: 'phone-unclear' })
})

test('a serial number is kept as it is written; a shorter number among longer ones may have lost zeros', () => {
  expect(readValue('serial', '00120815')).toEqual({ value: '00120815' })
  expect(readValue('serial', '12E34')).toEqual({ value: '12E34' })
  expect(readValue('serial', 1.2e17)).toEqual({ value: null, finding: 'digits-lost' })
  const rows = [
    ['出厂编号', '型号', '公司'],
    ['00120815', 'VMC', 'A'],
    ['00120816', 'VMC', 'A'],
    [120817, 'VMC', 'A'],
  ]
  expect(codes([sheet('机器', rows)])).toEqual([['zeros-lost', '机器', 4, 'A 出厂编号 Serial number']])
})

test('what is wrong with a file is named with sheet, row and column', () => {
  expect(codes([sheet('Tabelle1', [['x']])])).toEqual([['no-sheet', '', null, null]])
  expect(
    codes([
      sheet('公司', [
        ['甲', '乙'],
        ['1', '2'],
      ]),
    ]),
  ).toEqual([['no-headings', '公司', null, null]])
  expect(
    codes([
      sheet('联系人', [
        ['姓名', '电话'],
        ['王', '13800138000'],
      ]),
    ]),
  ).toEqual([['missing-heading', '联系人', 1, null]])
  expect(
    codes([
      sheet('公司', [
        ['公司名称', '名称'],
        ['a', 'b'],
      ]),
    ]),
  ).toEqual([['double-heading', '公司', 1, 'B']])
  expect(
    codes([
      sheet('公司', [
        ['公司名称', '信用等级'],
        ['a', 'A+'],
      ]),
    ]),
  ).toEqual([['unknown-heading', '公司', 1, 'B']])
  expect(codes([sheet('公司', [['公司名称']])])).toEqual([['no-rows', '', null, null]])
  expect(
    codes([
      sheet('公司', [
        ['公司名称', '地址'],
        [null, '某路'],
      ]),
    ]),
  ).toEqual([['missing', '公司', 2, 'A 公司名称 Company name']])
  expect(codes([sheet('公司', [['公司名称'], ['#REF!']])])).toContainEqual([
    'formula-failed',
    '公司',
    2,
    'A 公司名称 Company name',
  ])
  expect(
    codes([
      sheet('公司', [
        ['公司名称', '税号'],
        ['a', '91350100M000100Y44'],
      ]),
    ])[0]![0],
  ).toBe('code-wrong')
  expect(codes([sheet('公司', [['公司名称'], ['a'.repeat(201)]])])[0]![0]).toBe('too-long')
  const many = Array.from({ length: 20_001 }, (_, at) => [`公司${at}`])
  expect(codes([sheet('公司', [['公司名称'], ...many])])).toEqual([['too-many-rows', '', null, null]])
})

test('a cell joined downwards counts for each of its rows, one across columns for none; a formula needs its result', () => {
  const merges = [{ startRow: 1, endRow: 2, startCol: 0, endCol: 0 }]
  const people = [
    ['公司', '姓名', '邮箱'],
    ['磊鑫', '王', 'a@b.cn'],
    [null, '李', 'c@b.cn'],
  ]
  const { rows } = readForm([sheet('联系人', people, { merges })], today)
  expect(rows.map(({ values }) => values.company)).toEqual(['磊鑫', '磊鑫'])
  expect(rows.flatMap(({ findings }) => findings.map(({ code }) => code))).toEqual(['merged-down'])
  const across = { merges: [{ startRow: 1, endRow: 1, startCol: 0, endCol: 1 }] }
  expect(
    codes([
      sheet(
        '公司',
        [
          ['公司名称', '地址'],
          ['磊鑫', null],
        ],
        across,
      ),
    ])[0]![0],
  ).toBe('merged')
  expect(codes([sheet('公司', [['公司名称'], [null]], { unsolved: new Set(['1,0']) })])[0]![0]).toBe('formula')
})

test('examples of the template are not read', () => {
  expect(readForm([sheet('公司', [['公司名称'], ['示例：常州磊鑫'], ['真公司']])], today).rows).toHaveLength(1)
})
