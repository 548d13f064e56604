import { compile, testExamples } from '@fettle/engine'
import { expect, test } from 'vitest'
import { type CellValue, emptyForm, exampleProduct, fromWorkbook, type Sheet, toWorkbook } from './index.ts'

/** The example product as sheets that a test may spoil. */
function form() {
  const written = toWorkbook(exampleProduct)
  if (!written.ok) throw new Error('The example has no workbook')
  const sheets = written.sheets.map(
    ({ name, rows }) => ({ name, rows: rows.map(row => [...row]) }) as Sheet & { name: string; rows: CellValue[][] },
  )
  const sheet = (word: string) => sheets.find(({ name }) => name.endsWith(word))!
  /** "C4" of the sheet, or the column by its English heading and the row by what its id is. */
  const at = (word: string, heading: string, id: string): [row: number, column: number] => {
    const { rows } = sheet(word)
    const column = rows[0]!.findIndex(cell =>
      String(cell)
        .split('\n')
        .some(line => line === heading),
    )
    const row = rows.findIndex(cells => cells?.includes(id))
    return [row, column]
  }
  return {
    sheets,
    sheet,
    set(word: string, heading: string, id: string, value: CellValue) {
      const [row, column] = at(word, heading, id)
      sheet(word).rows[row]![column] = value
    },
    errors() {
      const read = fromWorkbook(sheets)
      if (!read.ok) return read.errors
      const result = compile(read.model)
      return result.ok ? [] : result.errors.map(read.locate)
    },
    model() {
      const read = fromWorkbook(sheets)
      if (!read.ok) throw new Error(read.errors.map(({ path, message }) => `${path}: ${message.en}`).join('\n'))
      return read.model
    },
  }
}

test('the example in the template is sound: it compiles and its own examples hold', () => {
  const result = compile(form().model())
  expect(result.ok && testExamples(result.compiled).every(({ holds }) => holds)).toBe(true)
})

test('the empty template is refused only for what has to be filled in', () => {
  const written = toWorkbook(emptyForm)
  const read = fromWorkbook(written.ok ? written.sheets : [])
  const result = read.ok ? compile(read.model) : undefined
  expect(result && !result.ok && result.errors.map(({ path }) => path)).toEqual(['/groups'])
})

type Spoil = (book: ReturnType<typeof form>) => void
const spoilt: [what: string, spoil: Spoil, code: string, path: string, says: RegExp][] = [
  [
    'a heading nobody knows',
    book => (book.sheet('Options').rows[0]![2] = 'Nmae'),
    'unknown-heading',
    '选项 Options!C1',
    /Did you mean "名称（中文） Name/,
  ],
  [
    'a heading that stands twice',
    book => (book.sheet('Options').rows[0]![7] = 'Code'),
    'duplicate-heading',
    '选项 Options!H1',
    /twice; first in/,
  ],
  [
    'a column that is missing',
    book => (book.sheet('Options').rows[0]![1] = 'Remark'),
    'missing-column',
    '选项 Options!A1',
    /"标识 Id" is missing/,
  ],
  [
    'an attribute nobody defined',
    book => (book.sheet('Options').rows[0]![17] = '属性 coolng'),
    'unknown-reference',
    '选项 Options!R1',
    /Did you mean "cooling"/,
  ],
  [
    'a missing sheet',
    book => book.sheets.splice(book.sheets.indexOf(book.sheet('Groups')), 1),
    'missing-sheet',
    '组 Groups!A1',
    /Download the template/,
  ],
  ['a sheet with a misspelt name', book => (book.sheet('Prices').name = 'Pices'), 'unknown-sheet', 'Pices!A1', /价格 Prices/],
  [
    'merged cells',
    book => Object.assign(book.sheet('Options'), { merges: [{ startRow: 2, startCol: 0, endRow: 4, endCol: 0 }] }),
    'merged-cells',
    '选项 Options!A3',
    /A3:A5 are merged/,
  ],
  [
    'a formula without a result',
    book => Object.assign(book.sheet('Options'), { unsolved: new Set(['2,16']) }),
    'formula-without-result',
    '选项 Options!Q3',
    /Open and save the file/,
  ],
  ['a formula that failed', book => book.set('Options', 'Code', 's12', '#REF!'), 'formula-error', '选项 Options!G4', /#REF!/],
  [
    'a date where a number is expected',
    book => book.set('Prices', 'Amount', 'base', new Date('2026-03-05')),
    'date-instead',
    '价格 Prices!E3',
    /2026-03-05|format the cell as text/,
  ],
  [
    'a date where a text is expected',
    book => book.set('Options', 'Part number', 's5', new Date('2026-03-05')),
    'date-instead',
    '选项 Options!H3',
    /format the cell as text/,
  ],
  [
    'words where a number is expected',
    book => book.set('Prices', 'Amount', 'base', 'twelve'),
    'not-a-number',
    '价格 Prices!E3',
    /12,800\.50/,
  ],
  [
    'a comma for decimals',
    book => book.set('Prices', 'Amount', 'base', '12800,5'),
    'not-a-number',
    '价格 Prices!E3',
    /point for decimals/,
  ],
  [
    'more decimals than the currency has',
    book => book.set('Prices', 'Amount', 'base', 12.345),
    'too-many-decimals',
    '价格 Prices!E3',
    /2 decimals of CNY/,
  ],
  [
    'an id that stands twice',
    book => book.set('Options', 'Id', 's12', 's5'),
    'duplicate-id',
    '选项 Options!B4',
    /first in 选项 Options!B3/,
  ],
  [
    'an option with the id of a group',
    book => book.set('Options', 'Id', 's12', 'pump'),
    'duplicate-id',
    '选项 Options!B4',
    /first in 组 Groups!A5/,
  ],
  [
    'an option of a group that is not there',
    book => book.set('Options', 'Group', 's12', 'sizes'),
    'unknown-reference',
    '选项 Options!A4',
    /Did you mean "size"/,
  ],
  ['an empty id', book => book.set('Options', 'Id', 's12', null), 'empty-cell', '选项 Options!B4', /delete the whole row/],
  [
    'a kind nobody knows',
    book => book.set('Groups', 'Kind', 'size', 'choose-on'),
    'not-among',
    '组 Groups!D3',
    /Did you mean "单选 choose-one"/,
  ],
  [
    'a cell that means nothing for its kind',
    book => book.set('Groups', 'Step', 'size', 2),
    'not-used',
    '组 Groups!J3',
    /has no meaning/,
  ],
  [
    'a group without options',
    book => book.set('Groups', 'Id', 'outdoor_group', 'outside'),
    'options-of-group',
    '组 Groups!A8',
    /exactly one option/,
  ],
  [
    'content beside the headings',
    book => (book.sheet('Attributes').rows[2]![9] = 'x'),
    'no-heading',
    '属性 Attributes!J3',
    /no heading/,
  ],
  ['a mark that is none in a matrix', book => (book.sheet('Tables').rows[5]![1] = 'maybe'), 'not-among', '兼容表 Tables!B6', /✓/],
  [
    'a table without a rule',
    book => (book.sheet('Tables').rows[3]![1] = 'pump_of_sice'),
    'missing-table',
    '规则 Rules!A4',
    /has no body/,
  ],
  ['a rule with a broken formula', book => book.set('Rules', 'Formula', 'enough', 'load <='), 'syntax', '规则 Rules!F3', /./],
  [
    'a rule that names what is not there',
    book => book.set('Rules', 'Then', 'long_hose', 'p7'),
    'unknown-reference',
    '规则 Rules!D5',
    /Did you mean "p/,
  ],
  [
    'a price for what is not there',
    book => book.set('Prices', 'Of', 'hose_by_metre', 'hoze'),
    'unknown-reference',
    '价格 Prices!F5',
    /./,
  ],
  ['a default off its steps', book => (book.sheet('Defaults').rows[3]![1] = 8.3), 'off-grid', '标准配置 Defaults!B4', /./],
  [
    'a bad unit of a specification line',
    book => book.set('Specification', 'Formula', 'total_mass', 'sum(mass) + load'),
    'unit-mismatch',
    '规格 Specification!D4',
    /./,
  ],
  [
    'an unknown line of the product',
    book => (book.sheet('Product').rows[2]![0] = 'Idd'),
    'unknown-heading',
    '产品 Product!A3',
    /标识 Id/,
  ],
  [
    'an example about what is not there',
    book => (book.sheet('Examples').rows[2]![4] = 's13'),
    'unknown-reference',
    '测试样例 Examples!E3',
    /./,
  ],
]

test.each(spoilt)('%s is named with its cell and a remedy', (_, spoil, code, path, says) => {
  const book = form()
  spoil(book)
  const errors = book.errors()
  const found = errors.find(error => error.code === code && error.path === path)
  expect(found, errors.map(error => `${error.code} ${error.path}: ${error.message.en}`).join('\n')).toBeDefined()
  expect(`${found!.message.en} ${found!.remedy.en}`).toMatch(says)
  expect(found!.message['zh-CN'] && found!.remedy['zh-CN'] && found!.remedy.en).toBeTruthy()
})

test('a contradiction names the cells of all its rules', () => {
  const book = form()
  book
    .sheet('Rules')
    .rows.push(['never', '公式 formula', null, null, null, 'load > 20'], ['small', '公式 formula', null, null, null, 'load < 10'])
  const [error] = book.errors()
  expect(error).toMatchObject({ code: 'contradiction', path: '规则 Rules!A8' })
  expect(error!.remedy.en).toContain('规则 Rules!A8, 规则 Rules!A9')
})

test('everything wrong is said in one go: cells, references and formulas', () => {
  const book = form()
  book.set('Prices', 'Amount', 'base', 'much')
  book.set('Options', 'Group', 's12', 'sizes')
  book.set('Rules', 'Then', 'long_hose', 'p7')
  expect(book.errors().map(({ path }) => path)).toEqual(
    expect.arrayContaining(['选项 Options!A4', '规则 Rules!D5', '价格 Prices!E3']),
  )
})

test('numbers as people type them are read: commas, full-width digits, spaces, a sign of currency', () => {
  for (const typed of ['12,800', '１２，８００', ' 12800 ', '¥12,800.00', '12800元']) {
    const book = form()
    book.set('Prices', 'Amount', 'base', typed)
    expect(book.model().prices!.find(({ id }) => id === 'base')).toMatchObject({ amount: 1_280_000 })
  }
})

test('headings and sheets are known in one language, in other words for yes and no, and below a title', () => {
  const book = form()
  const options = book.sheet('Options')
  options.name = 'Options'
  options.rows[0] = options.rows[0]!.map(heading => String(heading).split('\n')[0]!)
  options.rows.unshift(['Our chiller, as of today'], [])
  book.sheet('Groups').name = '4. 组'
  book.set('Defaults', 'Value', 's12', true)
  book.set('Defaults', 'Value', 'outdoor', 'N')
  expect(book.model()).toEqual(form().model())
})

test('empty rows, remarks, columns of remarks and sheets of notes are passed over', () => {
  const book = form()
  book.sheet('Options').rows.splice(3, 0, [], ['# to be cleared up'], ['', '  '])
  for (const row of book.sheet('Rules').rows) row.push('seen by Li')
  book.sheet('Rules').rows[0]![book.sheet('Rules').rows[0]!.length - 1] = '备注'
  book.sheets.push({ name: '#old', rows: [['whatever']] }, { name: 'Calculations', rows: [['1']] })
  const read = fromWorkbook(book.sheets)
  expect(read).toMatchObject({ ok: true, model: form().model(), notes: [{ code: 'sheet-not-read', value: 'Calculations' }] })
})

test('too many rows are refused, and the rows before are still looked at', () => {
  const book = form()
  const options = book.sheet('Options')
  for (let i = 0; i < 50_001; i++) options.rows.push(['size', `x${i}`, 'x'])
  expect(book.errors()).toMatchObject([{ code: 'too-many-rows', path: expect.stringMatching(/^选项 Options!A5\d{4}$/) }])
})

test('no more than a hundred errors are named', () => {
  const book = form()
  for (let i = 0; i < 500; i++) book.sheet('Options').rows.push(['nowhere', `x${i}`, 'x'])
  expect(book.errors()).toHaveLength(100)
})
