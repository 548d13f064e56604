import type { ModelError } from '../../api.ts'
import type { Decision, Group, Model } from '../../model.ts'
import { expectSign, expectWhole, peek, takeSign, unexpected } from '../cursor.ts'
import { FormatError, problem } from '../problem.ts'
import { type Cursor, cursorOf, takeWord } from './cursor.ts'
import { notExpressed } from './expand.ts'
import { parsePath, takeNumber, truth } from './formula.ts'
import type { Path } from './syntax.ts'

/** What a file of user input asks for, as decisions; `notes` say what the model does not have or decisions cannot say. */
export type CoomInput = { ok: true; decisions: Decision[]; notes: ModelError[] } | { ok: false; errors: ModelError[] }

interface Input {
  kind: 'set' | 'add'
  path: Path
  value: string
  count: number
}

/** Reads a COOM file of user input (`set path = value`, `add path`, `blockinput path { … }`) for a model made by `importCoom`. */
export function readCoomInput(text: string, model: Model): CoomInput {
  try {
    const inputs: Input[] = []
    const cursor = cursorOf(text)
    while (peek(cursor).kind !== 'end') readOperation(cursor, undefined, inputs)
    return decided(inputs, model)
  } catch (error) {
    if (error instanceof FormatError) return { ok: false, errors: [error.problem] }
    throw error
  }
}

function readOperation(cursor: Cursor, outer: Path | undefined, into: Input[]): void {
  const within = (path: Path): Path => (outer ? { items: [...outer.items, ...path.items], at: path.at } : path)
  if (takeWord(cursor, 'set')) {
    const path = within(parsePath(cursor))
    expectSign(cursor, '=')
    const number = takeNumber(cursor)
    const value =
      number ??
      truth(
        parsePath(cursor)
          .items.map(({ name }) => name)
          .join('.'),
      )
    into.push({ kind: 'set', path, value, count: 1 })
  } else if (takeWord(cursor, 'add')) {
    const count = peek(cursor).kind === 'number' ? expectWhole(cursor) : 1
    into.push({ kind: 'add', path: within(parsePath(cursor)), value: '', count })
  } else if (!outer && takeWord(cursor, 'blockinput')) {
    const path = parsePath(cursor)
    expectSign(cursor, '{')
    while (!takeSign(cursor, '}')) readOperation(cursor, path, into)
  } else unexpected(cursor, 'set、add 或 blockinput', 'set, add or blockinput')
}

function decided(inputs: Input[], model: Model): CoomInput {
  const groups = new Map(model.groups.map(group => [group.id, group]))
  const options = new Set(model.groups.flatMap(optionIds))
  const prefixes = prefixesOf([...groups.keys(), ...options])
  const decisions = new Map<string, Decision>()
  const notes: ModelError[] = []
  for (const { kind, path, value, count } of inputs) {
    const id = idOf(path, prefixes)
    const written = path.items.map(({ name, index }) => (index ? `${name}[${index.from}]` : name)).join('.')
    if (id === undefined) notes.push(missing(path.at, written))
    else if (kind === 'set') {
      const found = setting(id, value)
      if (found === 'no-value') notes.push(missing(path.at, `${written} = ${value}`))
      else if (found) decisions.set('number' in found ? found.number : found.option, found)
      else notes.push(notExpressed(path.at, `${written} = ${value}`))
    } else if (count === 1 && options.has(id)) decisions.set(id, { option: id, chosen: true })
    // What is always there need not be added.
    else if (count > 1 || groups.has(id)) notes.push(notExpressed(path.at, `add ${count} ${written}`))
  }
  return { ok: true, decisions: [...decisions.values()], notes }

  function setting(id: string, value: string): Decision | 'no-value' | undefined {
    const group = groups.get(id)
    if (group?.kind === 'number') return number(group, value)
    if (group?.kind === 'yes-no') {
      const option = group.option.id
      return value === 'True' || value === 'False' ? { option, chosen: value === 'True' } : 'no-value'
    }
    if (!group) return undefined
    const option = `${id} = ${value}`
    return options.has(option) ? { option, chosen: true } : 'no-value'
  }
}

function number(group: Extract<Group, { kind: 'number' }>, text: string): Decision | 'no-value' {
  const value = Number(text)
  return value >= group.min && value <= group.max ? { number: group.id, value } : 'no-value'
}

function optionIds(group: Group): string[] {
  if (group.kind === 'number') return []
  return group.kind === 'yes-no' ? [group.option.id] : group.options.map(({ id }) => id)
}

/** Every id, and every part of one that ends before a dot. */
function prefixesOf(ids: string[]): Set<string> {
  const prefixes = new Set<string>()
  for (const id of ids) {
    prefixes.add(id)
    for (let at = id.indexOf('.'); at >= 0; at = id.indexOf('.', at + 1)) prefixes.add(id.slice(0, at))
  }
  return prefixes
}

/** `[0]` of what there is one of is not in its id; the index of what is only counted says nothing. */
function idOf({ items }: Path, prefixes: Set<string>): string | undefined {
  let id = ''
  for (const { name, index } of items) {
    if (id === '' && name === 'root') continue
    const plain = id === '' ? name : `${id}.${name}`
    const listed = `${plain}[${index?.from ?? 0}]`
    if (prefixes.has(listed)) id = listed
    else if (prefixes.has(plain)) id = plain
    else return undefined
  }
  return id
}

function missing(at: string, value: string): ModelError {
  return problem(
    'unknown-reference',
    at,
    value,
    ['模型中没有这一项', '请更正名称、序号或取值'],
    ['The model has no such thing', 'Correct the name, the index or the value'],
  )
}
