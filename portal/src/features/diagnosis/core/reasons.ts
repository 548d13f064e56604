import type { LocalizedText } from '#platform/core'
import type { Contribution, FindingKind } from './assessment/findings.ts'

/** What is found, in a sentence. names: of metrics, by key */
export function reasonOf(
  { kind, contributions }: { kind: FindingKind; contributions: readonly Contribution[] },
  names: ReadonlyMap<string, LocalizedText>,
): LocalizedText {
  const named = contributions.slice(0, 3).map(({ metric }) => names.get(metric) ?? { 'zh-CN': metric, en: metric })
  const zh = named.map(name => name['zh-CN']).join('、')
  const en = named.map(name => name.en).join(', ')
  const higher = contributions[0]?.higher ?? true
  switch (kind) {
    case 'drift':
      return {
        'zh-CN': `${zh}持续${higher ? '高' : '低'}于这台机器在相同工况下的正常水平。`,
        en: `${en} stays ${higher ? 'above' : 'below'} what is usual for this machine in the same use.`,
      }
    case 'sudden':
      return {
        'zh-CN': `${zh}出现了这台机器从未有过的变化。`,
        en: `${en} did what it never did on this machine.`,
      }
    case 'pattern':
      return {
        'zh-CN': `各测量值之间的关系与平时不同，主要是${zh}。`,
        en: `What is measured no longer fits together as usual, above all ${en}.`,
      }
    case 'jump':
      return {
        'zh-CN': `${zh}的变化快得不可能，不参与评估，请检查传感器及其接线。`,
        en: `${en} changes faster than can be and is not judged: check the sensor and its wiring.`,
      }
    case 'stuck':
      return {
        'zh-CN': `机器工作时${zh}的数值一直不变，不参与评估，请检查传感器。`,
        en: `${en} shows the same value whatever the machine does and is not judged: check the sensor.`,
      }
    case 'gap':
      return {
        'zh-CN': `机器仍在上报，却一直没有${zh}的读数，无法评估，请检查传感器及其接线。`,
        en: `The machine reports, but ${en} does not come and cannot be judged: check the sensor and its wiring.`,
      }
    default:
      return kind satisfies never
  }
}

/** What is found, in a few words, with what is measured: several findings may go on at once. */
export function nameOfFinding(
  { kind, contributions }: { kind: FindingKind; contributions: readonly Contribution[] },
  names: ReadonlyMap<string, LocalizedText>,
): LocalizedText {
  const metric = contributions[0]?.metric ?? ''
  const { 'zh-CN': zh, en } = names.get(metric) ?? { 'zh-CN': metric, en: metric }
  switch (kind) {
    case 'drift':
      return { 'zh-CN': `${zh}偏离正常状态`, en: `${en} away from what is usual` }
    case 'sudden':
      return { 'zh-CN': `${zh}突变`, en: `${en} changed suddenly` }
    case 'pattern':
      return { 'zh-CN': '测量值之间的关系异常', en: 'Measurements do not fit together' }
    case 'jump':
      return { 'zh-CN': `${zh}传感器数值跳变`, en: `The sensor of ${en} jumps` }
    case 'stuck':
      return { 'zh-CN': `${zh}传感器数值不变`, en: `The sensor of ${en} does not move` }
    case 'gap':
      return { 'zh-CN': `${zh}没有读数`, en: `${en} does not come` }
  }
}
