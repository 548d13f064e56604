import { expectSign, isSign, peek, position, take, takeSign, unexpected } from '../cursor.ts'
import { fail } from '../problem.ts'
import type { AttributeValue } from '../tree/feature-tree.ts'
import { constraint, type Reading } from './constraint.ts'
import { isWord } from './cursor.ts'
import { parsePath } from './expression.ts'

/** { key value, key {…}, constraint … }: nested keys are joined by dots. */
export function attributes(reading: Reading, prefix: string, into: Map<string, AttributeValue>, depth: number): void {
  const open = expectSign(reading, '{')
  if (depth > 20)
    fail(
      'too-deep',
      position(open),
      '{',
      ['属性嵌套过深', '请减少属性的层级'],
      ['Attributes are nested too deep', 'Use fewer levels'],
    )
  if (takeSign(reading, '}')) return
  do {
    const key = peek(reading)
    const alone = isSign(peek(reading, 1), ',') || isSign(peek(reading, 1), '}')
    if (isWord(key, 'constraint') && !alone) {
      take(reading)
      constraint(reading)
    } else if (isWord(key, 'constraints') && !alone) {
      take(reading)
      expectSign(reading, '[')
      if (takeSign(reading, ']')) continue
      do constraint(reading)
      while (takeSign(reading, ','))
      expectSign(reading, ']')
    } else {
      const name = prefix + parsePath(reading).join('.')
      if (into.has(name))
        fail(
          'duplicate-attribute',
          position(key),
          name,
          ['同一特征的属性重复', '请删除其中一个或改名'],
          ['The feature has this attribute twice', 'Remove one of them or rename it'],
        )
      if (isSign(peek(reading), '{')) attributes(reading, `${name}.`, into, depth + 1)
      else into.set(name, value(reading, 0))
    }
  } while (takeSign(reading, ','))
  expectSign(reading, '}')
}

function value(reading: Reading, depth: number): AttributeValue {
  const token = peek(reading)
  if (isSign(token, ',') || isSign(token, '}') || isSign(token, ']')) return { kind: 'boolean', value: true }
  if (isSign(token, '[')) return list(reading, depth)
  if (isSign(token, '{')) {
    attributes(reading, '', new Map(), depth + 1)
    return { kind: 'string', value: reading.source.slice(token.start, peek(reading).start).trim() }
  }
  if (isSign(token, '-') && peek(reading, 1).kind === 'number') {
    take(reading)
    return { kind: 'number', text: `-${take(reading).text}` }
  }
  if (token.kind === 'number') return { kind: 'number', text: take(reading).text }
  if (token.kind === 'string' || token.kind === 'quoted') return { kind: 'string', value: take(reading).text }
  if (token.kind === 'name' && (token.text === 'true' || token.text === 'false'))
    return { kind: 'boolean', value: take(reading).text === 'true' }
  return unexpected(
    reading,
    '属性值(数值、true、false、单引号文本、{…} 或 […])',
    "an attribute value: a number, true, false, 'text', {…} or […]",
  )
}

/** Lists carry no rule and no number of their own; they are kept as text. */
function list(reading: Reading, depth: number): AttributeValue {
  const open = expectSign(reading, '[')
  if (depth > 20)
    fail('too-deep', position(open), '[', ['列表嵌套过深', '请减少列表的层级'], ['Lists are nested too deep', 'Use fewer levels'])
  if (!isSign(peek(reading), ']')) {
    do value(reading, depth + 1)
    while (takeSign(reading, ','))
  }
  const close = expectSign(reading, ']')
  return { kind: 'string', value: reading.source.slice(open.start, close.end) }
}
