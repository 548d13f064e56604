import type { ModelError } from '../../api.ts'
import type { Growth } from '../limits.ts'
import { problem, shorten } from '../problem.ts'
import type { Expression } from './feature-tree.ts'
import type { NamedAttribute, NamedFeature, Names } from './names.ts'
import type { TextChoice } from './texts.ts'

export interface Formulas {
  names: Names
  /** of the String features that some constraint asks for their text */
  texts: ReadonlyMap<NamedFeature, TextChoice>
  /** attributes some formula speaks of */
  used: Set<NamedAttribute>
  errors: ModelError[]
  notes: ModelError[]
  /** what the formulas of the file have grown to */
  growth: Growth
  /** expressions with something in them that cannot be expressed, once it was looked at */
  inexpressible: Map<Expression, boolean>
}

export interface Context extends Formulas {
  /** the value of an inexpressible comparison here that forbids least */
  weakest: boolean
  /** equivalences already split around inexpressible comparisons */
  split: number
}

export function notExpressed(at: string, zh: string, en: string, context: Context): boolean {
  context.notes.push(
    problem(
      'not-expressed',
      at,
      en,
      [`未能表达：${zh}`, '该处不产生限制；需要时请在模型中另行写出规则'],
      [`Not expressed: ${en}`, 'This place does not constrain; write a rule of your own in the model where it must'],
    ),
  )
  return context.weakest
}

/** An error; or a note where the name belongs to a file that was imported and not read. */
export function unknown(e: Expression & { op: 'name' }, context: Context): boolean {
  const name = shorten(e.path.join('.'), 200)
  if (context.names.imports.some(one => name.startsWith(`${one}.`)))
    return notExpressed(e.at, `“${name}”（在未读取的文件中）`, `${name}, which is in a file that was not read`, context)
  context.errors.push(
    problem(
      'unknown-reference',
      e.at,
      name,
      [`没有名为“${name}”的特征或属性`, '请检查拼写和大小写；如果文件不完整，请重新获取'],
      [
        `There is no feature or attribute ${JSON.stringify(name)}`,
        'Check spelling and case; if the file is cut off, get the whole one',
      ],
    ),
  )
  return context.weakest
}

export function mismatch(e: Expression, context: Context, zh: string, en: string, foundZh: string, foundEn: string): void {
  context.errors.push(
    problem(
      'type-mismatch',
      e.at,
      e.op === 'name'
        ? e.path.join('.')
        : e.op === 'number'
          ? e.text
          : e.op === 'string'
            ? e.value
            : e.op === 'call'
              ? `${e.name}()`
              : e.op,
      [`此处应为${zh}，实际是${foundZh}`, '请更正该约束'],
      [`Expected ${en} here, found ${foundEn}`, 'Correct the constraint'],
    ),
  )
}

export function tooLarge(e: Expression & { op: 'number' }, context: Context): void {
  context.errors.push(
    problem(
      'out-of-range',
      e.at,
      e.text,
      ['数值过大或小数位过多', '请使用不超过 15 位有效数字的数值'],
      ['The number is too large or has too many digits', 'Use a number of at most 15 digits'],
    ),
  )
}

export function arity(e: Expression & { op: 'call' }, context: Context): undefined {
  context.errors.push(
    problem(
      'syntax',
      e.at,
      `${e.name}()`,
      ['函数的参数个数不对', '请更正参数'],
      ['The function has the wrong number of arguments', 'Correct its arguments'],
    ),
  )
}

export function tooMany(e: Expression, context: Context): void {
  context.errors.push(
    problem(
      'too-large',
      e.at,
      'atmost1',
      ['“至多一项”之下的表达式超过 100 个', '请改为列出特征名，或拆分该规则'],
      ['At most one of more than 100 expressions', 'List features instead, or split the rule'],
    ),
  )
}
