import type { Group, ModelIndex, Option } from '@fettle/engine'
import type { LocalizedText } from '#platform/core'

/** A line of the tree: a question, one of its options, or a number. A question of yes or no is its option. */
export interface Node {
  kind: 'group' | 'option' | 'number'
  id: string
  name: LocalizedText
  /** from 1 */
  level: number
  /** place in the tree of what it is below; -1 at the top */
  parent: number
  /** place behind the last line below it */
  end: number
  /** place of an option among all of the model; -1 otherwise */
  order: number
  group: Group
}

/** The whole tree, each line before what is below it. */
export function treeOf({ model, children, options }: ModelIndex): Node[] {
  const nodes: Node[] = []
  for (const group of model.groups) if (group.parent === undefined) addGroup(group, 1, -1)
  return nodes

  function addGroup(group: Group, level: number, parent: number) {
    if (group.kind === 'yes-no') return addOption(group.option, group, level, parent)
    const node = add({ kind: group.kind === 'number' ? 'number' : 'group', group, id: group.id, name: group.name, level, parent })
    if (group.kind !== 'number') for (const option of group.options) addOption(option, group, level + 1, node)
    nodes[node]!.end = nodes.length
  }

  function addOption(option: Option, group: Group, level: number, parent: number) {
    const node = add({ kind: 'option', group, id: option.id, name: option.name, level, parent })
    for (const below of children.get(option.id) ?? []) addGroup(below, level + 1, node)
    nodes[node]!.end = nodes.length
  }

  function add(node: Omit<Node, 'end' | 'order'>): number {
    const order = node.kind === 'option' ? options.get(node.id)!.order : -1
    return nodes.push({ ...node, order, end: 0 }) - 1
  }
}

/** Lines that are unfolded at first: as many levels as keep the page short, and one at least. */
export function unfoldedAtFirst(nodes: readonly Node[], most = 60): Set<number> {
  const unfolded = new Set<number>()
  let shown = nodes.filter(({ level }) => level === 1).length
  for (let level = 1; level === 1 || shown < most; level++) {
    const next = nodes.flatMap((node, at) => (node.level === level && node.end > at + 1 ? [at] : []))
    if (next.length === 0) break
    shown += nodes.filter(node => node.level === level + 1).length
    if (level > 1 && shown > most) break
    for (const at of next) unfolded.add(at)
  }
  return unfolded
}

/** The lines on show, by their place in the tree. */
export function linesOf(nodes: readonly Node[], unfolded: ReadonlySet<number>): number[] {
  const lines: number[] = []
  for (let at = 0; at < nodes.length; ) {
    lines.push(at)
    at = unfolded.has(at) ? at + 1 : nodes[at]!.end
  }
  return lines
}

/** The lines whose name or id has the text in it, whatever its case, and those above them; and how many have it. */
export function linesFound(nodes: readonly Node[], text: string): { lines: number[]; found: number } {
  const wanted = text.trim().toLowerCase()
  const shown = new Set<number>()
  let found = 0
  for (const [at, { id, name }] of nodes.entries()) {
    if (![id, name.en, name['zh-CN']].some(one => one.toLowerCase().includes(wanted))) continue
    found++
    for (let up = at; up >= 0 && !shown.has(up); up = nodes[up]!.parent) shown.add(up)
  }
  return { lines: [...shown].sort((a, b) => a - b), found }
}
