import { expectSign, expectWhole, isSign, peek, position, take, takeSign, unexpected } from '../cursor.ts'
import { atMostSoMany, MAX_FEATURES } from '../limits.ts'
import { FormatError, fail, problem } from '../problem.ts'
import { type Feature, type FeatureGroup, type FeatureTree, MAX_DEPTH } from '../tree/feature-tree.ts'
import { attributes } from './attributes.ts'
import { constraint, type Reading } from './constraint.ts'
import { type Cursor, expectLineEnd, isWord } from './cursor.ts'
import { parsePath } from './expression.ts'
import { type Token, tokenize } from './tokens.ts'

/** UVL text to a feature tree. Throws FormatError at the first thing that is not UVL. */
export function parseUvl(source: string): FeatureTree {
  return parseTokens({ source, tokens: tokensOf(source), at: 0 })
}

/** Editors disagree on how wide a tab is; where tabs and spaces mix, the first width that makes sense counts. */
function tokensOf(source: string): Token[] {
  try {
    return tokenize(source, 8)
  } catch (error) {
    if (!(error instanceof FormatError) || error.problem.code !== 'bad-indentation') throw error
    if (!/^ +\t|^\t+ | \t/m.test(source) && !(/^\t/m.test(source) && /^ /m.test(source))) throw error
    for (const width of [4, 2]) {
      try {
        return tokenize(source, width)
      } catch {}
    }
    throw error
  }
}

function parseTokens(cursor: Cursor): FeatureTree {
  const reading: Reading = { ...cursor, constraints: [], features: 0, ids: new Map(), notes: [], imports: [] }
  let namespace: string | undefined
  let root: Feature | undefined
  while (peek(reading).kind !== 'end') {
    const key = take(reading)
    if (isWord(key, 'namespace')) {
      namespace = parsePath(reading).join('.')
      expectLineEnd(reading)
    } else if (isWord(key, 'include')) languageLevels(reading)
    else if (isWord(key, 'imports')) block(reading, reading => noteImport(reading))
    else if (isWord(key, 'features') && !root) block(reading, reading => (root = onlyRoot(reading, root)))
    else if (isWord(key, 'constraints')) block(reading, constraintLine)
    else {
      reading.at--
      unexpected(
        reading,
        'namespace、include、imports、features 或 constraints',
        'namespace, include, imports, features or constraints',
      )
    }
  }
  if (!root) {
    return fail(
      'no-features',
      position(peek(reading)),
      '',
      ['文件中没有特征', '请在 features 下写入根特征；如果文件不完整，请重新获取'],
      ['The file has no features', 'Write the root feature below `features`; if the file is cut off, get the whole one'],
    )
  }
  return {
    name: namespace ?? root.name,
    ...(namespace !== undefined && { namespace }),
    ...(reading.imports.length && { imports: reading.imports }),
    root,
    constraints: reading.constraints,
    notes: reading.notes,
  }
}

/** The indented lines below a key word; none at all is allowed. */
function block(reading: Reading, line: (reading: Reading) => unknown): void {
  expectLineEnd(reading)
  if (peek(reading).kind !== 'indent') return
  take(reading)
  while (peek(reading).kind !== 'dedent' && peek(reading).kind !== 'end') line(reading)
  if (peek(reading).kind === 'dedent') take(reading)
}

const LEVELS: Record<string, readonly string[]> = {
  Boolean: ['group-cardinality'],
  Arithmetic: ['feature-cardinality', 'aggregate-function'],
  Type: ['numeric-constraints', 'string-constraints'],
  // before 2024
  'SAT-level': ['group-cardinality'],
  'SMT-level': ['feature-cardinality', 'aggregate-function'],
}

/** The lines below `include`; some files indent levels below levels. */
function languageLevels(reading: Reading): void {
  expectLineEnd(reading)
  let depth = 0
  do {
    const { kind } = peek(reading)
    if (kind === 'indent') depth++
    else if (kind === 'dedent') depth--
    else if (depth > 0) {
      languageLevel(reading)
      continue
    } else return
    take(reading)
  } while (depth > 0 && peek(reading).kind !== 'end')
}

/** What a file may use says nothing that its content does not; but a level that nobody knows may mean something unread. */
function languageLevel(reading: Reading): void {
  const first = peek(reading)
  while (!['newline', 'end'].includes(peek(reading).kind)) take(reading)
  const level = reading.source.slice(first.start, peek(reading).start).trim()
  expectLineEnd(reading)
  const [major = '', minor] = level.split('.')
  const known = Object.hasOwn(LEVELS, major) && (minor === undefined || minor === '*' || LEVELS[major]!.includes(minor))
  if (known) return
  reading.notes.push(
    problem(
      'unknown-level',
      position(first),
      level,
      [`无法识别语言级别“${level}”，按已知的级别读取`, '请核对导入后的模型'],
      [
        `The language level ${JSON.stringify(level)} is not known; the file is read by the levels that are`,
        'Check the model that was imported',
      ],
    ),
  )
}

function noteImport(reading: Reading): void {
  const token = peek(reading)
  const name = parsePath(reading).join('.')
  let alias = name
  if (isWord(peek(reading), 'as')) {
    take(reading)
    alias = parsePath(reading).join('.')
  }
  expectLineEnd(reading)
  reading.imports.push(alias)
  reading.notes.push(
    problem(
      'import-not-read',
      position(token),
      name,
      [`未读取导入的文件“${name}”：从中引用的特征没有其下的内容和约束`, '请把它的特征和约束合并到本文件中'],
      [
        `The imported file ${JSON.stringify(name)} was not read: features from it come without what is below them and without its constraints`,
        'Merge its features and constraints into this file',
      ],
    ),
  )
}

function onlyRoot(reading: Reading, earlier: Feature | undefined): Feature {
  const token = peek(reading)
  if (earlier)
    fail(
      'several-roots',
      position(token),
      token.text,
      ['特征树有不止一个根', `请把该特征放到“${earlier.name}”的某个组之下`],
      ['The feature tree has more than one root', `Put this feature below a group of ${JSON.stringify(earlier.name)}`],
    )
  return feature(reading, 0)
}

const TYPES: Record<string, Feature['type']> = { Boolean: 'boolean', Integer: 'integer', Real: 'real', String: 'string' }

function feature(reading: Reading, depth: number): Feature {
  let token = peek(reading)
  if (depth > MAX_DEPTH)
    fail(
      'too-deep',
      position(token),
      token.text,
      [`特征嵌套超过 ${MAX_DEPTH} 层`, '请减少层级'],
      [`Features are nested deeper than ${MAX_DEPTH}`, 'Use fewer levels'],
    )
  if (++reading.features > MAX_FEATURES) atMostSoMany(reading.features, MAX_FEATURES, position(token), '特征', 'features')
  let type: Feature['type'] = 'boolean'
  const next = peek(reading, 1)
  const typed =
    token.kind === 'name' && Object.hasOwn(TYPES, token.text) && !(isWord(next, 'cardinality') && isSign(peek(reading, 2), '['))
  if (typed && (next.kind === 'name' || next.kind === 'quoted')) {
    type = TYPES[take(reading).text]!
    token = peek(reading)
  }
  if (token.kind !== 'name' && token.kind !== 'quoted') unexpected(reading, '特征名', 'a feature')
  const path = parsePath(reading)
  const name = path.join('.')
  if (path.length > 1 && !reading.imports.some(one => name.startsWith(`${one}.`)))
    fail(
      'unsupported-import',
      position(token),
      name,
      ['该特征来自一个没有导入的文件', '请在 imports 下写入该文件，或把它的特征合并到本文件中'],
      [
        'This feature comes from a file that is not imported',
        'Name the file below `imports`, or merge its features into this file',
      ],
    )
  const result: Feature = { name, at: position(token), type, attributes: new Map(), hidden: false, groups: [] }
  for (;;) {
    if (isWord(peek(reading), 'cardinality') && !result.cardinality) {
      take(reading)
      result.cardinality = cardinality(reading)
    } else if (isSign(peek(reading), '{')) attributes(reading, '', result.attributes, 0)
    else break
  }
  expectLineEnd(reading)
  if (peek(reading).kind === 'indent') {
    take(reading)
    while (peek(reading).kind !== 'dedent' && peek(reading).kind !== 'end') result.groups.push(group(reading, depth))
    if (peek(reading).kind === 'dedent') take(reading)
  }
  return result
}

function group(reading: Reading, depth: number): FeatureGroup {
  const token = peek(reading)
  let kind: FeatureGroup['kind']
  let bounds: { min: number; max: number | null } = { min: 0, max: null }
  if (token.kind === 'name' && ['mandatory', 'optional', 'or', 'alternative'].includes(token.text)) {
    kind = take(reading).text as FeatureGroup['kind']
  } else if (isSign(token, '[')) {
    kind = 'cardinality'
    bounds = cardinality(reading)
  } else {
    return unexpected(
      reading,
      '组(mandatory、optional、or、alternative 或 [n..m])',
      'a group: mandatory, optional, or, alternative or [n..m]',
    )
  }
  expectLineEnd(reading)
  if (peek(reading).kind !== 'indent')
    fail(
      'empty-group',
      position(token),
      reading.source.slice(token.start, token.end),
      ['该组下面没有特征。文件可能不完整', '请在下一行缩进写入该组的特征，或删除该组'],
      [
        'This group has no features; the file may be cut off',
        'Write its features on the next lines, indented, or remove the group',
      ],
    )
  take(reading)
  const features: Feature[] = []
  while (peek(reading).kind !== 'dedent' && peek(reading).kind !== 'end') features.push(feature(reading, depth + 1))
  if (peek(reading).kind === 'dedent') take(reading)
  return { kind, at: position(token), ...bounds, features }
}

/** [n], [n..m], [n..*] */
function cardinality(reading: Reading): { min: number; max: number | null } {
  const start = expectSign(reading, '[')
  const min = expectWhole(reading)
  let max: number | null = min
  if (takeSign(reading, '..')) max = takeSign(reading, '*') ? null : expectWhole(reading)
  expectSign(reading, ']')
  if (max !== null && max < min)
    fail(
      'out-of-range',
      position(start),
      `[${min}..${max}]`,
      ['上限小于下限', '请交换两个数，或更正其中之一'],
      ['The upper bound is below the lower one', 'Swap the two numbers, or correct one of them'],
    )
  return { min, max }
}

function constraintLine(reading: Reading): void {
  constraint(reading)
  expectLineEnd(reading)
}
