import { isChosen } from './formula/evaluate.ts'
import type { Group, Selection } from './model.ts'
import { optionsOf } from './model-index.ts'
import type { Rulebook } from './rules.ts'

/**
 * The type code of a selection by the model's template: "VMC850-{spindle}-{travel}" gives "VMC850-BT40-L700".
 * Where nothing is chosen, or what is chosen has no code, the separator before the gap goes too. undefined without a template.
 */
export function typeCode({ index }: Rulebook, selection: Selection): string | undefined {
  const template = index.model.typeCode
  if (template === undefined) return undefined
  let code = ''
  let rest = 0
  for (const match of template.matchAll(/\{([^{}]*)\}/g)) {
    const fixed = template.slice(rest, match.index)
    const group = index.groups.get(match[1]!)
    const segment = group ? segmentOf(group, selection) : ''
    code += segment === '' ? fixed.replace(/[-/._ ]$/, '') : fixed + segment
    rest = match.index + match[0].length
  }
  return (code + template.slice(rest)).replace(/^[-/._ ]+/, '')
}

function segmentOf(group: Group, selection: Selection): string {
  if (group.kind === 'number') {
    if (!Object.hasOwn(selection.numbers, group.id)) return ''
    return (group.code ?? '{value}').replaceAll('{value}', String(selection.numbers[group.id]))
  }
  return optionsOf(group)
    .filter(({ id }) => isChosen(selection, id))
    .map(({ code }) => code ?? '')
    .join('')
}
