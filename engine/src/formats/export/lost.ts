import type { ModelError } from '../../api.ts'
import type { ConstraintBase, LocalizedText, Model } from '../../model.ts'
import { optionsOf } from '../../model-index.ts'
import { problem } from '../problem.ts'

/** `notes` say what the format cannot express, by JSON pointer into the model. */
export type ExportResult = { ok: true; text: string; notes: ModelError[] } | { ok: false; errors: ModelError[] }

/** Something of a model that is not in the file. */
export function lost(path: string, value: string, zh: string, en: string): ModelError {
  return problem(
    'not-expressed',
    path,
    value,
    [`文件中没有：${zh}`, '需要完整内容时，请导出为 Fettle 模型（JSON）'],
    [`Not in the file: ${en}`, 'Export as a Fettle model (JSON) where all of it is needed'],
  )
}

/** Something that is in the file, and looks other than in the model. */
export function changed(path: string, value: string, zh: string, en: string): ModelError {
  return problem(
    'changed',
    path,
    value,
    [`文件中有所不同：${zh}`, '含义不变；如有疑问，请查看文件'],
    [`Different in the file: ${en}`, 'It means the same; look at the file where that matters'],
  )
}

/** What a constraint says and the format does not; once for each constraint. */
export function noteRule(notes: ModelError[], path: string, id: string, zh: string, en: string): void {
  const last = notes.at(-1)
  if (last?.path === path && last.value === id) return
  notes.push(
    problem(
      'not-expressed',
      path,
      id,
      [`约束未能完整表达：${zh}`, '文件因此可能允许模型不允许的选择'],
      [`The constraint is not expressed in full: ${en}`, 'The file may allow selections that the model does not'],
    ),
  )
}

interface Has {
  /** the file says somewhere how options and groups are called */
  names: boolean
  /** those of options */
  prices: boolean
  /** defaults, objectives and messages of constraints, each where it can be said */
  wishes?: boolean
}

/** What formats of feature models do not have. */
export function lostEverywhere(model: Model, has: Has): ModelError[] {
  const options = model.groups.flatMap(optionsOf)
  const notes: ModelError[] = []
  const note = (there: boolean | undefined, path: string, zh: string, en: string) => {
    if (there) notes.push(lost(path, '', zh, en))
  }
  const otherPrices = model.prices?.some(rule => !has.prices || rule.kind !== 'options' || rule.when !== undefined)
  note(
    otherPrices,
    '/prices',
    has.prices ? '选项单价以外的价格规则' : '价格',
    has.prices ? 'price rules beyond those of options' : 'prices',
  )
  note(model.tax !== undefined, '/tax', '税率', 'the tax')
  note(!has.wishes && Boolean(model.defaults?.length), '/defaults', '默认选择', 'defaults')
  note(!has.wishes && Boolean(model.objectives?.length), '/objectives', '目标', 'objectives')
  note(
    Boolean(model.bom?.length) || options.some(({ part }) => part),
    '/bom',
    '物料清单与物料号',
    'the parts list and part numbers',
  )
  note(Boolean(model.spec?.length), '/spec', '规格表', 'the specification sheet')
  note(model.typeCode !== undefined, '/typeCode', '型号代码', 'the type code')
  note(Boolean(model.examples?.length), '/examples', '示例', 'examples')
  const named = options.some(({ id, name }) => saysMore(name, id))
  note(!has.names && named, '/groups', '选项与选项组的名称', 'the names of options and groups')
  note(
    options.some(({ use, media }) => use ?? media) || model.groups.some(({ help }) => help),
    '/groups',
    '说明文字与图片',
    'what options are good for, help and pictures',
  )
  const units = model.attributes.some(({ unit }) => unit) || model.groups.some(group => group.kind === 'number' && group.unit)
  note(units, '/attributes', '单位', 'units')
  note(
    Boolean(model.interfaces?.length),
    '/interfaces',
    '接口（约束按数值写出）',
    'interfaces; what they demand is written in numbers',
  )
  note(
    options.some(({ visibility }) => visibility === 'staff'),
    '/groups',
    '仅员工可见的标记',
    'what only staff may see',
  )
  note(!has.wishes && model.constraints.some(saysWhy), '/constraints', '约束的说明', 'the messages of constraints')
  return notes
}

/** Whether a constraint has a message of its own. */
export const saysWhy = ({ message }: ConstraintBase): boolean => message !== undefined && !message.en.startsWith('Rule: ')

/** Whether a name says more than the id. */
export function saysMore(name: LocalizedText, id: string): boolean {
  return name.en !== id || name['zh-CN'] !== id
}

/** A name in one line: both languages where they differ. */
export function inOneLine(name: LocalizedText): string {
  const [zh, en] = [name['zh-CN'], name.en].map(text => text.replace(/\s+/gu, ' ').trim())
  return zh === en ? (en ?? '') : [zh, en].filter(Boolean).join(' / ')
}

/** The first few ids, for the value of a note. */
export function some(ids: readonly string[]): string {
  return ids.slice(0, 5).join(', ')
}
